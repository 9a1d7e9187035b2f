import { isIP } from 'node:net';
import { homedir } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** One setting: how it is called, what it may be, and what it is for. `docs/configuration.md` is written from these. */
export interface Setting {
  readonly name: string;
  readonly type: string;
  readonly fallback: string;
  readonly meaning: string;
}

export const SETTINGS: readonly Setting[] = [
  {
    name: 'MUSTER_LISTEN',
    type: 'host:port',
    fallback: '127.0.0.1:8700',
    meaning:
      'Where the server listens: the console, Connect, gRPC (h2c), gRPC-web, uploads and downloads. Port 0 takes a free one.',
  },
  {
    name: 'MUSTER_DATA_DIR',
    type: 'folder',
    fallback: '/var/lib/muster for root, $XDG_DATA_HOME/muster otherwise',
    meaning:
      'Where everything lives: the database, the files, the keys of this instance. As root it must be reachable by the user postgres, so not under /root.',
  },
  {
    name: 'MUSTER_PUBLIC_URL',
    type: 'http or https address',
    fallback: 'http:// and the listening address',
    meaning: 'The address people use: a host without a path. Cookies are Secure when it starts with https.',
  },
  {
    name: 'MUSTER_TRUSTED_PROXIES',
    type: 'addresses and networks, separated by commas',
    fallback: 'none: a request comes from whoever connects',
    meaning:
      'Proxies in front of Muster whose header X-Forwarded-For is believed, like 127.0.0.1 or 10.0.0.0/8. Behind a proxy that is not named here, the limits of sign-in and the audit log see the proxy instead of people.',
  },
  {
    name: 'DATABASE_URL',
    type: 'postgres:// address',
    fallback: 'none: a PostgreSQL of its own under MUSTER_DATA_DIR',
    meaning:
      'PostgreSQL 15 or newer. Its user owns the tables and may create roles; the server works as the role muster_server.',
  },
  {
    name: 'MUSTER_BLOBS_URL',
    type: 'file:// address',
    fallback: 'the folder blobs under MUSTER_DATA_DIR',
    meaning: 'Where the bytes of files are kept.',
  },
  {
    name: 'MUSTER_SMTP_URL',
    type: 'smtp:// or smtps:// address',
    fallback: 'none: sign-in codes are shown in the terminal of the server',
    meaning: 'The mail server that sends sign-in codes.',
  },
  {
    name: 'MUSTER_MAIL_FROM',
    type: 'mail address',
    fallback: 'muster@ and the host of MUSTER_PUBLIC_URL',
    meaning: 'The sender of mails.',
  },
  {
    name: 'MUSTER_TERMS_URL',
    type: 'http or https address',
    fallback: 'none',
    meaning: 'Terms of service that people agree to when they create an organization.',
  },
  {
    name: 'MUSTER_PRIVACY_URL',
    type: 'http or https address',
    fallback: 'none',
    meaning: 'Privacy policy that people agree to when they create an organization.',
  },
  {
    name: 'MUSTER_SECRET_KEY',
    type: '64 hexadecimal digits',
    fallback: 'made at first start and kept in MUSTER_DATA_DIR/secrets.json',
    meaning: 'The key of this instance. Replicas that share a database need the same.',
  },
  {
    name: 'MUSTER_LOG_LEVEL',
    type: 'debug, info, warn or error',
    fallback: 'warn in a terminal, info otherwise',
    meaning: 'What is written to the log, as lines of JSON on standard error.',
  },
];

export interface Config {
  readonly listen: { readonly host: string; readonly port: number };
  readonly dataDir: string;
  readonly publicUrl: URL | null;
  /** Networks like `10.0.0.0/8`. */
  readonly trustedProxies: readonly string[];
  readonly databaseUrl: string | null;
  readonly blobsDir: string;
  readonly smtpUrl: string | null;
  readonly mailFrom: string | null;
  readonly termsUrl: string | null;
  readonly privacyUrl: string | null;
  readonly secretKey: string | null;
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error';
}

/** A setting that cannot be used. The sentence names the setting and says what it may be. */
export class ConfigError extends Error {}

type Environment = Readonly<Record<string, string | undefined>>;

