import type { Language } from '../../platform/context.ts';

export interface SignInMail {
  readonly address: string;
  readonly code: string;
  /** In guard mode: what to open instead of typing a code. */
  readonly link: string | null;
  readonly language: Language;
  readonly time: Date;
  readonly networkAddress: string;
  /** Empty when it is not known. */
  readonly browser: string;
}

const utc = (time: Date): string => `${time.toISOString().slice(0, 19).replace('T', ' ')} UTC`;

/** The words of the mail that lets somebody in. No link but in guard mode: whoever waits for a code has the page open already. */
export function signInMail(mail: SignInMail): { subject: string; text: string } {
  return mail.language === 'zh' ? inChinese(mail) : inEnglish(mail);
}

const inEnglish = (mail: SignInMail) => ({
  subject: mail.link ? 'Your link to sign in to Muster' : `${mail.code} is your Muster code`,
  text: [
    mail.link
      ? `Open this link to sign in to Muster as ${mail.address}:\n${mail.link}`
      : `Your code to sign in to Muster as ${mail.address}: ${mail.code}`,
    '',
    'It works for 10 minutes, once, in the browser that asked for it.',
    '',
    `Asked for at ${utc(mail.time)} from ${mail.networkAddress || 'an unknown network address'} with ${mail.browser || 'an unknown program'}.`,
    'If it was not you, ignore this mail.',
  ].join('\n'),
});

const inChinese = (mail: SignInMail) => ({
  subject: mail.link ? '您的 Muster 登录链接' : `${mail.code} 是您的 Muster 验证码`,
  text: [
    mail.link
      ? `请打开此链接，以 ${mail.address} 登录 Muster：\n${mail.link}`
      : `您以 ${mail.address} 登录 Muster 的验证码：${mail.code}`,
    '',
    '10 分钟内有效，只能使用一次，并且只能在发出请求的浏览器中使用。',
    '',
    `请求时间：${utc(mail.time)}；网络地址：${mail.networkAddress || '未知'}；浏览器：${mail.browser.replace(' on ', '，') || '未知'}。`,
    '如果不是您本人请求的，请忽略此邮件。',
  ].join('\n'),
});
