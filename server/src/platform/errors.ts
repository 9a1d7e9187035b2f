/**
 * The one vocabulary of refusals. A door renders it in its protocol; an error that is none of these becomes
 * `internal` with the id of the request, and its text stays in the log.
 */
export type Code =
  | 'invalid_argument'
  | 'unauthenticated'
  | 'permission_denied'
  | 'not_found'
  | 'already_exists'
  | 'failed_precondition'
  | 'aborted'
  | 'resource_exhausted'
  | 'unavailable'
  | 'internal';

const CATALOGUE = {
  login_required: ['unauthenticated', 'Sign in, or send an access token as "Authorization: Bearer mus_pat_…".'],
  session_expired: ['unauthenticated', 'This session has ended. Sign in again.'],
  session_revoked: ['unauthenticated', 'This session was signed out. Sign in again.'],
  token_unknown: ['unauthenticated', 'This access token is not known. Check that it was copied whole.'],
  token_expired: ['unauthenticated', 'This access token has expired. Make a new one in Personal settings, Security.'],
  token_revoked: ['unauthenticated', 'This access token was revoked. Make a new one in Personal settings, Security.'],
  membership_disabled: ['unauthenticated', 'An administrator has disabled your membership of this organization.'],
  membership_suspended: ['unauthenticated', 'Your membership of this organization is suspended. Ask an administrator.'],
  reauth_required: ['unauthenticated', 'This needs a fresh sign-in. Sign out, sign in, and try again.'],
  not_permitted: ['permission_denied', 'Your role does not allow this.'],
  session_required: ['permission_denied', 'An access token cannot do this. Sign in and do it in the console.'],
  scope_missing: ['permission_denied', 'The scopes of this access token do not allow this.'],
  origin_mismatch: ['permission_denied', 'This request comes from another site and was refused.'],
  token_in_url: ['invalid_argument', 'A token may not stand in an address. Send it as "Authorization: Bearer …".'],
  not_found: ['not_found', 'There is nothing by this name, or you may not see it.'],
  organization_required: [
    'invalid_argument',
    'You belong to several organizations: name one in the header muster-organization.',
  ],
  field_invalid: ['invalid_argument', 'A field of the request is not valid.'],
  unknown_field: ['invalid_argument', 'The request has a field that this method does not know.'],
  request_malformed: ['invalid_argument', 'The request cannot be read.'],
  request_too_large: ['resource_exhausted', 'The request is larger than 1 MiB.'],
  cursor_invalid: ['invalid_argument', 'The page token is not one that this list gave. Start from the first page.'],
  position_unknown: ['invalid_argument', 'This ledger has no such position yet. Ask for a position that it gave.'],
  request_id_reused: ['already_exists', 'This request_id was used for a different request. Draw a new one.'],
  name_invalid: ['invalid_argument', 'The name must have 1 to 64 characters.'],
  text_invalid: ['invalid_argument', 'The text holds control characters or direction overrides. Remove them.'],
  email_invalid: ['invalid_argument', 'This is not an e-mail address.'],
  slug_invalid: [
    'invalid_argument',
    'The ID may hold a–z, 0–9 and single hyphens, and starts and ends with a letter or digit.',
  ],
  slug_reserved: ['invalid_argument', 'This ID is reserved. Choose another one.'],
  slug_taken: ['already_exists', 'This ID is taken. Choose another one.'],
  name_taken: ['already_exists', 'Another project of this organization has this name. Choose another one.'],
  terms_required: ['failed_precondition', 'Agree to the terms to create an organization.'],
  organization_limit: ['resource_exhausted', 'You have created three organizations today. Try again tomorrow.'],
  access_token_limit: ['resource_exhausted', 'You have 50 live access tokens here already. Delete one first.'],
  code_wrong: ['unauthenticated', 'That code is not right or no longer valid.'],
  code_exhausted: ['unauthenticated', 'That code was tried too often and is dead. Ask for a new one.'],
  code_too_soon: ['resource_exhausted', 'A code was sent a moment ago. Wait before you ask for another one.'],
  too_many_attempts: ['resource_exhausted', 'Too many attempts. Wait and try again.'],
  version_conflict: ['aborted', 'Somebody else changed this meanwhile. Read it again and repeat your change.'],
  project_archived: ['failed_precondition', 'This project is archived and read only.'],
  organization_suspended: ['failed_precondition', 'This organization is suspended and read only.'],
  organization_trashed: ['failed_precondition', 'This organization is in the trash.'],
  record_deleted: ['failed_precondition', 'This record is in the trash. Restore it first.'],
  path_invalid: [
    'invalid_argument',
    'The path is not one a file can have: no "..", no backslash, no control characters, parts of 255 bytes and 1,024 bytes in all at most.',
  ],
  path_is_folder: ['failed_precondition', 'A folder has this name, or a file has the name of one of its folders.'],
  path_taken: ['already_exists', 'A file has this path already. Rename or delete it first.'],
  file_too_large: ['invalid_argument', 'A file may have 5 TiB at most.'],
  checksum_mismatch: [
    'failed_precondition',
    'The bytes that arrived do not have the declared SHA-256. Upload the file again.',
  ],
  size_exceeds_declared: ['invalid_argument', 'More bytes arrived than were declared.'],
  upload_expired: ['not_found', 'This upload has ended or never was. Begin a new one.'],
  offset_mismatch: ['aborted', 'The upload goes on at another offset. Ask for it with HEAD.'],
  organization_exists: ['already_exists', 'An organization with this ID exists already; nothing was changed.'],
  unavailable: ['unavailable', 'The server is stopping or cannot reach its database. Try again in a moment.'],
  storage_full: ['unavailable', 'The disk of the server is full. Nothing was stored; tell its operator.'],
  internal: ['internal', 'Something went wrong on the server. Tell its operator the request id.'],
} as const satisfies Record<string, readonly [Code, string]>;

export type Reason = keyof typeof CATALOGUE;

export const REASONS: ReadonlyMap<string, readonly [Code, string]> = new Map(Object.entries(CATALOGUE));

export interface RefusalDetail {
  /** The field of the request that is at fault, as a path. */
  readonly field?: string;
  /** The permission that is missing. */
  readonly missing?: string;
  readonly retryAfterSeconds?: number;
  /** A sentence that fits better than the one of the catalogue. */
  readonly sentence?: string;
}

/** A request that is refused, with the code, the reason and the sentence the caller gets. */
export class Refusal extends Error {
  readonly reason: Reason;
  readonly detail: RefusalDetail;
  constructor(reason: Reason, detail: RefusalDetail = {}) {
    super(detail.sentence ?? CATALOGUE[reason][1]);
    this.reason = reason;
    this.detail = detail;
  }
  get code(): Code {
    return CATALOGUE[this.reason][0];
  }
}
