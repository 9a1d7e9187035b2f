/**
 * What a request causes beside its change: events, ledger rows, jobs. A verb names them while it works; they are
 * written at the end of the same transaction, all or nothing.
 */
export interface Change {
  readonly field: string;
  readonly before: string;
  readonly after: string;
}

/** What was done, for the log of an organization. */
export interface EventInput {
  /** `record.create`, `file.download` … */
  readonly event: string;
  readonly category:
    | 'sign-in'
    | 'members'
    | 'organization settings'
    | 'tokens and keys'
    | 'projects'
    | 'records and files'
    | 'usage and billing'
    | 'audit'
    | 'operator';
  readonly outcome?: 'done' | 'refused' | 'failed';
  readonly reason?: string;
  /** Resource name, and the display name at this moment. */
  readonly target?: string;
  readonly targetName?: string;
  readonly projectId?: string;
  readonly projectName?: string;
  readonly changes?: readonly Change[];
  /** Address of whoever tried, when nobody is known to have called. */
  readonly email?: string;
  /** Whose chain; the entered organization when left out. The instance's own chain has the id INSTANCE. */
  readonly organizationId?: string;
}

/** A change of what an organization uses. */
export interface LedgerInput {
  readonly meter: 'storage.live' | 'storage.trash' | 'storage.freeing';
  readonly source: string;
  /** Derived from what happened, so that booking it twice is impossible. */
  readonly eventId: string;
  readonly kind: 'fact' | 'reconcile' | 'adjustment';
  readonly delta: bigint;
  readonly projectId: string | null;
  readonly sha256: Buffer | null;
  readonly note?: string;
}

/** Work for later. A job with a key replaces a waiting one of the same key. */
export interface JobInput {
  readonly task: string;
  readonly payload: Readonly<Record<string, string | number | boolean | null>>;
  readonly key?: string;
  readonly runAt?: Date;
}

/** The chain of acts that concern no organization. */
export const INSTANCE = '00000000-0000-0000-0000-000000000000';

export class Effects {
  readonly events: EventInput[] = [];
  readonly ledger: LedgerInput[] = [];
  readonly jobs: JobInput[] = [];

  emit(event: EventInput): void {
    this.events.push(event);
  }
  book(row: LedgerInput): void {
    if (row.delta !== 0n) this.ledger.push(row);
  }
  enqueue(job: JobInput): void {
    this.jobs.push(job);
  }
}
