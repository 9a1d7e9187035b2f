import { createCipheriv, createDecipheriv, createHmac, createSecretKey, randomBytes } from 'node:crypto';
import { chmodSync, linkSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError } from './config.ts';
import type { Config } from './config.ts';

/** What this instance must keep to itself: it is in no database and no log. */
export interface Secrets {
  /** Password of the PostgreSQL that Muster starts itself. */
  readonly databasePassword: string;
  /** HMAC-SHA-256 of the parts, each length-prefixed so that parts cannot run into each other. */
  hmac(...parts: readonly string[]): Buffer;
  /** Encrypts a short text for the database (AES-256-GCM). */
  seal(text: string): string;
  /** Undoes `seal`; throws when the text was made with another key or changed. */
  open(sealed: string): string;
}

interface SecretsFile {
  readonly key: string;
  readonly databasePassword: string;
}

/** Reads the secrets of the data directory, or makes them at first start (mode 0600). Throws ConfigError when they cannot be read. */
export function readSecrets(config: Pick<Config, 'dataDir' | 'secretKey'>): Secrets {
  const file = readOrMake(config.dataDir);
  const key = createSecretKey(config.secretKey ?? file.key, 'hex');
  return {
    databasePassword: file.databasePassword,
    hmac: (...parts) => {
      const hmac = createHmac('sha256', key);
      for (const part of parts) hmac.update(`${Buffer.byteLength(part)}:${part}`);
      return hmac.digest();
    },
    seal: (text) => {
      const nonce = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', key, nonce);
      const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64');
    },
    open: (sealed) => {
      const bytes = Buffer.from(sealed, 'base64');
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12)).setAuthTag(bytes.subarray(12, 28));
      return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8');
    },
  };
}

function readOrMake(dataDir: string): SecretsFile {
  const path = join(dataDir, 'secrets.json');
  try {
    mkdirSync(dataDir, { recursive: true });
    return make(path) ?? read(path);
  } catch (error) {
    if (error instanceof ConfigError || !(error instanceof Error && 'code' in error)) throw error;
    throw new ConfigError(`The secrets of this instance cannot be read or written at ${path} (${String(error.code)}).`);
  }
}

/** Writes new secrets whole or not at all; null when there are some. */
function make(path: string): SecretsFile | null {
  const made: SecretsFile = { key: randomBytes(32).toString('hex'), databasePassword: randomBytes(24).toString('hex') };
  const fresh = `${path}.${process.pid}`;
  writeFileSync(fresh, JSON.stringify(made), { mode: 0o600, flush: true });
  try {
    linkSync(fresh, path);
    return made;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return null;
    throw error;
  } finally {
    rmSync(fresh, { force: true });
  }
}

function read(path: string): SecretsFile {
  // A backup may have brought it back with other modes.
  if ((statSync(path).mode & 0o077) !== 0) chmodSync(path, 0o600);
  const file = parse(readFileSync(path, 'utf8'));
  if (isSecretsFile(file)) return file;
  throw new ConfigError(`${path} is damaged: restore it from a backup.`);
}

/** What is wrong with a text is not said: the message would quote it. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const isSecretsFile = (value: unknown): value is SecretsFile =>
  typeof value === 'object' &&
  value !== null &&
  'key' in value &&
  typeof value.key === 'string' &&
  /^[0-9a-f]{64}$/.test(value.key) &&
  'databasePassword' in value &&
  typeof value.databasePassword === 'string' &&
  value.databasePassword !== '';
