import { inflateRawSync } from 'node:zlib';
import { decode } from './html.mjs';
import { linesOfPdf } from './pdf.mjs';

const ROWS = 5;
const LINES = 4000;

/** The readable content of a response that is not a page, as lines. */
export function readDocument({ type, bytes, text }) {
  if (bytes.length === 0) return [];
  if (type === 'application/pdf') return linesOfPdf(bytes);
  if (type.endsWith('wordprocessingml.document')) return linesOfDocx(bytes);
  if (type.endsWith('spreadsheetml.sheet')) return linesOfXlsx(bytes);
  if (type === 'text/csv') return linesOfCsv(text);
  if (/json$/.test(type)) return JSON.stringify(JSON.parse(text, inOrder), null, 1).split('\n').slice(0, LINES);
  return text.split(/\r?\n/);
}

/** The links mailed to a person are in the arbitrary order in which their mails were made. */
const inOrder = (key, value) => {
  if (key !== 'links' || !Array.isArray(value)) return value;
  return value
    .map((link) => JSON.stringify(link))
    .sort()
    .map((link) => JSON.parse(link));
};

/** The files in a ZIP, by name. */
function unzip(zip) {
  const files = new Map();
  for (let at = zip.indexOf('PK\x01\x02', 0, 'latin1'); at >= 0; at = zip.indexOf('PK\x01\x02', at + 46, 'latin1')) {
    const name = zip.subarray(at + 46, at + 46 + zip.readUInt16LE(at + 28)).toString();
    const local = zip.readUInt32LE(at + 42);
    const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const packed = zip.subarray(start, start + zip.readUInt32LE(at + 20));
    files.set(name, (zip.readUInt16LE(at + 10) === 8 ? inflateRawSync(packed) : packed).toString());
  }
  return files;
}

/** Paragraphs with their style, tables as paragraphs. */
function linesOfDocx(bytes) {
  const xml = unzip(bytes).get('word/document.xml') ?? '';
  return [...xml.matchAll(/<w:p[ >][^]*?<\/w:p>/g)]
    .map(([paragraph]) => {
      const style = /<w:pStyle w:val="([^"]+)"/.exec(paragraph)?.[1];
      const words = [...paragraph.matchAll(/<w:t(?: [^>]*)?>([^<]*)<\/w:t>|<w:(?:br|tab)\/>/g)].map(
        ([, text]) => text ?? ' ',
      );
      return `${style ? `${style}: ` : ''}${decode(words.join(''))}`.trim();
    })
    .filter((line) => line !== '');
}

/** Per sheet its name, the number of rows, its header and the first few rows. */
function linesOfXlsx(bytes) {
  const files = unzip(bytes);
  const shared = [...(files.get('xl/sharedStrings.xml') ?? '').matchAll(/<si>([^]*?)<\/si>/g)].map(([, text]) =>
    textIn(text),
  );
  const names = [...(files.get('xl/workbook.xml') ?? '').matchAll(/<sheet [^>]*name="([^"]*)"/g)].map(([, name]) =>
    decode(name),
  );
  return names.flatMap((name, index) => {
    const xml = files.get(`xl/worksheets/sheet${index + 1}.xml`) ?? '';
    const rows = [...xml.matchAll(/<row [^>]*>([^]*?)<\/row>/g)].map(([, row]) => cellsOf(row, shared).join(' | '));
    return [`== sheet ${name}: ${rows.length} rows`, ...firstOf(rows)];
  });
}

const textIn = (xml) => decode([...xml.matchAll(/<t(?: [^>]*)?>([^<]*)<\/t>/g)].map(([, text]) => text).join(''));

const cellsOf = (row, shared) =>
  [...row.matchAll(/<c ([^>]*?)(?:\/>|>([^]*?)<\/c>)/g)].map(([, facts, content = '']) => {
    const value = /<v>([^<]*)<\/v>/.exec(content)?.[1];
    if (/t="s"/.test(facts)) return shared[Number(value)];
    return value === undefined ? textIn(content) : decode(value);
  });

/** The header, the number of rows, and the first few. Line breaks within quotes are part of their row. */
function linesOfCsv(text) {
  const rows = (text.replace(/^\ufeff/, '').match(/(?:"(?:[^"]|"")*"|[^"\r\n])+/g) ?? []).map((row) =>
    row.replace(/\r?\n/g, '⏎'),
  );
  return [`${text.startsWith('\ufeff') ? 'with' : 'without'} byte order mark, ${rows.length} rows`, ...firstOf(rows)];
}

const firstOf = (rows) => (rows.length > ROWS + 1 ? [...rows.slice(0, ROWS + 1), '…', rows.at(-1)] : rows);
