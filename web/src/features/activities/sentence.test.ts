import { expect, test } from 'vitest';
import { sentenceKeyOf } from './sentence.ts';

test('a known event has its own sentence', () => {
  expect(sentenceKeyOf('record.create', true)).toBe('record_create');
});

test('an event of a later version is told by its id, even one named like a property of every object', () => {
  expect(sentenceKeyOf('device.enable', false)).toBe('other');
  expect(sentenceKeyOf('device.enable', true)).toBe('otherInProject');
  expect(sentenceKeyOf('toString', false)).toBe('other');
});
