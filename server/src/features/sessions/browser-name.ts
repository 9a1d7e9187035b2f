const BROWSERS = [
  [/\bEdg(e|A|iOS)?\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\b(Firefox|FxiOS)\//, 'Firefox'],
  [/\b(Chrome|CriOS|Chromium)\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
] as const;
const SYSTEMS = [
  [/\bWindows\b/, 'Windows'],
  [/\bAndroid\b/, 'Android'],
  [/\b(iPhone|iPad)\b/, 'iOS'],
  [/\bMac OS X\b/, 'macOS'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bLinux\b/, 'Linux'],
] as const;

/**
 * `Firefox on Linux` from a user agent; empty for one that is not known. The user agent itself never goes into a mail:
 * whoever asks for a code writes it, and the mail goes to somebody else.
 */
export function browserName(userAgent: string): string {
  const named = (list: typeof BROWSERS | typeof SYSTEMS): string =>
    list.find(([sign]) => sign.test(userAgent))?.[1] ?? '';
  const browser = named(BROWSERS);
  const system = named(SYSTEMS);
  return browser && system ? `${browser} on ${system}` : browser || system;
}
