/** Takes the text fields of a job's payload; a job that misses one was written by a program that this is not. */
export function fields<const K extends string>(payload: unknown, names: readonly K[]): Record<K, string> {
  const found: Partial<Record<K, string>> = {};
  for (const name of names) {
    const value: unknown = typeof payload === 'object' && payload !== null ? Reflect.get(payload, name) : undefined;
    if (typeof value !== 'string') throw new TypeError(`a job without ${name}`);
    found[name] = value;
  }
  // Every name was found, or we would not be here.
  return found as Record<K, string>;
}
