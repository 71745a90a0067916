import { describe, expect, it } from '@jest/globals';
import { readSheet } from '../../src/actions/import/table-reading.js';
import { sheetRow, workbookParts, zipOf } from '../support/zip.js';

const HEAD = sheetRow(1, 'actie', 'wie');
const rowsOf = (count: number) =>
  Array.from({ length: count }, (_, n) => sheetRow(n + 2, 'Bel de huisbaas', 'Politie')).join('');
const ROW = rowsOf(1);
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';

/** The response, and its cost in milliseconds of CPU time, which other work on the machine does not affect. */
async function tried(bytes: Buffer) {
  const since = process.cpuUsage();
  const sheet = await readSheet(bytes);
  const said = 'problem' in sheet ? sheet.problem : sheet.rows.map(({ cells }) => cells.actie);
  const { user, system } = process.cpuUsage(since);
  return { said, ms: (user + system) / 1000 };
}

describe('a workbook that costs more than it is worth', () => {
  it.each([
    ['400,000 rows', zipOf(workbookParts(HEAD + rowsOf(400_000))), 'meer dan 10000 regels'],
    [
      'a hidden part of 400 MB',
      zipOf(workbookParts(HEAD + ROW, { more: { 'xl/sharedStrings.xml': ' '.repeat(400_000_000) } })),
      'te groot',
    ],
    [
      'one of 50 MB that says it has 10 bytes',
      zipOf(workbookParts(HEAD + ROW, { more: { 'xl/sharedStrings.xml': ' '.repeat(50_000_000) } }), { size: 10 }),
      'niet als Excel-werkmap',
    ],
    [
      'the same, which its end record does not count',
      zipOf(workbookParts(HEAD + ROW, { more: { 'xl/sharedStrings.xml': ' '.repeat(400_000_000) } }), { count: 0 }),
      'niet als Excel-werkmap',
    ],
    ['a million cells in one row', zipOf(workbookParts(`${HEAD}<row>${'<c/>'.repeat(1_000_000)}</row>`)), 'te groot'],
    ['a million rows with nothing in them', zipOf(workbookParts(HEAD + '<row/>'.repeat(1_000_000))), 'te groot'],
    [
      'a million texts',
      zipOf(
        workbookParts(HEAD + ROW, {
          more: { 'xl/sharedStrings.xml': `<sst xmlns="${MAIN}">${'<si><t/></si>'.repeat(1_000_000)}</sst>` },
        }),
      ),
      'te groot',
    ],
    [
      'cells that are merged over the whole sheet',
      zipOf(workbookParts(HEAD + ROW, { after: '<mergeCells><mergeCell ref="A3:XFD1048576"/></mergeCells>' })),
      'te groot',
    ],
  ])('is refused for less than a second of work: %s', async (_, bytes, words) => {
    expect(bytes.length).toBeLessThan(5 * 1024 * 1024);
    const { said, ms } = await tried(bytes);
    expect(said).toContain(words);
    expect(ms).toBeLessThan(1000);
  });

  it('is read without what a list does not need: other sheets, names and checks over whole columns', async () => {
    const other = `<worksheet xmlns="${MAIN}"><sheetData>${rowsOf(50_000)}</sheetData></worksheet>`;
    const bytes = zipOf(
      workbookParts(HEAD + ROW, {
        names: `<definedNames><definedName name="alles">Acties!$A$1:$XFD$1048576</definedName></definedNames>`,
        after: `<dataValidations count="1"><dataValidation type="list" sqref="A1:XFD1048576"/></dataValidations>`,
        more: { 'xl/worksheets/sheet1.xml': other },
      }),
    );
    const { said, ms } = await tried(bytes);
    expect(said).toEqual(['Bel de huisbaas']);
    expect(ms).toBeLessThan(1000);
  });

  it('says how many rows there are while they can be counted', async () => {
    expect((await tried(zipOf(workbookParts(HEAD + rowsOf(10_001))))).said).toContain('10001 regels');
    expect((await tried(zipOf(workbookParts(HEAD + rowsOf(10_000))))).said).toHaveLength(10_000);
  });
});

it('refuses a CSV of millions of lines for less than four seconds of work', async () => {
  const { said, ms } = await tried(Buffer.from(`actie;wie\n${'a;b\n'.repeat(1_250_000)}`));
  expect(said).toContain('meer dan 10000 regels');
  expect(ms).toBeLessThan(4000);
});
