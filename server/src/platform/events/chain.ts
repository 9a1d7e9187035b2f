import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';

/** The parts of an event that its hash covers. Personal parts are covered by their salted digest. */
export interface ChainedEvent {
  readonly organizationId: string;
  readonly seq: bigint;
  readonly id: string;
  readonly at: Date;
  readonly actorKind: string;
  readonly actorId: string | null;
  readonly personDigest: Buffer;
  readonly via: string;
  readonly category: string;
  readonly event: string;
  readonly outcome: 'done' | 'refused' | 'failed';
  readonly reason: string;
  readonly target: string;
  readonly targetName: string;
  readonly projectId: string | null;
  readonly projectName: string;
  readonly changes: unknown;
  readonly requestId: string;
}

export interface Person {
  readonly name: string;
  readonly email: string;
  readonly networkAddress: string;
  readonly client: string;
}

/** `hash = SHA-256(prev_hash ‖ canonical JSON (RFC 8785) of the row without its hash)`. */
export function chainHash(previous: Buffer, row: ChainedEvent): Buffer {
  const plain = {
    ...row,
    seq: row.seq.toString(),
    at: row.at.toISOString(),
    personDigest: row.personDigest.toString('hex'),
  };
  return createHash('sha256').update(previous).update(canonicalJson(plain)).digest();
}

/** Digest of the personal parts: with the salt gone it proves nothing, and with the parts gone the chain still holds. */
export function personDigest(salt: Buffer, person: Person): Buffer {
  return createHash('sha256')
    .update(salt)
    .update(
      canonicalJson({
        name: person.name,
        email: person.email,
        networkAddress: person.networkAddress,
        client: person.client,
      }),
    )
    .digest();
}

function canonicalJson(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('not JSON');
  return text;
}
