import { AccessTokenService } from '@muster/api/access_token';
import { ActivityService } from '@muster/api/activity';
import type { Activity } from '@muster/api/activity';
import type { Organization } from '@muster/api/organization';
import { ProjectService, ProjectVisibility } from '@muster/api/project';
import type { Project } from '@muster/api/project';
import { RecordService } from '@muster/api/record';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServer } from '../../../test/harness.ts';
import type { Caller, Person, TestServer } from '../../../test/harness.ts';
import { refused } from '../../../test/refused.ts';

let server: TestServer;
let admin: Person;
let collaborator: Person;
let organization: Organization;
let open: Project;
let hidden: Project;
let recordName: string;

beforeAll(async () => {
  server = await startServer();
  admin = await server.signIn('admin@example.com');
  collaborator = await server.signIn('collaborator@example.com');
  organization = await server.makeOrganization(admin);
  await server.addMember(organization, collaborator, 'collaborator');
  open = await server.makeProject(admin, organization, 'open');
  hidden = await server.client(ProjectService, admin).createProject({
    parent: organization.name,
    displayName: 'Hidden',
    slug: 'hidden',
    visibility: ProjectVisibility.PRIVATE,
  });
  await server.client(RecordService, admin).createRecord({ parent: hidden.name, title: 'Secret' });
  const records = server.client(RecordService, collaborator);
  recordName = (await records.createRecord({ parent: open.name, title: 'Drive' })).name;
  await records.updateRecord({ record: { name: recordName, title: 'Wet drive' }, updateMask: { paths: ['title'] } });
  await records.deleteRecord({ name: recordName });
  await server.client(RecordService, admin).undeleteRecord({ name: recordName });
  await server.client(AccessTokenService, admin).createAccessToken({ parent: organization.name, displayName: 'ci' });
});
afterAll(() => server[Symbol.asyncDispose]());

const list = (caller: Caller = admin, more: { mine?: boolean; pageSize?: number; pageToken?: string } = {}) =>
  server.client(ActivityService, caller).listActivities({ parent: organization.name, ...more });
const told = ({ actor, event, targetDisplayName, projectDisplayName }: Activity): string =>
  [actor, event, targetDisplayName, projectDisplayName].filter(Boolean).join(' · ');

describe('the activities', () => {
  it('tell who did what to what, and where, with the names of then, newest first', async () => {
    const { activities } = await list();
    expect(activities.map(told)).toEqual([
      'admin · record.undelete · Wet drive · Project open',
      'collaborator · record.delete · Wet drive · Project open',
      'collaborator · record.update · Wet drive · Project open',
      'collaborator · record.create · Drive · Project open',
      'admin · record.create · Secret · Hidden',
      'admin · project.create · Hidden · Hidden',
      'admin · project.create · Project open · Project open',
      `admin · organization.create · ${organization.displayName}`,
    ]);
    expect(activities[0]).toMatchObject({ target: recordName, project: open.name });
    expect(Number(activities[0]?.time?.seconds)).toBeGreaterThan(1_700_000_000);
  });

  it('leave out projects that the reader may not open', async () => {
    const { activities } = await list(collaborator);
    expect(activities).toHaveLength(6);
    expect(JSON.stringify(activities.map(told))).not.toMatch(/Secret|Hidden/);
    await server.addProjectMember(organization, hidden, collaborator, 'viewer');
    expect((await list(collaborator)).activities).toHaveLength(8);
    await server.owner.query('delete from project_members where account_id = $1', [collaborator.accountId]);
  });

  it('are not for external users, also those of a project of theirs, nor for strangers', async () => {
    const external = await server.signIn('external@example.com');
    await server.addMember(organization, external, 'external');
    await server.addProjectMember(organization, open, external, 'admin');
    expect(await refused(list(external))).toMatchObject({ reason: 'not_permitted', missing: 'activities.view' });
    const stranger = await server.signIn('stranger@example.com');
    expect(await refused(list(stranger))).toMatchObject({ reason: 'not_found' });
  });

  it('of a token that is bound to a project are of that one', async () => {
    const { token } = await server.client(AccessTokenService, admin).createAccessToken({
      parent: organization.name,
      displayName: 'bound',
      projects: [open.name],
    });
    const { activities } = await list({ headers: { authorization: `Bearer ${token}` } });
    expect(JSON.stringify(activities.map(told))).not.toMatch(/Secret|Hidden/);
    expect(activities.filter((activity) => activity.project === open.name)).toHaveLength(5);
  });

  it('of the reader alone are those that the reader did', async () => {
    expect((await list(collaborator, { mine: true })).activities.map(told)).toEqual([
      'collaborator · record.delete · Wet drive · Project open',
      'collaborator · record.update · Wet drive · Project open',
      'collaborator · record.create · Drive · Project open',
    ]);
  });
});

describe('their pages', () => {
  it.each([1, 2, 3, 8])('of %i hold each once', async (pageSize) => {
    const found: string[] = [];
    let pageToken = '';
    do {
      const page = await list(admin, { pageSize, pageToken });
      found.push(...page.activities.map((activity) => activity.name));
      pageToken = page.nextPageToken;
    } while (pageToken !== '');
    expect(found).toHaveLength(8);
    expect(new Set(found).size).toBe(8);
  });

  it('of one list are none of another', async () => {
    const { nextPageToken } = await list(admin, { pageSize: 1 });
    expect(await refused(list(admin, { pageToken: nextPageToken, mine: true }))).toMatchObject({
      reason: 'cursor_invalid',
    });
  });
});
