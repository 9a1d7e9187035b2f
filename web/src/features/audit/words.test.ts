import i18next from 'i18next';
import { beforeAll, expect, test } from 'vitest';
import en from '../../i18n/en.json' with { type: 'json' };
import { categoryOf, wayOf } from './words.ts';

beforeAll(async () => {
  await i18next.init({ lng: 'en', resources: { en: { translation: en } }, interpolation: { escapeValue: false } });
});

test.each([
  ['session', 'Browser session'],
  ['token mus_pat_ab12', 'Access token mus_pat_ab12…'],
  ['console', 'Command on the server'],
  ['none', 'Not signed in'],
  ['carrier pigeon', 'carrier pigeon'],
])('the way in %j reads %j', (via, words) => {
  expect(wayOf(i18next.t, via)).toBe(words);
});

test('a category is told in words, and an unknown one as it is', () => {
  expect(categoryOf(i18next.t, 'records and files')).toBe('Records and files');
  expect(categoryOf(i18next.t, 'of tomorrow')).toBe('of tomorrow');
});
