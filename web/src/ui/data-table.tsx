import { Table } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './data-table.module.css';

export interface Column<Row> {
  /** Unique in the table. */
  id: string;
  /** The head of the column, already translated; also the label of the value on a card. */
  header: string;
  cell: (row: Row) => ReactNode;
  /** Figures align right. */
  align?: 'left' | 'right';
  /** The column that names the row: a row header for screen readers, the title of a card. */
  isName?: boolean;
}

interface DataTableProps<Row> {
  /** Names the table for screen readers. */
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
}

/** A table that turns into a list of cards on narrow screens. */
export function DataTable<Row>({ label, columns, rows, rowKey }: DataTableProps<Row>) {
  return (
    <div className={classes['frame']}>
      {/* The roles are spelled out because `display: block` on cards would take them away. */}
      <Table
        className={classes['table'] ?? ''}
        role="table"
        aria-label={label}
        verticalSpacing="sm"
        horizontalSpacing="md"
      >
        <Table.Thead role="rowgroup">
          <Table.Tr role="row">
            {columns.map((column) => (
              <Table.Th key={column.id} scope="col" role="columnheader" data-align={column.align ?? 'left'}>
                {column.header}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody role="rowgroup">
          {rows.map((row) => (
            <Table.Tr key={rowKey(row)} role="row">
              {columns.map((column) =>
                column.isName ? (
                  <Table.Th key={column.id} scope="row" role="rowheader" data-align={column.align ?? 'left'}>
                    {column.cell(row)}
                  </Table.Th>
                ) : (
                  <Table.Td key={column.id} role="cell" data-label={column.header} data-align={column.align ?? 'left'}>
                    {column.cell(row)}
                  </Table.Td>
                ),
              )}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}
