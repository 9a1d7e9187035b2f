import { Code, ConnectError } from '@connectrpc/connect';
import { ErrorDetailSchema } from '@muster/api/error';
import i18next from 'i18next';
import { formatDuration, type Problem } from '../ui/index.ts';

/**
 * The reasons that have a sentence of their own under `errors` in both catalogues. Any other reason shows the sentence
 * the server sent. `network` is ours: no answer came at all.
 */
export const REASONS = [
  'access_token_limit',
  'checksum_mismatch',
  'code_exhausted',
  'code_too_soon',
  'code_wrong',
  'cursor_invalid',
  'email_invalid',
  'field_invalid',
  'file_too_large',
  'internal',
  'login_required',
  'membership_disabled',
  'membership_suspended',
  'name_invalid',
  'name_taken',
  'network',
  'not_found',
  'not_permitted',
  'offset_mismatch',
  'organization_exists',
  'organization_limit',
  'organization_required',
  'organization_suspended',
  'organization_trashed',
  'origin_mismatch',
  'path_invalid',
  'path_is_folder',
  'path_taken',
  'position_unknown',
  'project_archived',
  'reauth_required',
  'record_deleted',
  'request_id_reused',
  'request_malformed',
  'request_too_large',
  'scope_missing',
  'session_expired',
  'session_required',
  'session_revoked',
  'size_exceeds_declared',
  'slug_invalid',
  'slug_reserved',
  'slug_taken',
  'storage_full',
  'terms_required',
  'text_invalid',
  'token_expired',
  'token_in_url',
  'token_revoked',
  'token_unknown',
  'too_many_attempts',
  'unavailable',
  'unknown_field',
  'upload_expired',
  'version_conflict',
] as const;

type Reason = (typeof REASONS)[number];
// A set of plain strings, so that a reason from the wire can be looked up in it.
const known: ReadonlySet<string> = new Set(REASONS);
const isReason = (reason: string): reason is Reason => known.has(reason);

/** What upload and download addresses answer with beside the HTTP status. */
interface PlainError {
  reason?: string;
  message?: string;
  field?: string;
  requestId?: string;
}

interface Facts {
  reason: string;
  message: string;
  field: string;
  missing: string;
  requestId: string;
  retryAfterSeconds: number;
}

function factsOf(error: unknown): Facts {
  const facts: Facts = { reason: 'internal', message: '', field: '', missing: '', requestId: '', retryAfterSeconds: 0 };
  if (error instanceof ConnectError) {
    const detail = error.findDetails(ErrorDetailSchema)[0];
    facts.message = error.rawMessage;
    facts.requestId = error.metadata.get('x-request-id') ?? '';
    if (detail) return { ...facts, ...detail, requestId: detail.requestId || facts.requestId };
    // connect-web wraps a failed fetch in `unknown`; a gateway in between answers without a detail.
    if (error.cause instanceof TypeError) return { ...facts, reason: 'network' };
    if (error.code === Code.Unavailable || error.code === Code.DeadlineExceeded)
      return { ...facts, reason: 'unavailable' };
    return facts;
  }
  if (error instanceof TypeError) return { ...facts, reason: 'network', message: error.message };
  return { ...facts, message: error instanceof Error ? error.message : String(error) };
}

function sentence(facts: Facts): string {
  if (!isReason(facts.reason)) return facts.message || i18next.t('errors.internal');
  const wait = facts.retryAfterSeconds > 0 ? formatDuration(facts.retryAfterSeconds) : '';
  if (facts.reason === 'too_many_attempts' && wait) return i18next.t('errors.too_many_attempts_wait', { wait });
  if (facts.reason === 'code_too_soon' && wait) return i18next.t('errors.code_too_soon_wait', { wait });
  if (facts.reason === 'not_permitted' && facts.missing) {
    return i18next.t('errors.not_permitted_missing', { permission: facts.missing });
  }
  // The server's sentence for a bad field says which limit was broken; ours can only say that one was.
  if (facts.reason === 'field_invalid' && facts.message && i18next.language === 'en') return facts.message;
  return i18next.t(`errors.${facts.reason}`);
}

/** What a person reads about an error of a call, in the language of the console. */
export function problemOf(error: unknown): Problem {
  const facts = factsOf(error);
  return {
    reason: facts.reason,
    sentence: sentence(facts),
    field: facts.field,
    missing: facts.missing,
    requestId: facts.requestId,
    retryAfterSeconds: facts.retryAfterSeconds,
  };
}

/** Whether an error says that nobody is signed in here any more. */
export const isSignedOut = (error: unknown): boolean =>
  ['login_required', 'session_expired', 'session_revoked'].includes(factsOf(error).reason);

/** A problem from what `/uploads/` and `/files/` answer: a JSON body, or nothing that can be read. */
export function problemOfBody(body: string): Problem {
  let plain: PlainError = {};
  try {
    // The shape is only hoped for: every field is optional and falls back below.
    plain = JSON.parse(body) as PlainError;
  } catch {
    plain = { reason: 'unavailable' };
  }
  const facts = { ...factsOf(null), message: plain.message ?? '', reason: plain.reason ?? 'internal' };
  return {
    reason: facts.reason,
    sentence: sentence(facts),
    field: plain.field ?? '',
    missing: '',
    requestId: plain.requestId ?? '',
    retryAfterSeconds: 0,
  };
}

/** The sentence of a reason that came as a plain string, such as the answer of a slug check. */
export const sentenceOf = (reason: string, message: string): string => sentence({ ...factsOf(null), reason, message });
