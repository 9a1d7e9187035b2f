import { SETTINGS as CLI_SETTINGS } from '../../cli/src/config.ts';
import { SETTINGS } from '../../server/src/config.ts';
import { REASONS } from '../../server/src/platform/errors.ts';

interface Setting {
  readonly name: string;
  readonly type: string;
  readonly fallback: string;
  readonly meaning: string;
}

/** What each code becomes in plain HTTP (Connect protocol, "Error Codes") and in gRPC (its number). */
const CODES: Readonly<Record<string, readonly [http: number, grpc: number]>> = {
  invalid_argument: [400, 3],
  unauthenticated: [401, 16],
  permission_denied: [403, 7],
  not_found: [404, 5],
  already_exists: [409, 6],
  failed_precondition: [400, 9],
  aborted: [409, 10],
  resource_exhausted: [429, 8],
  unavailable: [503, 14],
  internal: [500, 13],
};

const cell = (text: string): string => text.replaceAll('|', '\\|');

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  return [heads, heads.map(() => '---'), ...rows].map((row) => `| ${row.map(cell).join(' | ')} |`).join('\n');
}

const settingsTable = (settings: readonly Setting[]): string =>
  table(
    ['Variable', 'Type', 'Default', 'Meaning'],
    settings.map(({ name, type, fallback, meaning }) => [`\`${name}\``, type, fallback, meaning]),
  );

/** `docs/configuration.md`: every variable that Muster reads. */
const configurationPage = (): string => `# Configuration

Muster is configured by environment variables; every one has a default. A value that cannot be used stops the start with
one sentence that names the variable. This page is written from the code by \`npm run reference\`.

## The server (\`muster serve\`, \`muster admin\`)

${settingsTable(SETTINGS)}

## The command line (\`muster project …\`, \`muster record …\`)

${settingsTable(CLI_SETTINGS)}
`;

/** `docs/errors.md`: every reason that Muster refuses a request with. */
function errorsPage(): string {
  const rows = [...REASONS]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([reason, [code, sentence]]) => [`\`${reason}\``, `\`${code}\``, String(CODES[code]?.[0] ?? ''), sentence]);
  const codes = Object.entries(CODES).map(([code, [http, grpc]]) => [`\`${code}\``, String(http), String(grpc)]);
  return `# Errors

Every error of Muster has a Connect code, a sentence for people, and a detail \`muster.v1.ErrorDetail\` for programs: the
\`reason\` from the table below, the \`field\` at fault, the permission that is \`missing\`, \`retry_after_seconds\`, and the
\`request_id\` that the log of the server has too. The headers \`muster-reason\` and \`x-request-id\` carry two of them in
every protocol. Decide on the reason, show the sentence. This page is written from the code by \`npm run reference\`.

## Reasons

${table(['Reason', 'Code', 'HTTP', 'Sentence'], rows)}

Uploads at \`/uploads/\` and downloads at \`/files/\` answer the same reasons as plain HTTP with a body of JSON
(\`code\`, \`message\`, \`reason\`, \`field\`, \`missing\`, \`requestId\`). There \`failed_precondition\` is 409,
\`checksum_mismatch\` is 460 and \`upload_expired\` is 410, as the tus protocol says, and \`size_exceeds_declared\` is 413.

## Codes

${table(['Code', 'HTTP', 'gRPC'], codes)}
`;
}

/** Path from the root of each page, and its text. */
export const referencePages = (): readonly (readonly [path: string, text: string])[] => [
  ['docs/configuration.md', configurationPage()],
  ['docs/errors.md', errorsPage()],
];
