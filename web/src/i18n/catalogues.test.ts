import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAst } from 'vite';
import { expect, test } from 'vitest';
import en from './en.json' with { type: 'json' };
import zh from './zh.json' with { type: 'json' };

const root = join(import.meta.dirname, '..');
const files = globSync('**/*.{ts,tsx}', { cwd: root }).filter((file) => !file.endsWith('.test.ts'));
const sources = files.map((file) => ({ file, text: readFileSync(join(root, file), 'utf8') }));

/** `{ a: { b: 'c' } }` gives `[['a.b', 'c']]`. */
function entries(catalogue: object, prefix = ''): [string, string][] {
  return Object.entries(catalogue).flatMap(([key, value]: [string, unknown]) => {
    if (typeof value === 'string') return [[prefix + key, value] satisfies [string, string]];
    return typeof value === 'object' && value !== null ? entries(value, `${prefix}${key}.`) : [];
  });
}

const keys = (catalogue: object) => entries(catalogue).map(([key]) => key);
const singular = (key: string) => key.replace(/_(one|other)$/, '');

test('both catalogues hold the same sentences', () => {
  // Chinese has no singular.
  const plain = (list: string[]) => [...new Set(list.map(singular))].sort();
  expect(plain(keys(zh))).toEqual(plain(keys(en)));
});

test('the same blanks are filled in both', () => {
  const chinese = new Map(entries(zh));
  const blanks = (text: string) => [...new Set(text.match(/\{\{\w+\}\}|<\/?\d+>/g))].sort();
  for (const [key, text] of entries(en)) {
    const other = chinese.get(key) ?? chinese.get(`${singular(key)}_other`);
    if (key.endsWith('_one')) continue;
    expect({ key, blanks: blanks(other ?? '') }).toEqual({ key, blanks: blanks(text) });
  }
});

test('no sentence is empty', () => {
  expect([...entries(en), ...entries(zh)].filter(([, text]) => text.trim() === '')).toEqual([]);
});

test('each sentence is used, and each one used exists', () => {
  const code = sources.map(({ text }) => text).join('\n');
  const used = new Set([...code.matchAll(/['"`]([a-z]\w*(?:\.\w+)+)['"`]/g)].map((match) => match[1]));
  // t(`errors.${reason}`) uses everything under `errors.`
  const families = [...code.matchAll(/`([a-z]\w*(?:\.\w+)*\.)\$\{/g)].map((match) => match[1] ?? '');
  const isUsed = (key: string) => used.has(singular(key)) || families.some((family) => key.startsWith(family));
  expect(keys(en).filter((key) => !isUsed(key))).toEqual([]);

  const known = new Set(keys(en).map(singular));
  const asked = [...code.matchAll(/\bt\(\s*['"]([\w.]+)['"]/g)].map((match) => match[1] ?? '');
  expect(asked.filter((key) => !known.has(key))).toEqual([]);
});

/** Attributes that people read or hear. */
const SPOKEN = new Set(['aria-label', 'label', 'placeholder', 'title', 'description', 'alt', 'error', 'sentence']);

interface Node {
  type: string;
  [key: string]: unknown;
}

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && 'type' in value;

function* walk(node: Node): Generator<Node> {
  yield node;
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) if (isNode(child)) yield* walk(child);
  }
}

/** Words of people in a node: anything with two letters in a row. */
function literal(node: Node): string | null {
  const words = (text: unknown) => (typeof text === 'string' && /\p{L}{2}/u.test(text) ? text.trim() : null);
  if (node.type === 'JSXText') return words(node['value']);
  if (node.type !== 'JSXAttribute' || !isNode(node['name']) || !isNode(node['value'])) return null;
  const value = node['value'];
  return SPOKEN.has(String(node['name']['name'])) && value.type === 'Literal' ? words(value['value']) : null;
}

test('no page speaks words of its own', () => {
  const found = sources
    .filter(({ file }) => file.endsWith('.tsx'))
    .flatMap(({ file, text }) => {
      const program: unknown = parseAst(text, { lang: 'tsx' }, file);
      if (!isNode(program)) throw new Error(`${file} cannot be read`);
      return [...walk(program)].flatMap((node) => literal(node) ?? []).map((words) => `${file}: ${words}`);
    });
  expect(found).toEqual([]);
});

test('the check for words sees text and spoken attributes', () => {
  const program: unknown = parseAst('<a title="Hello">There</a>', { lang: 'tsx' }, 'sample.tsx');
  if (!isNode(program)) throw new Error('the sample cannot be read');
  expect([...walk(program)].flatMap((node) => literal(node) ?? [])).toEqual(['Hello', 'There']);
});
