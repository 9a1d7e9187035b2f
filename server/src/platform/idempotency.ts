import { createHash } from 'node:crypto';
import type { Context } from './context.ts';
import { Refusal } from './errors.ts';
import { newId } from './ids.ts';

/**
 * Makes a create safe to repeat (AIP-155). Answers the id that the new thing gets, and whether an earlier call with
 * the same key has made it already; that one is then read and answered again. Without a key every call makes a thing.
 * Two calls at once: the second waits for the first one's transaction.
 */
export async function claimRequest(
  ctx: Context,
  requestId: string,
  input: unknown,
): Promise<{ id: string; repeated: boolean }> {
  const id = newId();
  const accountId = ctx.caller?.accountId;
  if (requestId === '' || !accountId) return { id, repeated: false };
  const hash = createHash('sha256').update(JSON.stringify(input)).digest();
  const key = { account_id: accountId, method: ctx.request.method, request_id: requestId };
  const made = await ctx.db
    .insertInto('request_keys')
    .values({ ...key, request_hash: hash, resource_id: id })
    .onConflict((oc) => oc.doNothing())
    .executeTakeFirst();
  if (made.numInsertedOrUpdatedRows === 1n) return { id, repeated: false };
  const earlier = await ctx.db
    .selectFrom('request_keys')
    .select(['request_hash', 'resource_id'])
    .where('account_id', '=', accountId)
    .where('method', '=', key.method)
    .where('request_id', '=', requestId)
    .executeTakeFirstOrThrow();
  if (!earlier.request_hash.equals(hash)) throw new Refusal('request_id_reused', { field: 'request_id' });
  return { id: earlier.resource_id, repeated: true };
}
