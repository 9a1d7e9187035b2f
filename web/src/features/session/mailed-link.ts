export interface MailedLink {
  email: string;
  secret: string;
}

/** What a link in a sign-in mail says behind the #; null for any other address. */
export function mailedLink(hash: string): MailedLink | null {
  const parts = new URLSearchParams(hash.replace(/^#/, ''));
  const [email, secret] = [parts.get('email'), parts.get('link')];
  return email && secret && /^[\w-]{43}$/.test(secret) ? { email, secret } : null;
}
