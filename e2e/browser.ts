import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import type { BrowserContext, Page } from 'playwright-core';
import { ROOT } from './harness.ts';

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** One person's browser: a Chromium with a profile of its own. */
export class Browser implements AsyncDisposable {
  readonly context: BrowserContext;
  readonly page: Page;
  readonly #profile: string;
  /** Errors that pages threw or wrote to their console. */
  readonly errors: string[] = [];

  private constructor(context: BrowserContext, page: Page, profile: string) {
    this.context = context;
    this.page = page;
    this.#profile = profile;
    page.on('pageerror', (error) => this.errors.push(String(error)));
    page.on('console', (message) => message.type() === 'error' && this.errors.push(message.text()));
  }

  static async open(baseURL: string, options: { width?: number; locale?: string } = {}): Promise<Browser> {
    const profile = mkdtempSync(join(tmpdir(), 'muster-profile-'));
    const context = await chromium.launchPersistentContext(profile, {
      executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
      headless: true,
      args: FLAGS,
      baseURL,
      locale: options.locale ?? 'en-US',
      timezoneId: 'UTC',
      viewport: { width: options.width ?? 1280, height: 860 },
    });
    const page = context.pages()[0] ?? (await context.newPage());
    return new Browser(context, page, profile);
  }

  /** Writes a picture for the documentation at both widths, when `MUSTER_SCREENSHOTS` names a folder. */
  async picture(name: string): Promise<void> {
    const folder = process.env['MUSTER_SCREENSHOTS'];
    if (!folder) return;
    mkdirSync(join(ROOT, folder), { recursive: true });
    for (const width of [1280, 390]) {
      await this.page.setViewportSize({ width, height: 860 });
      // Layouts that follow the width settle with an animation.
      await this.page.waitForTimeout(400);
      await this.page.screenshot({ path: join(ROOT, folder, `${name}-${width}.png`), fullPage: false });
    }
    await this.page.setViewportSize({ width: 1280, height: 860 });
    await this.page.waitForTimeout(200);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.context.close();
    rmSync(this.#profile, { recursive: true, force: true });
  }
}
