import { getOption, hasOption } from '@bufbuild/protobuf';
import type { DescField, DescMessage } from '@bufbuild/protobuf';
import { field as rulesOf } from '@bufbuild/protovalidate/gen/buf/validate/validate_pb.js';
import type { FieldRules } from '@bufbuild/protovalidate/gen/buf/validate/validate_pb.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { methodsOfContract } from '../../../test/contract.ts';
import { startServer } from '../../../test/harness.ts';
import type { TestServer } from '../../../test/harness.ts';
import { METHODS } from '../../../test/methods.ts';
import { callRaw } from '../../../test/raw-call.ts';
import { digestOfRows } from '../../../test/rows.ts';
import { makeTenant } from '../../../test/tenant.ts';
import type { Tenant } from '../../../test/tenant.ts';

interface Limit {
  /** Path of the field in the JSON of the request. */
  readonly json: string[];
  /** Path of the field as errors name it. */
  readonly field: string;
  readonly rule: string;
  readonly value: unknown;
}

const LONG = 1_000_000;

/** Values that break a rule of a field, each with what it breaks. */
function violations(rules: FieldRules, isEnum: boolean): [rule: string, value: unknown][] {
  const { type } = rules;
  const found: [string, unknown][] = rules.required ? [['required', undefined]] : [];
  if (type.case === 'string') {
    const { value } = type;
    if (value.maxLen > 0n) found.push(['max_len', 'x'.repeat(Number(value.maxLen) + 1)]);
    if (value.minLen > 0n) found.push(['min_len', '']);
    if (value.pattern !== '') found.push(['pattern', '\u2603'], ['pattern', 'x'.repeat(LONG)]);
    if (value.in.length > 0) found.push(['in', 'none of them']);
    if (value.wellKnown.case === 'uuid') found.push(['uuid', 'no uuid']);
  } else if (type.case === 'int32' || type.case === 'int64') {
    const { greaterThan, lessThan } = type.value;
    if (greaterThan.case === 'gte') found.push(['gte', Number(greaterThan.value) - 1]);
    if (lessThan.case === 'lte') found.push(['lte', Number(lessThan.value) + 1]);
  } else if (type.case === 'enum') {
    if (type.value.definedOnly) found.push(['defined_only', 4711]);
  } else if (type.case === 'repeated') {
    const { value } = type;
    const item = (index: number): unknown => (isEnum ? 1 : `${index}`);
    const tooMany = Number(value.maxItems) + 1;
    if (value.maxItems > 0n) found.push(['max_items', Array.from({ length: tooMany }, (_item, index) => item(index))]);
    if (value.unique) found.push(['unique', [item(0), item(0)]]);
    if (value.items)
      for (const [rule, wrong] of violations(value.items, isEnum)) found.push([`items.${rule}`, [wrong]]);
  }
  return found;
}

function limitsOf(message: DescMessage, json: string[] = [], path = ''): Limit[] {
  return message.fields.flatMap((field) => {
    const at = [...json, field.jsonName];
    const rules = hasOption(field, rulesOf) ? getOption(field, rulesOf) : undefined;
    const own = (rules ? violations(rules, field.enum !== undefined) : []).map(([rule, value]) => ({
      json: at,
      field: `${path}${field.name}`,
      rule,
      value,
    }));
    const isOurs = field.fieldKind === 'message' && field.message.typeName.startsWith('muster.');
    return isOurs ? [...own, ...limitsOf(field.message, at, `${path}${field.name}.`)] : own;
  });
}

/** Texts and lists that a request may make as long as it likes. */
function boundless(message: DescMessage, path = ''): string[] {
  return message.fields.flatMap((field) => {
    if (field.fieldKind === 'message')
      return field.message.typeName.startsWith('muster.') ? boundless(field.message, `${path}${field.name}.`) : [];
    return isBounded(field) ? [] : [`${path}${field.name}`];
  });
}

function isBounded(field: DescField): boolean {
  const isText = field.fieldKind === 'scalar' && field.scalar === 9;
  if (!isText && field.fieldKind !== 'list' && field.fieldKind !== 'map') return true;
  if (!hasOption(field, rulesOf)) return false;
  const { type } = getOption(field, rulesOf);
  if (type.case === 'repeated') return type.value.maxItems > 0n;
  if (type.case !== 'string') return false;
  const { maxLen, pattern, wellKnown, in: values } = type.value;
  // A pattern bounds a text when it is anchored and has no open repetition.
  const closed = /^\^.*\$$/.test(pattern) && !/[*+]|,\}/.test(pattern.replaceAll(/\[[^\]]*\]/g, '.'));
  return maxLen > 0n || closed || values.length > 0 || wellKnown.case === 'uuid';
}

function withValue(request: object, [key = '', ...rest]: string[], value: unknown): object {
  const inner: unknown = Reflect.get(request, key);
  const next =
    rest.length > 0 ? withValue(typeof inner === 'object' && inner !== null ? inner : {}, rest, value) : value;
  return { ...request, [key]: next };
}

let server: TestServer;
let home: Tenant;
beforeAll(async () => {
  server = await startServer();
  home = await makeTenant(server, 'admin@acme.example');
});
afterAll(() => server[Symbol.asyncDispose]());

const methods = await methodsOfContract();

describe('every field of every request', () => {
  test.each([...methods])('%s: what breaks a limit is refused, and the field is named', async (name, method) => {
    const limits = limitsOf(method.input);
    const before = await digestOfRows(server);
    for (const limit of limits) {
      const request = withValue(METHODS[name]?.request(home.things) ?? {}, limit.json, limit.value);
      const { code, detail, message } = await callRaw(server, name, request, home.admin);
      const title = `${limit.field} ${limit.rule}`;
      expect([code, detail?.reason], title).toEqual(['invalid_argument', 'field_invalid']);
      expect(detail?.field.replace(/\[\d+\]$/, ''), title).toBe(limit.field);
      expect(message, title).toContain(limit.field);
      expect(message.length, title).toBeLessThan(500);
    }
    expect(await digestOfRows(server)).toEqual(before);
  });

  test('has a limit where it could grow without end', () => {
    // What an update does not look at is bounded by the request itself.
    const ignored = new Set(['record.name']);
    const open = [...methods].flatMap(([name, { input }]) =>
      boundless(input).flatMap((field) => (ignored.has(field) ? [] : [`${name} ${field}`])),
    );
    expect(open).toEqual([]);
  });

  test('is known: limits were found for most methods', () => {
    expect([...methods.values()].flatMap(({ input }) => limitsOf(input)).length).toBeGreaterThan(60);
  });
});
