export const MEDIA_TYPES = {
  json: 'application/json',
  html: 'text/html',
  text: 'text/plain',
  csv: 'text/csv',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  feed: 'application/atom+xml',
  pdf: 'application/pdf',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
} as const;
export type Format = keyof typeof MEDIA_TYPES;
/** The formats in which lists are read and written. */
export type TableFormat = Extract<Format, 'csv' | 'xlsx'>;

export const CSV_TYPE = MEDIA_TYPES.csv;
export const XLSX_TYPE = MEDIA_TYPES.xlsx;
export const TABLE_TYPES: string[] = [CSV_TYPE, XLSX_TYPE];

/** The media types of these formats besides JSON. */
export const besidesJson = (formats: readonly Format[]): string[] =>
  formats.filter((format) => format !== 'json').map((format) => MEDIA_TYPES[format]);
