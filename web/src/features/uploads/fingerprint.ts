const MIB = 1024 * 1024;

/**
 * Tells whether a file that is picked again is the one whose upload was interrupted: equal path, size, change time, and
 * equal first and last MiB. The hash needs no strength, only to differ when a file was changed; the browser's own hashes
 * are missing on pages of plain HTTP.
 */
export async function fingerprintOf(record: string, path: string, file: File): Promise<string> {
  const first = await file.slice(0, MIB).arrayBuffer();
  const last = file.size > MIB ? await file.slice(Math.max(MIB, file.size - MIB)).arrayBuffer() : new ArrayBuffer(0);
  const ends = hashOf(new Uint8Array(first)) + hashOf(new Uint8Array(last));
  return ['muster', record, path, file.size, file.lastModified, ends].join('|');
}

/** Two FNV-1a hashes of 32 bits from different starts, in hexadecimal. */
function hashOf(bytes: Uint8Array): string {
  let one = 0x811c9dc5;
  let other = 0x9747b28c;
  for (const byte of bytes) {
    one = Math.imul(one ^ byte, 0x01000193);
    other = Math.imul(other ^ byte, 0x01000193);
  }
  return [one, other].map((half) => (half >>> 0).toString(16).padStart(8, '0')).join('');
}
