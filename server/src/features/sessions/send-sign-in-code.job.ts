import { MINUTE } from '../../platform/clock.ts';
import type { Platform } from '../../platform/context.ts';
import type { Mailer } from '../../platform/mail/mailer.ts';
import { browserName } from './browser-name.ts';
import { CODE_LIFE_MINUTES } from './rules.ts';
import { signInMail } from './sign-in-mail.ts';

export interface SendSignInCode {
  readonly sealed: string;
  readonly networkAddress: string;
  readonly client: string;
  readonly time: string;
}

/** Mails a sign-in code; without a mail server the terminal of the server shows it. A code that is dead by now is not sent. */
export async function sendSignInCode(platform: Platform, mailer: Mailer, job: SendSignInCode): Promise<void> {
  const { address, code, language } = sealedIn(platform.keys.open(job.sealed));
  const time = new Date(job.time);
  if (platform.clock.now().getTime() >= time.getTime() + CODE_LIFE_MINUTES * MINUTE) return;
  const browser = browserName(job.client);
  await mailer.send({
    to: address,
    ...signInMail({ address, code, language, time, networkAddress: job.networkAddress, browser }),
    inShort: `Sign-in code for ${address}: ${code}`,
  });
}

function sealedIn(text: string): { address: string; code: string; language: 'en' | 'zh' } {
  const { address, code, language }: Record<string, unknown> = JSON.parse(text);
  if (typeof address !== 'string' || typeof code !== 'string') throw new TypeError('a job without address and code');
  return { address, code, language: language === 'zh' ? 'zh' : 'en' };
}