/** Reads the environment; the only place of the server that does. Throws ConfigError. */
export function readConfig(env: Environment = process.env, isRoot = process.getuid?.() === 0): Config {
  const dataDir =
    folder(env, 'MUSTER_DATA_DIR') ??
    (isRoot ? '/var/lib/muster' : join(env['XDG_DATA_HOME'] || join(homedir(), '.local/share'), 'muster'));
  return {
    listen: hostAndPort(env['MUSTER_LISTEN'] || '127.0.0.1:8700'),
    dataDir,
    publicUrl: publicUrl(env),
    trustedProxies: networks(env['MUSTER_TRUSTED_PROXIES']),
    databaseUrl: url(env, 'DATABASE_URL', ['postgres:', 'postgresql:'])?.href ?? null,
    blobsDir: blobsFolder(env, dataDir),
    smtpUrl: url(env, 'MUSTER_SMTP_URL', ['smtp:', 'smtps:'])?.href ?? null,
    mailFrom: mailFrom(env['MUSTER_MAIL_FROM']),
    termsUrl: url(env, 'MUSTER_TERMS_URL', ['http:', 'https:'])?.href ?? null,
    privacyUrl: url(env, 'MUSTER_PRIVACY_URL', ['http:', 'https:'])?.href ?? null,
    secretKey: key(env['MUSTER_SECRET_KEY']),
    logLevel: logLevel(env['MUSTER_LOG_LEVEL']),
  };
}

function hostAndPort(text: string): Config['listen'] {
  const match = /^(?<host>\[[0-9a-f:]+\]|[^:]+):(?<port>\d{1,5})$/i.exec(text);
  const port = Number(match?.groups?.['port']);
  if (!match?.groups?.['host'] || port > 65535)
    throw new ConfigError(`MUSTER_LISTEN must be host:port, like 127.0.0.1:8700; it is "${text}".`);
  return { host: match.groups['host'].replace(/^\[|\]$/g, ''), port };
}

function url(env: Environment, name: string, protocols: readonly string[]): URL | null {
  const text = env[name];
  if (!text) return null;
  const parsed = URL.canParse(text) ? new URL(text) : null;
  // The value is not repeated: it may hold a password.
  if (!parsed || !protocols.includes(parsed.protocol))
    throw new ConfigError(
      `${name} must be an address that starts with ${protocols.map((p) => `${p}//`).join(' or ')}.`,
    );
  return parsed;
}

function networks(text: string | undefined): string[] {
  const parts = (text ?? '').split(',').map((part) => part.trim());
  return parts.filter(Boolean).map((part) => {
    const [address = '', bits] = part.split('/');
    const most = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1;
    const prefix = bits === undefined ? most : /^\d{1,3}$/.test(bits) ? Number(bits) : -1;
    if (prefix < 0 || prefix > most)
      throw new ConfigError(
        `MUSTER_TRUSTED_PROXIES must hold addresses or networks, like 127.0.0.1 or 10.0.0.0/8; "${part}" is neither.`,
      );
    return `${address}/${prefix}`;
  });
}

function folder(env: Environment, name: string): string | null {
  const text = env[name];
  if (!text) return null;
  if (!isAbsolute(text)) throw new ConfigError(`${name} must be an absolute path; it is "${text}".`);
  return resolve(text);
}

function blobsFolder(env: Environment, dataDir: string): string {
  const address = url(env, 'MUSTER_BLOBS_URL', ['file:']);
  if (!address) return join(dataDir, 'blobs');
  try {
    return fileURLToPath(address);
  } catch {
    throw new ConfigError('MUSTER_BLOBS_URL must be the address of a folder of this machine, like file:///srv/blobs.');
  }
}

function publicUrl(env: Environment): URL | null {
  const address = url(env, 'MUSTER_PUBLIC_URL', ['http:', 'https:']);
  // Cookies and links belong to the whole host: behind a path they would not work.
  if (address && address.href !== `${address.origin}/`)
    throw new ConfigError('MUSTER_PUBLIC_URL must be a host alone, without path or name, like https://muster.example.');
  return address;
}

function mailFrom(text: string | undefined): string | null {
  if (!text) return null;
  if (!/^([^<>@\r\n]*<[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/.test(text))
    throw new ConfigError(
      'MUSTER_MAIL_FROM must be a mail address, like muster@acme.example or Muster <muster@acme.example>.',
    );
  return text;
}

function key(text: string | undefined): string | null {
  if (!text) return null;
  if (!/^[0-9a-f]{64}$/i.test(text)) throw new ConfigError('MUSTER_SECRET_KEY must be 64 hexadecimal digits.');
  return text.toLowerCase();
}

function logLevel(text: string | undefined): Config['logLevel'] {
  const level = text || (process.stderr.isTTY ? 'warn' : 'info');
  if (level !== 'debug' && level !== 'info' && level !== 'warn' && level !== 'error') {
    throw new ConfigError(`MUSTER_LOG_LEVEL must be debug, info, warn or error; it is "${level}".`);
  }
  return level;
}
