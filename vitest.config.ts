import { defineConfig } from 'vitest/config';

/** Unit, contract and database tests: they live beside what they test. */
export default defineConfig({
  test: {
    include: ['{api,server,cli,web,tools}/**/*.test.{ts,tsx}'],
    exclude: ['**/node_modules/**', '**/dist/**'],
    globalSetup: ['server/test/global-setup.ts'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
