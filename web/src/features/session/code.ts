/** The digits of what was typed or pasted, six at most: `123 456` gives `123456`; full-width digits count. */
export const digitsOf = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/[^0-9]/g, '')
    .slice(0, 6);

/** Whether it is worth sending to the server, which has the full rules. */
export const looksLikeEmail = (text: string): boolean =>
  /^[^\s@]{1,64}@[^\s@]+\.[^\s@]+$/.test(text.trim().normalize('NFKC'));
