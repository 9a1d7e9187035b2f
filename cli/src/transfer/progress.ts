import { SingleBar } from 'cli-progress';
import { formatBytes } from '../output.ts';

export interface Progress {
  /** So many more bytes are done; negative when some must be sent again. */
  add(bytes: number): void;
  stop(): void;
}

/** A bar on standard error while it is a terminal; silence otherwise. */
export function openProgress(total: number): Progress {
  if (!process.stderr.isTTY) return { add: () => {}, stop: () => {} };
  const bar = new SingleBar({
    stream: process.stderr,
    format: '{bar} {percentage}%  {done} of {size}  {eta_formatted} left',
    hideCursor: true,
    clearOnComplete: false,
  });
  let done = 0;
  const size = formatBytes(total);
  bar.start(total, 0, { done: formatBytes(0), size });
  return {
    add: (bytes) => {
      done += bytes;
      bar.update(Math.max(0, done), { done: formatBytes(Math.max(0, done)), size });
    },
    stop: () => bar.stop(),
  };
}
