import { DEFAULT_THEME, mergeMantineTheme } from '@mantine/core';
import { expect, test } from 'vitest';
import { theme, themeVariables } from './theme.ts';

/** Relative luminance of `#rrggbb`, WCAG 2.2. */
function luminance(color: string): number {
  const channel = (at: number) => {
    const value = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
}

/** Contrast ratio of two colours, WCAG 2.2. */
function contrast(one: string, other: string): number {
  const [low = 0, high = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

const merged = mergeMantineTheme(DEFAULT_THEME, theme);
const variables = themeVariables(merged);

test('black on white is 21:1', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21);
});

const TEXTS = ['text', 'bright', 'dimmed', 'placeholder', 'error', 'anchor'];

test.each(['light', 'dark'] as const)(
  'every text colour of the %s scheme is readable on page, card and hover',
  (scheme) => {
    const colors: Record<string, string> = variables[scheme];
    for (const text of TEXTS) {
      for (const ground of ['--mantine-color-body', '--muster-ground', '--muster-hover']) {
        const pair = `${text} on ${ground}`;
        const ratio = contrast(colors[`--mantine-color-${text}`] ?? '', colors[ground] ?? '');
        expect({ pair, readable: ratio >= 4.5, ratio }).toMatchObject({ pair, readable: true });
      }
    }
  },
);

test.each(['light', 'dark'] as const)('where a field begins is seen in the %s scheme', (scheme) => {
  const colors: Record<string, string> = variables[scheme];
  const ratio = contrast(colors['--muster-field-border'] ?? '', colors['--mantine-color-body'] ?? '');
  expect(ratio).toBeGreaterThan(3);
});

test.each(['green', 'red', 'orange', 'yellow'])('a %s badge of the light scheme is readable', (color) => {
  const colors: Record<string, string> = variables.light;
  const ground = merged.colors[color]?.[1] ?? '';
  expect(contrast(colors[`--mantine-color-${color}-light-color`] ?? '', ground)).toBeGreaterThan(4.5);
});

test.each(['petrol', 'orange', 'red'])('a %s badge of the dark scheme is readable', (color) => {
  const colors: Record<string, string> = variables.dark;
  const words = colors[`--mantine-color-${color}-light-color`] ?? '';
  expect(contrast(words, colors[`--mantine-color-${color}-light`] ?? '')).toBeGreaterThan(4.5);
});

test.each(['light', 'dark'] as const)('white on what takes something away is readable in the %s scheme', (scheme) => {
  const colors: Record<string, string> = variables[scheme];
  for (const name of ['--mantine-color-red-filled', '--mantine-color-red-filled-hover'])
    expect(contrast(colors[name] ?? '', '#ffffff')).toBeGreaterThan(4.5);
});

test('white on the accent of either scheme is readable', () => {
  const petrol = merged.colors['petrol'];
  expect(contrast(petrol?.[7] ?? '', '#ffffff')).toBeGreaterThan(4.5);
  expect(contrast(petrol?.[6] ?? '', '#ffffff')).toBeGreaterThan(4.5);
});
