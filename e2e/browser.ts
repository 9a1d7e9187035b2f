import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { chromium } from 'playwright-core';
import type { BrowserContext, CDPSession, Page } from 'playwright-core';
import { expectAccessible } from './accessible.ts';
import { ROOT } from './harness.ts';
import type { Muster } from './harness.ts';

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Runs in the page. */
const DROP_BYTES = `(files) => {
  const data = new DataTransfer();
  for (const { name, bytes } of files)
    data.items.add(new File([Uint8Array.from(atob(bytes), (letter) => letter.charCodeAt(0))], name));
  for (const type of ['dragenter', 'dragover', 'drop'])
    document.body.dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }));
}`;

interface BrowserOptions {
  width?: number;
  locale?: string;
  colorScheme?: 'light' | 'dark';
  timezoneId?: string;
}

/** One person's browser: a Chromium with a profile of its own. */
export class Browser implements AsyncDisposable {
  readonly context: BrowserContext;
  page: Page;
  readonly #profile: string;
  /** Errors that pages threw or wrote to their console. */
  readonly errors: string[] = [];

  private constructor(context: BrowserContext, page: Page, profile: string) {
    this.context = context;
    this.#profile = profile;
    this.page = this.#watched(page);
  }

  static async open(baseURL: string, options: BrowserOptions = {}): Promise<Browser> {
    const profile = mkdtempSync(join(tmpdir(), 'muster-profile-'));
    const context = await chromium.launchPersistentContext(profile, {
      executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
      headless: true,
      args: FLAGS,
      baseURL,
      locale: options.locale ?? 'en-US',
      timezoneId: options.timezoneId ?? 'UTC',
      colorScheme: options.colorScheme ?? 'light',
      viewport: { width: options.width ?? 1280, height: 860 },
    });
    const page = context.pages()[0] ?? (await context.newPage());
    return new Browser(context, page, profile);
  }

  /** Closes the page as one closes a tab, and opens another one of the same browser. */
  async anotherTab(): Promise<Page> {
    const before = this.page;
    this.page = this.#watched(await this.context.newPage());
    await before.close();
    return this.page;
  }

  /** Signs in with the code that the server shows, from wherever the sign-in page was opened. */
  async signIn(muster: Muster, email: string): Promise<void> {
    const { page } = this;
    await page.getByRole('textbox').first().fill(email);
    await page
      .getByRole('button')
      .filter({ hasText: /Get Verification Code|验证码/ })
      .click();
    await page.locator('input[name=code]').fill(await muster.codeFor(email));
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => url.pathname !== '/sign-in');
  }

  /** Drops files and folders of this machine on the middle of the page, as the browser itself does it. */
  async drop(...paths: string[]): Promise<void> {
    const session: CDPSession = await this.context.newCDPSession(this.page);
    const { width, height } = this.page.viewportSize() ?? { width: 0, height: 0 };
    const data = { items: [], files: paths, dragOperationsMask: 1 };
    for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
      await session.send('Input.dispatchDragEvent', { type, x: width / 2, y: height / 2, data });
    await session.detach();
  }

  /** Drops bytes by a DataTransfer made in the page, as a program that automates a page does it. */
  async dropBytes(...paths: string[]): Promise<void> {
    const files = paths.map((path) => ({ name: basename(path), bytes: readFileSync(path).toString('base64') }));
    await this.page.evaluate(`(${DROP_BYTES})(${JSON.stringify(files)})`);
  }

  /** Holds the page against WCAG, and its layout against both widths. With a name, a picture of each is kept. */
  async look(name?: string): Promise<void> {
    const { page } = this;
    // What is only there because the mouse is would hide what is below.
    await page.mouse.move(0, 0);
    await page.getByRole('tooltip').waitFor({ state: 'detached' });
    await expectAccessible(page);
    for (const width of [390, 1280]) {
      await page.setViewportSize({ width, height: 860 });
      // Layouts that follow the width settle with an animation.
      await page.waitForTimeout(300);
      const surplus = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
      if (surplus > 0) throw new Error(`${page.url()} is ${surplus} px too wide at ${width} px`);
      if (name) await this.#picture(`${name}-${width}`);
    }
  }

  /** Only when `MUSTER_SCREENSHOTS` names a folder. */
  async #picture(name: string): Promise<void> {
    const folder = process.env['MUSTER_SCREENSHOTS'];
    if (!folder) return;
    mkdirSync(join(ROOT, folder), { recursive: true });
    await this.page.screenshot({ path: join(ROOT, folder, `${name}.png`), animations: 'disabled', caret: 'hide' });
  }

  #watched(page: Page): Page {
    page.setDefaultTimeout(15_000);
    page.on('pageerror', (error) => this.errors.push(String(error)));
    page.on('console', (message) => message.type() === 'error' && this.errors.push(message.text()));
    return page;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.context.close();
    rmSync(this.#profile, { recursive: true, force: true });
  }
}
