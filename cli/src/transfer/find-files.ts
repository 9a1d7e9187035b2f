import { opendir, stat } from 'node:fs/promises';
import { basename, join, relative, resolve, sep } from 'node:path';
import { Problem } from '../problem.ts';

export interface LocalFile {
  /** Where it is on this machine. */
  readonly source: string;
  /** The path it will have inside the record, parts joined by `/`. */
  readonly path: string;
  readonly size: number;
  /** Milliseconds since 1970. */
  readonly modified: number;
}

/** Files to upload: each file by its own name, each folder by the paths below it. Throws when two would get one path. */
export async function findFiles(paths: readonly string[]): Promise<LocalFile[]> {
  const found: LocalFile[] = [];
  for (const path of paths) {
    const about = await stat(path).catch(() => null);
    if (!about)
      throw new Problem(`There is no file or folder ${path}.`, { code: 'invalid_argument', reason: 'file_not_found' });
    if (about.isDirectory()) found.push(...(await filesBelow(path)));
    else
      found.push({
        source: resolve(path),
        path: basename(path),
        size: about.size,
        modified: Math.trunc(about.mtimeMs),
      });
  }
  const seen = new Map<string, string>();
  for (const { path, source } of found) {
    const other = seen.get(path);
    if (other !== undefined && other !== source)
      throw new Problem(`${other} and ${source} would both become ${path} in the record.`, {
        code: 'invalid_argument',
        reason: 'path_taken',
      });
    seen.set(path, source);
  }
  return found;
}

async function filesBelow(folder: string): Promise<LocalFile[]> {
  const files: LocalFile[] = [];
  for await (const entry of await opendir(folder, { recursive: true })) {
    if (!entry.isFile()) continue;
    const source = resolve(join(entry.parentPath, entry.name));
    const { size, mtimeMs } = await stat(source);
    files.push({ source, path: relative(folder, source).split(sep).join('/'), size, modified: Math.trunc(mtimeMs) });
  }
  return files.toSorted((a, b) => (a.path < b.path ? -1 : 1));
}
