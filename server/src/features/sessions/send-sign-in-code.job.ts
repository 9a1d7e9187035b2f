import { MINUTE } from '../../platform/clock.ts';
import type { Platform } from '../../platform/context.ts';
import type { Mailer } from '../../platform/mail/mailer.ts';
import { browserName } from './browser-name.ts';
import { CODE_LIFE_MINUTES, LINK_SECRET_LENGTH } from './rules.ts';
import { signInMail } from './sign-in-mail.ts';

export interface SendSignInCode {
  readonly sealed: string;
  readonly networkAddress: string;
  readonly client: string;
  readonly time: string;
}

/** Mails a sign-in code, or the link of guard mode; without a mail server the terminal of the server shows it. A code that is dead by now is not sent. */
export async function sendSignInCode(platform: Platform, mailer: Mailer, job: SendSignInCode): Promise<void> {
  const { address, code, language } = sealedIn(platform.keys.open(job.sealed));
  const time = new Date(job.time);
  if (platform.clock.now().getTime() >= time.getTime() + CODE_LIFE_MINUTES * MINUTE) return;
  const browser = browserName(job.client);
  const link = code.length === LINK_SECRET_LENGTH ? linkOf(platform.instance.publicUrl, address, code) : null;
  await mailer.send({
    to: address,
    ...signInMail({ address, code, link, language, time, networkAddress: job.networkAddress, browser }),
    inShort: link ? `Sign-in link for ${address}: ${link}` : `Sign-in code for ${address}: ${code}`,
  });
}

/** The secret stands behind the #, where no server, proxy or log sees it. Opening the page changes nothing; its button does. */
const linkOf = (publicUrl: string, address: string, secret: string): string =>
  `${publicUrl}/sign-in#${new URLSearchParams({ link: secret, email: address }).toString()}`;

function sealedIn(text: string): { address: string; code: string; language: 'en' | 'zh' } {
  const { address, code, language }: Record<string, unknown> = JSON.parse(text);
  if (typeof address !== 'string' || typeof code !== 'string') throw new TypeError('a job without address and code');
  return { address, code, language: language === 'zh' ? 'zh' : 'en' };
}
