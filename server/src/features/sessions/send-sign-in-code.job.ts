import type { Mailer } from '../../platform/mail/mailer.ts';
import type { Keys } from '../../platform/context.ts';

export interface SendSignInCode {
  readonly sealed: string;
  readonly networkAddress: string;
  readonly client: string;
  readonly time: string;
}

/** Mails a sign-in code; without a mail server the terminal of the server shows it. */
export async function sendSignInCode(keys: Keys, mailer: Mailer, job: SendSignInCode): Promise<void> {
  const { address, code }: { address: string; code: string } = JSON.parse(keys.open(job.sealed));
  await mailer.send({
    to: address,
    subject: `${code} is your Muster code`,
    text: [
      `Your code to sign in to Muster: ${code}`,
      '',
      'It works for 10 minutes, once, in the browser that asked for it.',
      `Asked for at ${job.time} from ${job.networkAddress || 'an unknown address'} with ${job.client || 'an unknown program'}.`,
      'If it was not you, ignore this mail.',
    ].join('\n'),
    inShort: `Sign-in code for ${address}: ${code}`,
  });
}
