import type { DescMessage, JsonObject, MessageShape } from '@bufbuild/protobuf';
import { messageJson } from './json.ts';
import type { GlobalOptions } from './client.ts';

/** Columns of a table: the head, and the text of a row. */
export type Columns<T> = readonly (readonly [head: string, cell: (row: T) => string])[];

const write = (text: string): void => void process.stdout.write(`${text}\n`);

export const printJson = (value: object): void => write(JSON.stringify(value, null, 2));

/** One thing: its message as JSON, or its columns one below the other. */
export function printOne<S extends DescMessage>(
  options: GlobalOptions,
  schema: S,
  message: MessageShape<S>,
  columns: Columns<MessageShape<S>>,
): void {
  if (options.output === 'json') return write(JSON.stringify(messageJson(schema, message), null, 2));
  const width = Math.max(...columns.map(([head]) => head.length));
  for (const [head, cell] of columns) write(`${head.padEnd(width)}  ${cell(message)}`);
}

/** A list: `{ "<key>": […] }` as JSON, or a table. */
export function printList<S extends DescMessage>(
  options: GlobalOptions,
  key: string,
  schema: S,
  rows: readonly MessageShape<S>[],
  columns: Columns<MessageShape<S>>,
  more: JsonObject = {},
): void {
  if (options.output === 'json')
    return write(JSON.stringify({ [key]: rows.map((row) => messageJson(schema, row)), ...more }, null, 2));
  write(
    table(
      columns.map(([head]) => head),
      rows.map((row) => columns.map(([, cell]) => cell(row))),
    ),
  );
}

/** Text in columns that line up; the last one is not padded. */
export function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [heads.map((head) => head.toUpperCase()), ...rows];
  const widths = heads.map((_head, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  return lines
    .map((line) =>
      line
        .map((cell, column) => (column === line.length - 1 ? cell : cell.padEnd(widths[column] ?? 0)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** The name of an enum's value, in small letters: the generated enums have no way back from the number. */
export const enumName = (values: Readonly<Record<string, number>>, value: number): string =>
  Object.entries(values)
    .find(([, candidate]) => candidate === value)?.[0]
    .toLowerCase() ?? '';

const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB'] as const;

/** `1470835` as `1.40 MiB`. */
export function formatBytes(bytes: bigint | number): string {
  let value = Number(bytes);
  let unit = 0;
  while (value >= 1024 && unit < UNITS.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${unit === 0 ? value : value.toFixed(2)} ${UNITS[unit]}`;
}
