import { createHash } from 'node:crypto';

/** One committed text file; `path` is from the root. */
export interface TextFile {
  readonly path: string;
  readonly text: string;
}

/** What is wrong, one sentence each; none when the rule is kept. */
type Findings = string[];

const UNWANTED_NAMES = /^(utils?|helpers?|common|shared|misc|core|libs?|services?|managers?|controllers?|dtos?)$/i;

/** Names that say nothing about what is inside, as a whole or as the last word. */
export function unwantedNames(path: string): Findings {
  return path
    .split('/')
    .map((part) => part.replace(/(?<=.)\..*$/, ''))
    .filter((stem) => UNWANTED_NAMES.test(stem) || UNWANTED_NAMES.test(stem.split('-').at(-1) ?? ''))
    .map((stem) => `${path}: "${stem}" says nothing about what is inside; name the one thing it holds.`);
}

export const MAX_LINES = 400;
const SOURCE = /\.(ts|tsx|js|mjs|css|sql|proto|sh)$|^muster$/;
const GENERATED = /(^|\/)gen\/|^server\/src\/platform\/db\/tables\.ts$/;

export const isOwnSource = (path: string): boolean => SOURCE.test(path) && !GENERATED.test(path);

export function tooLong({ path, text }: TextFile): Findings {
  const lines = text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
  return lines > MAX_LINES ? [`${path}: ${lines} lines; a source file has at most ${MAX_LINES}.`] : [];
}

const COMMENT = /(?:\/\/|\/\*|^\s*\*|--|#|<!--)(.*)$/gm;
const OTHER_MARKS = /\b(FIXME|XXX|HACK|BUG|OPTIMIZE|WTF)\b/;
const TODO_WITHOUT_ISSUE = /\bTODO\b(?!\(#\d+\))/;

/** Comments carry two marks only: one for notes, and one for what is left to do, with its issue in parentheses. */
export function strayMarks({ path, text }: TextFile): Findings {
  return [...text.matchAll(COMMENT)]
    .map(([, comment = '']) => OTHER_MARKS.exec(comment)?.[0] ?? TODO_WITHOUT_ISSUE.exec(comment)?.[0])
    .filter((mark) => mark !== undefined)
    .map((mark) => `${path}: the mark ${mark}; use NOTE, or TODO with its issue in parentheses.`);
}

const PACKAGE_REGISTRY =
  /\bregistry\.(npmjs|yarnpkg|npmmirror)\.\w+|https?:\/\/[^/\s"']*(npm|artifactory|nexus|jfrog|verdaccio)[^/\s"']*/i;
const MACHINE_PATH = /(?<![\w.$}-])\/work\/|(?<!\w)\.\.\/shared(?![\w-])/;

/** Text that is true on one machine only. */
export function machineText({ path, text }: TextFile): Findings {
  return text
    .split('\n')
    .flatMap((line) => PACKAGE_REGISTRY.exec(line)?.[0] ?? MACHINE_PATH.exec(line)?.[0] ?? [])
    .map((found) => `${path}: "${found}" is true on one machine only.`);
}

/** The lock names packages by version and hash, so that every registry can serve them. */
export function lockedHosts(lock: string): Findings {
  return [...lock.matchAll(/"resolved":\s*"([a-z+]+:\/\/[^"]*)"/g)].map(
    ([, address]) =>
      `package-lock.json: "resolved" names a host: ${address}; install with the .npmrc of this repository.`,
  );
}

const DEPENDENCIES = ['dependencies', 'devDependencies', 'optionalDependencies'] as const;
const EXACT = /^\d+\.\d+\.\d+(-[\w.-]+)?$/;

interface Manifest {
  readonly [kind: string]: unknown;
}

const isManifest = (value: unknown): value is Manifest => typeof value === 'object' && value !== null;

/** Versions of a package.json that are ranges, tags or addresses. */
export function inexactVersions({ path, text }: TextFile): Findings {
  const manifest: unknown = JSON.parse(text);
  if (!isManifest(manifest)) return [`${path}: this is no package.json.`];
  return DEPENDENCIES.flatMap((kind) => {
    const listed = manifest[kind];
    return isManifest(listed) ? Object.entries(listed) : [];
  })
    .filter(([, version]) => !EXACT.test(String(version)))
    .map(([name, version]) => `${path}: ${name} is pinned to no exact version: ${String(version)}.`);
}

const SHORTCUTS =
  /\b(?:test|it|describe|suite)(?:\.\w+)*\.(?:only|skip|skipIf|runIf|todo|fails)\b|\bvi\.(?:mock|doMock|hoisted)\b|\bx(?:it|test|describe)\(/g;

/** Ways for a test not to run, or not to run the real thing. */
export function testShortcuts({ path, text }: TextFile): Findings {
  return [...text.matchAll(SHORTCUTS)].map(([found]) => `${path}: ${found}; every test runs, on our real parts.`);
}

const MIGRATION = /^(\d{4})_[a-z0-9_]+\.sql$/;

/** Migrations are numbered from 0001 without gaps; `names` are all files of the folder. */
export function migrationNumbers(names: readonly string[]): Findings {
  const sorted = names.filter((name) => name !== 'checksums.json').toSorted();
  return sorted.flatMap((name, index) => {
    const wanted = String(index + 1).padStart(4, '0');
    if (!MIGRATION.test(name)) return [`${name}: a migration is named like ${wanted}_things.sql.`];
    return name.startsWith(`${wanted}_`) ? [] : [`${name}: the number here is ${wanted}.`];
  });
}

/** A landed migration never changes: `checksums` is what `checksums.json` says, SHA-256 in hex by file name. */
export function changedMigrations(
  migrations: readonly TextFile[],
  checksums: Readonly<Record<string, string>>,
): Findings {
  const names = new Set(migrations.map(({ path }) => path));
  const gone = Object.keys(checksums).filter((name) => !names.has(name));
  return [
    ...gone.map((name) => `${name}: checksums.json names it, but it is gone; a landed migration stays.`),
    ...migrations.flatMap(({ path, text }) => {
      const hash = createHash('sha256').update(text).digest('hex');
      const landed = checksums[path];
      if (landed === hash) return [];
      return landed === undefined
        ? [`${path}: a new migration needs its line in server/migrations/checksums.json: "${path}": "${hash}"`]
        : [`${path}: it changed after it landed; restore it and write the change as the next migration.`];
    }),
  ];
}
