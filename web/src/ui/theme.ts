import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core';

/** Petrol: the accent. Shades 7 (light) and 6 (dark) carry white text, shade 3 writes on the dark ground. */
const petrol: MantineColorsTuple = [
  '#e8f6f5',
  '#d0ebe9',
  '#a3d9d5',
  '#74c7c1',
  '#4fb8b1',
  '#2f9c97',
  '#157e7c',
  '#0b5d61',
  '#084a4d',
  '#05363a',
];

/** Amber: the signal light. Never carries text alone. */
const amber: MantineColorsTuple = [
  '#fff6e6',
  '#ffe9c7',
  '#ffd699',
  '#ffc575',
  '#ffb454',
  '#f59e2e',
  '#d98212',
  '#a86008',
  '#7d4705',
  '#573203',
];

/** Slate with a breath of petrol, so that greys belong to the accent. */
const gray: MantineColorsTuple = [
  '#f6f8f8',
  '#eef2f2',
  '#e1e7e7',
  '#cfd8d9',
  '#b3c0c2',
  '#8a999c',
  '#66777b',
  '#4a5a5e',
  '#2f3d41',
  '#182427',
];

const dark: MantineColorsTuple = [
  '#dfe7e8',
  '#b9c6c8',
  '#9aaaad',
  '#73868a',
  '#3c4b4f',
  '#2c393d',
  '#1e292c',
  '#151e21',
  '#10181a',
  '#0b1113',
];

const FONT =
  'Inter, ui-sans-serif, system-ui, -apple-system, "Segoe UI", Roboto, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", sans-serif';

export const theme = createTheme({
  colors: { petrol, amber, gray, dark },
  primaryColor: 'petrol',
  primaryShade: { light: 7, dark: 6 },
  defaultRadius: 'md',
  fontFamily: FONT,
  fontFamilyMonospace: 'ui-monospace, "SF Mono", "JetBrains Mono", Menlo, Consolas, "Noto Sans Mono", monospace',
  headings: { fontFamily: FONT, fontWeight: '650' },
  cursorType: 'pointer',
  components: {
    Paper: { styles: { root: { '--paper-border-color': 'var(--mantine-color-default-border)' } } },
    Switch: { styles: { root: { flex: 'none' }, label: { whiteSpace: 'nowrap' } } },
    Tooltip: { defaultProps: { openDelay: 250, withArrow: true, events: { hover: true, focus: true, touch: true } } },
    Anchor: { defaultProps: { underline: 'hover' } },
  },
});

/** What takes something away: white is read on it in either scheme. */
const DANGER = { '--mantine-color-red-filled': '#c92a2a', '--mantine-color-red-filled-hover': '#b02525' };

/**
 * The ground lies under the page, the surface (Mantine's body) is what cards and dialogs are made of.
 * Mantine's own dimmed, placeholder and error colours miss WCAG AA (4.5:1) on our grounds; these hold it.
 */
export const themeVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    ...DANGER,
    '--mantine-color-body': '#ffffff',
    '--muster-ground': '#f4f7f7',
    '--mantine-color-text': '#182427',
    '--mantine-color-bright': '#0f1a1c',
    '--mantine-color-dimmed': '#526468',
    '--mantine-color-placeholder': '#5b6c70',
    '--mantine-color-error': '#b42318',
    '--mantine-color-anchor': '#0b5d61',
    '--mantine-color-default-border': '#d6dede',
    // What badges and alerts write with on their own light ground.
    '--mantine-color-green-light-color': '#1b6a2c',
    '--mantine-color-red-light-color': '#a61e1e',
    '--mantine-color-orange-light-color': '#8a3a08',
    '--mantine-color-yellow-light-color': '#6f4e00',
    '--muster-line-art': '#b3c0c2',
    '--muster-field-border': '#87969a',
    '--muster-hover': '#eef2f2',
  },
  dark: {
    ...DANGER,
    '--mantine-color-body': '#182124',
    '--muster-ground': '#0f1618',
    '--mantine-color-text': '#dfe7e8',
    '--mantine-color-bright': '#f6f8f8',
    '--mantine-color-dimmed': '#9fb0b3',
    '--mantine-color-placeholder': '#8a9ca0',
    '--mantine-color-error': '#ff8a80',
    '--mantine-color-anchor': '#74c7c1',
    '--mantine-color-default-border': '#2c393d',
    // The light variant of avatars, links of the rail and alerts, which Mantine draws too dark or too loud here.
    '--mantine-color-petrol-light': '#17393a',
    '--mantine-color-petrol-light-hover': '#1b4546',
    '--mantine-color-petrol-light-color': '#a3d9d5',
    '--mantine-color-orange-light': '#3d2410',
    '--mantine-color-orange-light-color': '#ffc078',
    '--mantine-color-red-light': '#421b1b',
    '--mantine-color-red-light-color': '#ffb3ad',
    '--muster-line-art': '#4a5a5e',
    '--muster-field-border': '#6d8085',
    '--muster-hover': '#1e292c',
  },
});
