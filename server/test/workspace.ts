import type { Client } from '@connectrpc/connect';
import { FileService } from '@muster/api/file';
import type { File } from '@muster/api/file';
import type { Organization } from '@muster/api/organization';
import type { Project } from '@muster/api/project';
import { RecordService } from '@muster/api/record';
import { UsageService } from '@muster/api/usage';
import type { StorageUsage } from '@muster/api/usage';
import { newId } from '../src/platform/ids.ts';
import type { Person, TestServer } from './harness.ts';
import { TusClient } from './tus.ts';

/** An organization of its own with an administrator and a project, for tests about files. */
export class Workspace {
  readonly server: TestServer;
  readonly admin: Person;
  readonly organization: Organization;
  readonly project: Project;
  readonly tus: TusClient;
  readonly records: Client<typeof RecordService>;
  readonly files: Client<typeof FileService>;

  private constructor(server: TestServer, admin: Person, organization: Organization, project: Project) {
    this.server = server;
    this.admin = admin;
    this.organization = organization;
    this.project = project;
    this.tus = new TusClient(server, admin);
    this.records = server.client(RecordService, admin);
    this.files = server.client(FileService, admin);
  }

  static async make(server: TestServer): Promise<Workspace> {
    const admin = await server.signIn(`files-${newId().slice(-12)}@example.com`);
    const organization = await server.makeOrganization(admin);
    return new Workspace(server, admin, organization, await server.makeProject(admin, organization));
  }

  /** Makes a record; answers its resource name. */
  async record(): Promise<string> {
    const made = await this.records.createRecord({ parent: this.project.name, title: 'Drive', requestId: newId() });
    return made.name;
  }

  /** Files of a record by path, or those in its trash. */
  async list(parent: string, showDeleted = false): Promise<File[]> {
    return (await this.files.listFiles({ parent, showDeleted, pageSize: 1000 })).files;
  }

  /** What the organization uses: live, in trash, being freed and reserved, in bytes. */
  async usage(): Promise<Pick<StorageUsage, 'bytes' | 'trashBytes' | 'freeingBytes' | 'reservedBytes'>> {
    const { storage } = await this.server
      .client(UsageService, this.admin)
      .getUsageOverview({ parent: this.organization.name });
    return {
      bytes: storage?.bytes ?? 0n,
      trashBytes: storage?.trashBytes ?? 0n,
      freeingBytes: storage?.freeingBytes ?? 0n,
      reservedBytes: storage?.reservedBytes ?? 0n,
    };
  }

  /** Number of ledger rows of a meter. */
  async ledgerRows(meter: string): Promise<bigint> {
    const { totalCount } = await this.server
      .client(UsageService, this.admin)
      .listUsageRows({ parent: this.organization.name, meter });
    return totalCount;
  }
}

export const NOTHING = { bytes: 0n, trashBytes: 0n, freeingBytes: 0n, reservedBytes: 0n };
