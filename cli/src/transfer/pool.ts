/** Runs `work` over all items, at most `width` at once; results in the order of the items. */
export async function inParallel<T, R>(
  items: readonly T[],
  width: number,
  work: (item: T) => Promise<R>,
): Promise<R[]> {
  const results = new Map<number, R>();
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let index = next++; index < items.length; index = next++) {
      const item = items[index];
      if (item !== undefined) results.set(index, await work(item));
    }
  };
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, worker));
  return [...results].toSorted(([a], [b]) => a - b).map(([, result]) => result);
}

/** What became of one file. */
export interface TransferResult {
  readonly path: string;
  readonly state: 'done' | 'unchanged' | 'failed';
  readonly sha256: string;
  readonly bytes: number;
  /** Why it failed; empty otherwise. */
  readonly problem: string;
}
