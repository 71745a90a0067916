import { createRequire } from 'node:module';
import type { Entry, ZipFile } from 'yauzl';
import { refusedFile } from './file-refusals.js';

/** The maximum total size of all parts when unpacked: a small file can hide a huge one. */
const MOST_UNPACKED = 100 * 1024 * 1024;
const MOST_PARTS = 5_000;
const MAIN_PARTS = { docx: 'word/document.xml', xlsx: 'xl/workbook.xml' } as const;

/**
 * Which kind of office document this zip file is. All of it is unpacked in chunks and counted, whatever the file
 * declares. Throws the refusal if it is another kind of zip file, damaged, too large once unpacked, or has macros.
 */
export async function officeFormat(path: string): Promise<'docx' | 'xlsx'> {
  const zip = await opened(path);
  try {
    if (zip.entryCount > MOST_PARTS) throw refusedFile('UNPACKS_TOO_LARGE');
    const names = await unpackAll(zip);
    if (!names.has('[Content_Types].xml')) throw refusedFile('WRONG_FORMAT');
    const found = (['docx', 'xlsx'] as const).find((format) => names.has(MAIN_PARTS[format]));
    if (!found) throw refusedFile('WRONG_FORMAT');
    if ([...names].some((name) => /vbaProject\.bin$|\/activeX\//i.test(name))) throw refusedFile('MACROS');
    return found;
  } finally {
    zip.close();
  }
}

/** Loaded when a document is uploaded, not at start. */
async function opened(path: string): Promise<ZipFile> {
  const { openPromise } = createRequire(import.meta.url)('yauzl') as typeof import('yauzl');
  return openPromise(path, { lazyEntries: true, autoClose: false }).catch(damaged);
}

async function unpackAll(zip: ZipFile): Promise<Set<string>> {
  const names = new Set<string>();
  let left = MOST_UNPACKED;
  const entries = zip.eachEntry()[Symbol.asyncIterator]();
  for (;;) {
    const { value: entry, done } = (await entries.next().catch(damaged)) as IteratorResult<Entry>;
    if (done) return names;
    if (names.size > MOST_PARTS) throw refusedFile('UNPACKS_TOO_LARGE');
    names.add(entry.fileName);
    const stream = await zip.openReadStreamPromise(entry).catch(damaged);
    const pieces = (stream as AsyncIterable<Buffer>)[Symbol.asyncIterator]();
    for (let piece = await pieces.next().catch(damaged); !piece.done; piece = await pieces.next().catch(damaged)) {
      left -= piece.value.length;
      if (left >= 0) continue;
      stream.destroy();
      throw refusedFile('UNPACKS_TOO_LARGE');
    }
  }
}

function damaged(): never {
  throw refusedFile('DAMAGED');
}
