import { readBagIndex } from './bag-index.ts';
import { scanBag } from './bag-scan.ts';
import type { ContentBuilder } from './content.ts';
import { truncated } from './problem.ts';
import type { Reading } from './source.ts';

/** Reads a ROS 1 bag 2.0: its index by a few ranges when it has one, else its records one after the other. */
export async function readBag(reading: Reading): Promise<ContentBuilder> {
  const index = await readBagIndex(reading);
  if (typeof index === 'object') return index;
  const content = await scanBag(reading);
  if (!content.problem && index === 'truncated') content.problem = truncated(reading.size).problem;
  if (!content.problem && index === 'damaged')
    content.problem = {
      reason: 'file_damaged',
      sentence: 'The index at the end of the bag is damaged: what is shown was counted from its messages.',
    };
  return content;
}
