import { createTransport } from 'nodemailer';
import type { Config } from '../../config.ts';

export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  /** The mail in one line, for the terminal of a server without a mail server. */
  readonly inShort: string;
}

export interface Mailer {
  send(mail: Mail): Promise<void>;
  close(): void;
}

/** Sends by SMTP, or shows mails with `show` as long as no mail server is configured. */
export function openMailer(
  config: Pick<Config, 'smtpUrl' | 'mailFrom'>,
  publicHost: string,
  show: (line: string) => void,
): Mailer {
  if (!config.smtpUrl) {
    return {
      send: async (mail) => show(mail.inShort),
      close: () => {},
    };
  }
  // A pool: opening a connection for each mail is many times slower.
  const transport = createTransport({
    url: config.smtpUrl,
    pool: true,
    connectionTimeout: 10_000,
    socketTimeout: 30_000,
  });
  const from = config.mailFrom ?? `Muster <muster@${publicHost}>`;
  return {
    send: async (mail) => {
      await transport.sendMail({ from, to: mail.to, subject: mail.subject, text: mail.text });
    },
    close: () => transport.close(),
  };
}
