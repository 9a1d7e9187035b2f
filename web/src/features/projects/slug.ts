import { slugify } from '../organizations/index.ts';

/** The first character, in pinyin order, of each initial letter; no syllable begins with i, u or v. */
const FIRST_OF_INITIAL: readonly (readonly [string, string])[] = [
  ['阿', 'a'],
  ['八', 'b'],
  ['嚓', 'c'],
  ['哒', 'd'],
  ['妸', 'e'],
  ['发', 'f'],
  ['旮', 'g'],
  ['哈', 'h'],
  ['讥', 'j'],
  ['咔', 'k'],
  ['垃', 'l'],
  ['痳', 'm'],
  ['拏', 'n'],
  ['噢', 'o'],
  ['妑', 'p'],
  ['七', 'q'],
  ['呥', 'r'],
  ['扨', 's'],
  ['它', 't'],
  ['穵', 'w'],
  ['夕', 'x'],
  ['丫', 'y'],
  ['帀', 'z'],
];
const byPinyin = new Intl.Collator('zh-Hans-u-co-pinyin');

/** The initial of a Chinese character's pinyin: 机 gives `j`. */
const pinyinInitial = (character: string): string =>
  FIRST_OF_INITIAL.findLast(([first]) => byPinyin.compare(first, character) <= 0)?.[1] ?? '';

const RESERVED = ['all', 'archived', 'new', 'projects', 'public', 'settings', 'trash'];

function initials(name: string): string {
  const spaced = name.normalize('NFKC').replace(/\p{Script=Han}/gu, (character) => ` ${pinyinInitial(character)} `);
  const words = slugify(spaced).split('-');
  // A number stays whole: "Fleet 2026" is f2026, not f2.
  return words.map((word) => (/^\d/.test(word) ? (/^\d+/.exec(word)?.[0] ?? '') : word.slice(0, 1))).join('');
}

/**
 * The slug proposed for a project: the initials of its words (Chinese by pinyin), under two of them the first twelve
 * characters of the name; then `-2`, `-3` and so on until it is free. Empty when the name has nothing to go by.
 */
export function proposeProjectSlug(name: string, taken: readonly string[]): string {
  const short = initials(name).slice(0, 36);
  const base = short.length >= 2 ? short : slugify(name).slice(0, 12).replace(/-$/, '');
  if (base.length < 2) return '';
  const used = new Set([...taken, ...RESERVED]);
  let slug = base;
  for (let next = 2; used.has(slug); next += 1) slug = `${base}-${next}`;
  return slug;
}
