import { describe, expect, test } from 'vitest';
import { ConfigError, SETTINGS, readConfig } from './config.ts';

const read = (env: Record<string, string>, isRoot = false) =>
  readConfig({ XDG_DATA_HOME: '/home/ada/data', ...env }, isRoot);
function sentenceOf(env: Record<string, string>): string {
  try {
    read(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  return 'it was taken';
}

const HIDDEN = 'hunter2';
const BAD: [string, string][] = [
  ['MUSTER_LISTEN', '8700'],
  ['MUSTER_LISTEN', 'localhost'],
  ['MUSTER_LISTEN', '127.0.0.1:99999'],
  ['MUSTER_LISTEN', '127.0.0.1:x'],
  ['MUSTER_LISTEN', '::1:8700'],
  ['MUSTER_LISTEN', ':8700'],
  ['MUSTER_DATA_DIR', 'data'],
  ['MUSTER_DATA_DIR', './data'],
  ['MUSTER_PUBLIC_URL', 'muster.example'],
  ['MUSTER_PUBLIC_URL', 'ftp://muster.example'],
  ['MUSTER_PUBLIC_URL', 'https://muster.example/path'],
  ['MUSTER_PUBLIC_URL', `https://ada:${HIDDEN}@muster.example`],
  ['MUSTER_PUBLIC_URL', 'https://muster.example?x=1'],
  ['MUSTER_TRUSTED_PROXIES', 'localhost'],
  ['MUSTER_TRUSTED_PROXIES', '10.0.0.0/33'],
  ['MUSTER_TRUSTED_PROXIES', '127.0.0.1,*'],
  ['DATABASE_URL', `mysql://muster:${HIDDEN}@db.example/muster`],
  ['DATABASE_URL', `muster:${HIDDEN}@db.example`],
  ['DATABASE_URL', `postgres//muster:${HIDDEN}@db.example`],
  ['MUSTER_BLOBS_URL', `s3://key:${HIDDEN}@bucket`],
  ['MUSTER_BLOBS_URL', '/srv/blobs'],
  ['MUSTER_BLOBS_URL', 'file:///srv/%ZZ'],
  ['MUSTER_BLOBS_URL', 'file://elsewhere.example/blobs'],
  ['MUSTER_SMTP_URL', `http://ada:${HIDDEN}@mail.example`],
  ['MUSTER_SMTP_URL', `mail.example:25?${HIDDEN}`],
  ['MUSTER_MAIL_FROM', 'muster'],
  ['MUSTER_MAIL_FROM', 'a@b.example\r\nBcc: c@d.example'],
  ['MUSTER_MAIL_FROM', 'Muster <a@b.example'],
  ['MUSTER_TERMS_URL', 'javascript:alert(1)'],
  ['MUSTER_PRIVACY_URL', 'privacy'],
  ['MUSTER_SECRET_KEY', HIDDEN],
  ['MUSTER_SECRET_KEY', 'ab'.repeat(31)],
  ['MUSTER_LOG_LEVEL', 'loud'],
];

describe('a setting that cannot be used', () => {
  test.each(BAD)('%s=%s stops the start with one sentence that names it and repeats no secret', (name, value) => {
    const sentence = sentenceOf({ [name]: value });
    expect(sentence).toMatch(/^[^\n]*\.$/);
    expect(sentence.startsWith(name)).toBe(true);
    expect(sentence).not.toContain(HIDDEN);
    if (name === 'MUSTER_SECRET_KEY' || name === 'DATABASE_URL') expect(sentence).not.toContain(value);
  });

  test('is tried here for every setting there is', () => {
    expect([...new Set(BAD.map(([name]) => name))].toSorted()).toEqual(SETTINGS.map(({ name }) => name).toSorted());
  });
});

describe('settings', () => {
  test('have defaults, and an empty one is none', () => {
    const empty = Object.fromEntries(SETTINGS.map(({ name }) => [name, '']));
    for (const env of [{}, empty])
      expect(read({ ...env, MUSTER_LOG_LEVEL: 'info' })).toEqual({
        listen: { host: '127.0.0.1', port: 8700 },
        dataDir: '/home/ada/data/muster',
        trustedProxies: [],
        publicUrl: null,
        databaseUrl: null,
        blobsDir: '/home/ada/data/muster/blobs',
        smtpUrl: null,
        mailFrom: null,
        termsUrl: null,
        privacyUrl: null,
        secretKey: null,
        logLevel: 'info',
      });
    expect(read({}, true).dataDir).toBe('/var/lib/muster');
  });

  test('are read as they are meant', () => {
    expect(read({ MUSTER_LISTEN: '[::1]:0' }).listen).toEqual({ host: '::1', port: 0 });
    expect(read({ MUSTER_LISTEN: 'muster.example:80' }).listen).toEqual({ host: 'muster.example', port: 80 });
    expect(read({ MUSTER_PUBLIC_URL: 'https://muster.example:8443/' }).publicUrl?.origin).toBe(
      'https://muster.example:8443',
    );
    expect(read({ MUSTER_BLOBS_URL: 'file:///srv/my%20blobs' }).blobsDir).toBe('/srv/my blobs');
    expect(read({ MUSTER_DATA_DIR: '/srv/muster/../data' }).blobsDir).toBe('/srv/data/blobs');
    expect(read({ MUSTER_MAIL_FROM: 'Muster <muster@acme.example>' }).mailFrom).toBe('Muster <muster@acme.example>');
    expect(read({ MUSTER_SECRET_KEY: 'AB'.repeat(32) }).secretKey).toBe('ab'.repeat(32));
  });
});
