import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { uploadsPath } from '../config.ts';

/** Addresses of uploads under way, by what is uploaded where; kept in the state folder for the next run. */
export function rememberedUpload(key: string): string | null {
  const found: unknown = Reflect.get(read(), key);
  return typeof found === 'string' ? found : null;
}

export function rememberUpload(key: string, address: string | null): void {
  const all = read();
  if (address === null) Reflect.deleteProperty(all, key);
  else Reflect.set(all, key, address);
  const path = uploadsPath();
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  // Renamed into place, so that a break leaves the old list or the new one.
  writeFileSync(`${path}.${process.pid}`, JSON.stringify(all), { mode: 0o600 });
  renameSync(`${path}.${process.pid}`, path);
}

function read(): object {
  try {
    const all: unknown = JSON.parse(readFileSync(uploadsPath(), 'utf8'));
    return typeof all === 'object' && all !== null ? all : {};
  } catch {
    return {};
  }
}
