import { Refusal } from '../errors.ts';

/**
 * Takes a resource name (AIP-122) apart: `parseName('projects/*\/records/*', 'projects/p/records/r')` is `['p', 'r']`.
 * A last `**` takes the rest, slashes included. A name of another form names nothing.
 */
export function parseName(pattern: string, name: string): string[] {
  const wanted = pattern.split('/');
  const parts = name.split('/');
  const rest = wanted.at(-1) === '**';
  if (rest ? parts.length < wanted.length : parts.length !== wanted.length) throw new Refusal('not_found');
  // No name has a control character; one with a NUL could not even be looked up.
  if (/\p{Cc}/u.test(name)) throw new Refusal('not_found');
  const found: string[] = [];
  for (const [index, want] of wanted.entries()) {
    const part = want === '**' ? parts.slice(index).join('/') : (parts[index] ?? '');
    if (want !== '*' && want !== '**' && want !== part) throw new Refusal('not_found');
    if (want === '*' || want === '**') found.push(part);
  }
  return found;
}

/** The one variable part of a name like `organizations/{organization}`. */
export function parseOne(pattern: string, name: string): string {
  const [part] = parseName(pattern, name);
  if (!part) throw new Refusal('not_found');
  return part;
}

/** The two variable parts of a name like `projects/{project}/records/{record}`. */
export function parseTwo(pattern: string, name: string): [string, string] {
  const [first, second] = parseName(pattern, name);
  if (!first || !second) throw new Refusal('not_found');
  return [first, second];
}
