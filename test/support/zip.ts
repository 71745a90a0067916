import { deflateRawSync } from 'node:zlib';

interface Lies {
  /** The number of parts according to the end record. */
  count?: number;
  /** The unpacked size of each, according to the directory. */
  size?: number;
}

/** A zip file made by hand, so that its headers can be false. */
export function zipOf(parts: Record<string, string | Buffer>, lies: Lies = {}): Buffer {
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const [name, content] of Object.entries(parts)) {
    const packed = deflateRawSync(content);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(8, 4);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(lies.size ?? Buffer.byteLength(content), 18);
    common.writeUInt16LE(name.length, 22);
    files.push(Buffer.from('PK\u0003\u0004'), common, Buffer.from(name), packed);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(at, 10);
    directory.push(Buffer.from('PK\u0001\u0002'), Buffer.from([20, 0]), common, rest, Buffer.from(name));
    at += 30 + name.length + packed.length;
  }
  const end = Buffer.alloc(18);
  const count = lies.count ?? Object.keys(parts).length;
  end.writeUInt16LE(count, 4);
  end.writeUInt16LE(count, 6);
  end.writeUInt32LE(Buffer.concat(directory).length, 8);
  end.writeUInt32LE(at, 12);
  return Buffer.concat([...files, ...directory, Buffer.from('PK\u0005\u0006'), end]);
}

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006/relationships';
const COLUMNS = 'ABCDEFGH';

/** A row of a sheet, with its number. */
export const sheetRow = (at: number, ...texts: string[]) =>
  `<row r="${at}">${texts.map((text, n) => `<c r="${COLUMNS[n]}${at}" t="inlineStr"><is><t>${text}</t></is></c>`).join('')}</row>`;

/** The parts of a workbook with one sheet of these rows, or with other sheets beside it. */
export const workbookParts = (rows: string, { after = '', names = '', more = {} as Record<string, string> } = {}) => ({
  '_rels/.rels': `<Relationships xmlns="${PACKAGE}"><Relationship Id="r1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  'xl/workbook.xml': `<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><workbookPr/><sheets><sheet name="Acties" sheetId="2" r:id="r1"/><sheet name="Bron" sheetId="1" r:id="r2"/></sheets>${names}</workbook>`,
  'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${PACKAGE}"><Relationship Id="r2" Type="${OFFICE}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r1" Type="${OFFICE}/worksheet" Target="worksheets/sheet2.xml"/></Relationships>`,
  'xl/worksheets/sheet1.xml': `<worksheet xmlns="${MAIN}"><sheetData>${sheetRow(1, 'bron')}</sheetData></worksheet>`,
  'xl/worksheets/sheet2.xml': `<worksheet xmlns="${MAIN}"><sheetData>${rows}</sheetData>${after}</worksheet>`,
  ...more,
});
