import type { Platform } from '../../platform/context.ts';
import { readRecording } from '../../platform/recordings/index.ts';
import { runAsSystem } from '../../platform/run.ts';
import { writeContent } from './content.ts';
import { refreshPlayable } from './playable.ts';
import { findFileById, lockRecord, setRecording } from './store.ts';

/** Reads what a recording holds, by ranges, and notes it. A broken file is noted too; it is no reason to try again. */
export async function readRecordingOf(
  platform: Platform,
  job: { organizationId: string; fileId: string },
): Promise<void> {
  const { organizationId, fileId } = job;
  const file = await runAsSystem(platform, 'job', 'read-recording', organizationId, (ctx) =>
    findFileById(ctx, organizationId, fileId),
  );
  if (!file?.format) return;
  await using source = await platform.blobs.source(organizationId, file.sha256);
  const found = await readRecording(file.format, source);
  await runAsSystem(platform, 'job', 'read-recording', organizationId, async (ctx) => {
    const record = await lockRecord(ctx, organizationId, file.project_id, file.record_id);
    if (!record) return;
    await setRecording(ctx, organizationId, fileId, {
      state: found.state,
      startNs: found.startTime,
      endNs: found.endTime,
      messageCount: found.messageCount,
      content: writeContent(found),
      problemReason: found.problem?.reason ?? null,
      problem: found.problem?.sentence ?? null,
    });
    await refreshPlayable(ctx, organizationId, file.record_id);
  });
}
