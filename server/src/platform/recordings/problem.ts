/** What is wrong with a recording: `reason` for programs, `sentence` for people. */
export interface Problem {
  readonly reason:
    | 'format_unknown'
    | 'file_truncated'
    | 'chunk_crc_mismatch'
    | 'compression_unsupported'
    | 'chunk_too_large'
    | 'file_damaged';
  readonly sentence: string;
}

/** Thrown by a reader that can go no further in a file; what it counted until then stays. */
export class Broken extends Error {
  readonly problem: Problem;

  constructor(reason: Problem['reason'], sentence: string) {
    super(sentence);
    this.problem = { reason, sentence };
  }
}

/** The most bytes of a file or of an unpacked chunk that are held at once, whatever a file says about its lengths. */
export const LONGEST = 256 * 1024 * 1024;

const SHOWN = 'what could be read before that is shown.';

export const truncated = (size: number): Broken =>
  new Broken('file_truncated', `The file breaks off after ${size} bytes, before its end is written: ${SHOWN}`);

export const damaged = (offset: number): Broken =>
  new Broken('file_damaged', `The file is damaged at byte ${offset}: ${SHOWN}`);

export const wrongChecksum = (offset: number): Broken =>
  new Broken(
    'chunk_crc_mismatch',
    `The chunk at byte ${offset} does not match the checksum that was written with it: ${SHOWN}`,
  );

export const unknownCompression = (offset: number, name: string): Broken =>
  new Broken(
    'compression_unsupported',
    `The chunk at byte ${offset} is compressed with "${name.slice(0, 40)}", which cannot be read: ${SHOWN}`,
  );

export const tooLarge = (offset: number, length: number | bigint): Broken =>
  new Broken(
    'chunk_too_large',
    `The file asks for ${length} bytes at once at byte ${offset}, and at most ${LONGEST} are held: ${SHOWN}`,
  );

export const unknownFormat = (size: number, expected: string): Broken =>
  new Broken('format_unknown', size === 0 ? 'The file is empty.' : `The file does not begin as ${expected} does.`);

/** Anything that a damaged file makes a parser throw is that file's damage. */
export const explain = (error: unknown, offset: number): Problem =>
  error instanceof Broken ? error.problem : damaged(offset).problem;
