import { readFileSync } from 'node:fs';
import { Client } from 'pg';
import type { Muster } from './harness.ts';

type Role = 'admin' | 'collaborator' | 'viewer' | 'external';

/** Makes a person who has signed in once a member of `acme`; written to the database, as nobody can be invited yet. */
export async function join(muster: Muster, email: string, role: Role): Promise<void> {
  // The shape is the server's own file.
  const secrets = JSON.parse(readFileSync(`${muster.dataDir}/secrets.json`, 'utf8')) as { databasePassword: string };
  const port = readFileSync(`${muster.dataDir}/postgres/postmaster.pid`, 'utf8').split('\n')[3];
  const client = new Client({
    connectionString: `postgres://postgres:${secrets.databasePassword}@127.0.0.1:${port}/muster`,
  });
  await client.connect();
  try {
    const { rowCount } = await client.query(
      `insert into muster.memberships (organization_id, account_id, role)
       select slugs.organization_id, addresses.account_id, $2
         from muster.organization_slugs slugs, muster.account_addresses addresses
        where slugs.slug = 'acme' and addresses.address = $1`,
      [email, role],
    );
    if (rowCount !== 1) throw new Error(`${email} has no account yet`);
  } finally {
    await client.end();
  }
}
