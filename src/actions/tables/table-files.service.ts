import { Injectable, StreamableFile } from '@nestjs/common';
import { notFound } from '../../platform/common/problems.js';
import { BackgroundWorker } from '../../platform/rendering/background-worker.js';
import { type SheetColumn, TABLES_MODULE, toCsv, toXlsx } from '../../platform/rendering/tables.js';
import type { PageContext } from '../../web/page-context.js';
import { LIKE_A_VALUE } from './action-table.rules.js';
import type { TableFormat } from '../../platform/common/media-types.js';

/** A list in words, by the title of the column. */
export interface WordTable<C extends string = string> {
  name: string;
  columns: readonly (SheetColumn & { title: C })[];
  rows: readonly Partial<Record<C, string>>[];
}

/** Lists as files: the same words as CSV and as a workbook. */
@Injectable()
export class TableFiles {
  constructor(private readonly backgroundWorker: BackgroundWorker) {}

  async of<C extends string>(format: TableFormat, table: WordTable<C>): Promise<string | Buffer> {
    if (format === 'csv') return csvOf(table);
    const { name, columns, rows } = table;
    const sheet = { name, title: name, columns, rows: rows.map((row) => columns.map(({ title }) => row[title] ?? '')) };
    return this.backgroundWorker.bytes(TABLES_MODULE, { toXlsx }, sheet);
  }

  /** As a response of the API. */
  async answer<C extends string>(format: TableFormat, table: WordTable<C>): Promise<string | StreamableFile> {
    const file = await this.of(format, table);
    return typeof file === 'string' ? file : new StreamableFile(file);
  }

  /** As a download from a page; 404 for other formats. */
  async download<C extends string>(page: PageContext, format: string, table: WordTable<C>): Promise<string | Buffer> {
    if (format !== 'csv' && format !== 'xlsx') throw notFound();
    page.attach(format, `${table.name.toLowerCase()}-${page.caller.today}.${format}`);
    return this.of(format, table);
  }
}

/** In CSV nothing marks a cell as text: an apostrophe keeps a spreadsheet from reading words as a number or a date. */
const csvOf = <C extends string>({ columns, rows }: WordTable<C>): string =>
  toCsv(
    columns.map(({ title }) => title),
    rows.map((row) =>
      columns.map(({ title, kind }) => {
        const cell = row[title] ?? '';
        return kind === 'text' && LIKE_A_VALUE.test(cell) ? `'${cell}` : cell;
      }),
    ),
  );
