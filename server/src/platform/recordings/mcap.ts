import type { ContentBuilder } from './content.ts';
import { scanMcap } from './mcap-scan.ts';
import { readSummary } from './mcap-summary.ts';
import type { Reading } from './source.ts';

/** Reads an MCAP: its summary by a few small ranges when it has one, else all of it, a piece at a time. */
export async function readMcap(reading: Reading): Promise<ContentBuilder> {
  const summary = await readSummary(reading);
  if (typeof summary === 'object') return summary;
  const { content, hasSummary } = await scanMcap(reading);
  if (!content.problem && summary === 'damaged' && hasSummary)
    content.problem = {
      reason: 'file_damaged',
      sentence: 'The summary at the end of the file is damaged: what is shown was counted from its messages.',
    };
  return content;
}
