import { describe, expect, it } from 'vitest';
import { Refusal } from '../../platform/errors.ts';
import { cleanPath, foldersOf } from './rules.ts';

const segment = 'a'.repeat(255);

describe('the path of a file', () => {
  it.each([
    ['plain.mcap', 'a name'],
    ['a/b/c.bag', 'folders'],
    ['Übung/日本語 ログ.txt', 'any script'],
    ['.hidden/..twice.../…', 'dots that are part of a name'],
    ['it\'s "quoted" & <b>; $(rm -rf) `x` %00 %2e%2e.txt', 'what only a careless reader would take for more'],
    [segment, 'a part of 255 bytes'],
    [`${segment}/${segment}/${segment}/${'b'.repeat(254)}/c`, '1,024 bytes in all'],
  ])('may be %j: %s', (path) => {
    expect(cleanPath(path)).toBe(path);
  });

  it.each([
    ['', 'empty'],
    ['/etc/passwd', 'absolute'],
    ['a//b', 'an empty part'],
    ['a/', 'ending in a slash'],
    ['.', 'the folder itself'],
    ['..', 'the folder above'],
    ['a/../b', 'up and down'],
    ['a/./b', 'a dot in the middle'],
    ['a/\u2025/b', 'a sign of two dots'],
    ['\uFF0E\uFF0E/b', 'wide dots'],
    ['\u2024\u2024', 'dot leaders'],
    ['a\\b', 'a backslash'],
    ['a\0b', 'NUL'],
    ['a\nb', 'a line break'],
    ['a\u007Fb', 'DEL'],
    ['a\u0085b', 'a control character of C1'],
    ['photo\u202Egnp.exe', 'a direction override'],
    ['a\uD800b', 'half a character'],
    [`${segment}a`, 'a part of 256 bytes'],
    ['ä'.repeat(128), 'a part of 128 characters and 256 bytes'],
    [`${segment}/${segment}/${segment}/${'b'.repeat(255)}/c`, '1,025 bytes in all'],
    ['a'.repeat(2000), '2,000 characters'],
  ])('may not be %j: %s', (path) => {
    expect(() => cleanPath(path)).toThrow(Refusal);
  });

  it('is the same however its accents are written', () => {
    expect(cleanPath('U\u0308bung')).toBe('Übung');
  });

  it('has folders above it, outermost first', () => {
    expect(foldersOf('a/b/c.txt')).toEqual(['a', 'a/b']);
    expect(foldersOf('c.txt')).toEqual([]);
  });
});
