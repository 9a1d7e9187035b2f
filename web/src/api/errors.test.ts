import { create } from '@bufbuild/protobuf';
import { Code, ConnectError } from '@connectrpc/connect';
import { ErrorDetailSchema } from '@muster/api/error';
import i18next from 'i18next';
import { readFileSync } from 'node:fs';
import { beforeAll, expect, test } from 'vitest';
import en from '../i18n/en.json' with { type: 'json' };
import zh from '../i18n/zh.json' with { type: 'json' };
import { problemOf, problemOfBody, REASONS, sentenceOf } from './errors.ts';

beforeAll(async () => {
  await i18next.init({ lng: 'en', resources: { en: { translation: en }, zh: { translation: zh } } });
});

const refusal = (detail: Record<string, string | number>) =>
  new ConnectError('From the server', Code.InvalidArgument, undefined, [
    { desc: ErrorDetailSchema, value: create(ErrorDetailSchema, detail) },
  ]);

test('every reason of the server has its sentence here', () => {
  const source = readFileSync(new URL('../../../server/src/platform/errors.ts', import.meta.url), 'utf8');
  const catalogue = source.slice(source.indexOf('const CATALOGUE'), source.indexOf('} as const'));
  const reasons = [...catalogue.matchAll(/^ {2}(\w+): \[/gm)].map((match) => match[1]);
  expect(reasons.length).toBeGreaterThan(30);
  expect(reasons.filter((reason) => !REASONS.some((known) => known === reason))).toEqual([]);
  expect(REASONS.filter((reason) => !(reason in en.errors) || !(reason in zh.errors))).toEqual([]);
});

test('a refusal becomes a sentence with field and request id', () => {
  // An error that has crossed the wire carries its details encoded.
  const error = refusal({ reason: 'slug_taken', field: 'slug', requestId: 'req-1' });
  expect(problemOf(error)).toEqual({
    reason: 'slug_taken',
    sentence: en.errors.slug_taken,
    field: 'slug',
    missing: '',
    requestId: 'req-1',
    retryAfterSeconds: 0,
  });
});

test('a wait and a missing permission are named', () => {
  expect(problemOf(refusal({ reason: 'too_many_attempts', retryAfterSeconds: 90 })).sentence).toContain('1 min 30 s');
  expect(problemOf(refusal({ reason: 'not_permitted', missing: 'usage.view' })).sentence).toContain('usage.view');
});

test('a reason of a later server shows the sentence the server sent', () => {
  expect(problemOf(refusal({ reason: 'project_quota_exceeded' })).sentence).toBe('From the server');
});

test('no answer at all is told apart from a refusal', () => {
  expect(problemOf(new TypeError('Failed to fetch')).reason).toBe('network');
  expect(problemOf(new ConnectError('x', Code.Unavailable)).reason).toBe('unavailable');
});

test('what upload addresses answer is read too, and what nobody can read is not trusted', () => {
  const body = '{"code":"already_exists","message":"m","reason":"path_is_folder","field":"path","requestId":"req-2"}';
  expect(problemOfBody(body)).toMatchObject({ reason: 'path_is_folder', field: 'path', requestId: 'req-2' });
  expect(problemOfBody('<html>Bad Gateway</html>').reason).toBe('unavailable');
});

test('a plain reason has its sentence in the other language too', async () => {
  await i18next.changeLanguage('zh');
  expect(sentenceOf('slug_taken', 'Taken.')).toBe(zh.errors.slug_taken);
  await i18next.changeLanguage('en');
});
