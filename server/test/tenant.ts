import { AccessTokenService } from '@muster/api/access_token';
import { RecordService } from '@muster/api/record';
import { ProjectVisibility } from '@muster/api/project';
import type { Project } from '@muster/api/project';
import { ProjectService } from '@muster/api/project';
import type { Organization } from '@muster/api/organization';
import { newId } from '../src/platform/ids.ts';
import { idOf } from './harness.ts';
import type { Caller, Person, TestServer } from './harness.ts';

/** Ids of one thing of each kind in one organization: what requests of the contract can name. */
export interface Things {
  readonly organization: string;
  readonly organizationSlug: string;
  readonly project: string;
  readonly projectSlug: string;
  readonly record: string;
  readonly path: string;
  readonly accessToken: string;
  /** An upload under way, as its address names it: project and upload. */
  readonly upload: string;
}

export interface Tenant {
  readonly admin: Person;
  readonly organization: Organization;
  readonly project: Project;
  readonly things: Things;
}

/** Names of the form that things have, of things that are nowhere. */
export function nothing(): Things {
  const project = newId();
  return {
    organization: newId(),
    organizationSlug: `none-${newId().slice(-12)}`,
    project,
    projectSlug: `none-${newId().slice(-12)}`,
    record: newId(),
    path: 'a file.txt',
    accessToken: newId(),
    upload: `${project}.${newId()}`,
  };
}

/** An organization with a private project, and of everything at least two, so that each list has a second page. */
export async function makeTenant(server: TestServer, email: string): Promise<Tenant> {
  const admin = await server.signIn(email);
  const organization = await server.makeOrganization(admin);
  await server.makeOrganization(admin);
  const projects = server.client(ProjectService, admin);
  const make = (slug: string): Promise<Project> =>
    projects.createProject({
      parent: organization.name,
      displayName: `Project ${slug}`,
      slug,
      visibility: ProjectVisibility.PRIVATE,
      requestId: newId(),
    });
  const project = await make(`secret-${newId().slice(-8)}`);
  await make(`second-${newId().slice(-8)}`);
  await makeToken(server, admin, organization, ['all']);
  const token = await makeToken(server, admin, organization, ['all']);
  const tenant = { admin, organization, project };
  const things: Things = {
    organization: idOf(organization.name),
    organizationSlug: organization.slug,
    project: idOf(project.name),
    projectSlug: project.slug,
    accessToken: token.id,
    ...(await makeRecord(server, tenant)),
  };
  await makeRecord(server, tenant);
  return { ...tenant, things };
}

/** A new record with a file and an upload under way, made by the admin. */
export async function makeRecord(
  server: TestServer,
  { admin, project }: Pick<Tenant, 'admin' | 'project'>,
): Promise<Pick<Things, 'record' | 'path' | 'upload'>> {
  const record = await server
    .client(RecordService, admin)
    .createRecord({ parent: project.name, title: 'A secret title', requestId: newId() });
  const path = 'a file.txt';
  await beginUpload(server, admin, { record: record.name, path, bytes: 'hello', length: 5 });
  await beginUpload(server, admin, { record: record.name, path: 'another.txt', bytes: 'world', length: 5 });
  const begun = await beginUpload(server, admin, { record: record.name, path: 'half.bin', bytes: 'he', length: 5 });
  return {
    record: idOf(record.name),
    path,
    upload: (begun.headers.get('location') ?? '').split('/').at(-1) ?? '',
  };
}

/** One POST of the tus protocol that creates an upload and brings its first bytes. */
export function beginUpload(
  server: TestServer,
  caller: Caller,
  upload: { record: string; path: string; bytes: string; length: number },
): Promise<Response> {
  const base64 = (text: string): string => Buffer.from(text).toString('base64');
  return fetch(`${server.url}/uploads/`, {
    method: 'POST',
    headers: {
      ...caller.headers,
      'tus-resumable': '1.0.0',
      'upload-length': String(upload.length),
      'upload-metadata': `record ${base64(upload.record)},path ${base64(upload.path)}`,
      'content-type': 'application/offset+octet-stream',
    },
    body: upload.bytes,
  });
}

/** A token of a person, made through the public door. */
export async function makeToken(
  server: TestServer,
  person: Caller,
  organization: Organization,
  scopes: string[],
): Promise<Caller & { id: string }> {
  const made = await server
    .client(AccessTokenService, person)
    .createAccessToken({ parent: organization.name, displayName: 'token', scopes, requestId: newId() });
  return { headers: { authorization: `Bearer ${made.token}` }, id: idOf(made.accessToken?.name ?? '') };
}
