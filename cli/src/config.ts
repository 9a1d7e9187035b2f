import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';

/** What the command line reads from its environment; `docs/configuration.md` is written from these. */
export const SETTINGS = [
  {
    name: 'MUSTER_PUBLIC_URL',
    type: 'http or https address',
    fallback: 'the one that "muster login" kept, else http://127.0.0.1:8700',
    meaning: 'Address of the server. The option --url wins over it.',
  },
  {
    name: 'MUSTER_TOKEN',
    type: 'access token',
    fallback: 'the one that "muster login" kept',
    meaning: 'The access token that calls are made with.',
  },
  {
    name: 'XDG_CONFIG_HOME',
    type: 'folder',
    fallback: '~/.config',
    meaning: 'muster/profile.json below it holds what "muster login" kept, readable by its owner only.',
  },
  {
    name: 'XDG_STATE_HOME',
    type: 'folder',
    fallback: '~/.local/state',
    meaning: 'muster/uploads.json below it remembers uploads under way, so that the next run goes on with them.',
  },
] as const;

/** Where the server is, and who calls. */
export interface Profile {
  readonly url: string;
  readonly token: string;
}

const DEFAULT_URL = 'http://127.0.0.1:8700';
const home = (variable: string, fallback: string): string => process.env[variable] || join(homedir(), fallback);
const profilePath = (): string => join(home('XDG_CONFIG_HOME', '.config'), 'muster', 'profile.json');

/** File that remembers uploads under way, so that the next run goes on with them. */
export const uploadsPath = (): string => join(home('XDG_STATE_HOME', '.local/state'), 'muster', 'uploads.json');

/** The environment wins over the profile of `muster login`, and an option over both. */
export function readProfile(options: { url?: string }): Profile {
  const saved = savedProfile();
  const url = options.url || process.env['MUSTER_PUBLIC_URL'] || saved?.url || DEFAULT_URL;
  return { url: url.replace(/\/+$/, ''), token: process.env['MUSTER_TOKEN'] || saved?.token || '' };
}

export function saveProfile(profile: Profile): string {
  const path = profilePath();
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  writeFileSync(path, `${JSON.stringify(profile)}\n`, { mode: 0o600 });
  chmodSync(path, 0o600);
  return path;
}

export const forgetProfile = (): void => rmSync(profilePath(), { force: true });

function savedProfile(): Partial<Profile> | null {
  try {
    const saved: unknown = JSON.parse(readFileSync(profilePath(), 'utf8'));
    if (typeof saved !== 'object' || saved === null) return null;
    const text = (key: string): string => String(Reflect.get(saved, key) ?? '');
    return { url: text('url'), token: text('token') };
  } catch {
    return null;
  }
}
