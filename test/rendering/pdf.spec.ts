import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Block } from '../../src/platform/documents/blocks.js';
import { toPdfContent } from '../../src/platform/documents/pdf-blocks.js';
import { toPdf } from '../../src/platform/documents/pdf.js';
import { elementsOf, type ReadPdf, readPdf, wholeText } from '../support/pdf.mjs';

const CIRCLE = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><circle cx="20" cy="20" r="15"/></svg>';
const definition = {
  pageMargins: [60, 60, 60, 60],
  madeAt: new Date('2026-06-02T09:30:00Z'),
  footer: (page: number, pages: number) => ({ text: `pagina ${page} van ${pages}` }),
  content: [
    { text: 'Verslag Boskoop', headlineLevel: 1, fontSize: 20 },
    'Een losse zin: café, “citaat” en (haakjes).',
    { text: ['Overlast ', { text: 'bij de skatebaan', bold: true }], headlineLevel: 2 },
    { ul: ['eerste', { text: ['tweede ', { text: 'met vet', bold: true }] }] },
    { isLayout: true, table: { widths: ['*'], body: [[{ text: 'Besluit: het licht blijft aan.' }]] } },
    { svg: CIRCLE, alt: 'Een cirkel' },
    { table: { widths: [80, '*'], body: [[{ text: 'Aanwezig', isRowHeader: true }, 'wijkagent\nconsulent']] } },
    {
      table: {
        headerRows: 1,
        dontBreakRows: true,
        widths: [60, '*'],
        body: [['Nr.', 'Wat'], ...Array.from({ length: 90 }, (_, n) => [`BOS-${n + 1}`, `actie nummer ${n + 1}`])],
      },
    },
    { text: 'Tot slot', headlineLevel: 2 },
  ],
};

describe('a PDF', () => {
  let pdf: ReadPdf;
  beforeAll(async () => {
    pdf = readPdf(await toPdf('Verslag “Boskoop”', structuredCloneOf(definition)));
  });

  it('says its title and its language, and that it is tagged', () => {
    expect(pdf).toMatchObject({ title: 'Verslag “Boskoop”', language: 'nl-NL', isMarked: true });
  });

  it('has one Document with headings, paragraphs, a list, a picture and tables in the order of reading', () => {
    expect(pdf.root.type).toBe('Document');
    expect(pdf.root.children.map(({ type }) => type)).toEqual(
      ['H1', 'P', 'H2', 'L', 'P', 'Figure', 'Table', 'Table', 'H2'], // Layout tables are not tables in the structure.
    );
    expect(pdf.root.children.slice(0, 3).map(wholeText)).toEqual([
      'Verslag Boskoop',
      'Een losse zin: café, “citaat” en (haakjes).',
      'Overlast bij de skatebaan',
    ]);
    expect(wholeText(pdf.root.children[4])).toBe('Besluit: het licht blijft aan.');
  });

  it('gives each entry of a list its own LI with an LBody', () => {
    const [list] = elementsOf(pdf.root, 'L');
    expect(list.children.map(({ type }) => type)).toEqual(['LI', 'LI']);
    expect(list.children.map(({ children }) => children[0].type)).toEqual(['LBody', 'LBody']);
    expect(list.children.map(wholeText)).toEqual(['eerste', 'tweede met vet']);
  });

  it('describes a picture in words', () => {
    expect(elementsOf(pdf.root, 'Figure')).toMatchObject([{ alt: 'Een cirkel' }]);
  });

  it('leaves out a picture that has no words, which only adorns what is said', async () => {
    const bare = readPdf(await toPdf('Verslag', { pageMargins: 60, content: ['Op koers', { svg: CIRCLE }] }));
    expect(elementsOf(bare.root, 'Figure')).toEqual([]);
  });

  it('marks the cells that name a row or a column as header cells', () => {
    const [facts, actions] = elementsOf(pdf.root, 'Table');
    expect(facts.children[0].children.map(({ type, scope }) => [type, scope])).toEqual([
      ['TH', 'Row'],
      ['TD', undefined],
    ]);
    expect(wholeText(facts.children[0].children[1])).toBe('wijkagentconsulent');
    expect(actions.children).toHaveLength(91);
    expect(actions.children[0].children.map((cell) => [cell.type, cell.scope, wholeText(cell)])).toEqual([
      ['TH', 'Column', 'Nr.'],
      ['TH', 'Column', 'Wat'],
    ]);
    expect(actions.children[90].children.map((cell) => [cell.type, wholeText(cell)])).toEqual([
      ['TD', 'BOS-90'],
      ['TD', 'actie nummer 90'],
    ]);
  });

  it('reads the foot of a page and a repeated table head to nobody, and leaves nothing unmarked', () => {
    expect(pdf.pages).toBeGreaterThan(1);
    expect(wholeText(pdf.root)).not.toContain('pagina');
    expect(pdf.artifacts).toContain(`pagina 1 van ${pdf.pages}`);
    expect(pdf.artifacts).toContain('Nr.Wat');
    expect(wholeText(pdf.root).match(/Nr\./g)).toHaveLength(1);
    expect(pdf.unmarked).toBe('');
  });

  it('keeps the columns of a table on the page, however long a word is', async () => {
    const address = `https://gemeente.example/${'meldingen'.repeat(20)}`;
    const body = [
      ['Nr.', 'Wat', 'Wie', 'Wanneer'],
      ['BOS-1', { text: ['Zie ', { text: address, bold: true }] }, 'Politie', 'vandaag'],
    ];
    const table = { headerRows: 1, widths: ['auto', '*', 124, 96], body };
    const mark = { isLayout: true, table: { widths: ['*'], body: [[{ text: `Actie: ${address}` }]] } };
    const pdf = readPdf(await toPdf('Verslag', { pageMargins: 60, content: [{ table }, mark] }));
    expect(pdf.furthest).toBeGreaterThan(400);
    expect(pdf.furthest).toBeLessThan(595 - 60);
    expect(wholeText(pdf.root).replaceAll(/\s/g, '')).toContain(`Zie${address}`);
  });

  it('keeps a short table that ends a part on one page, however much higher it is than expected', async () => {
    const runs = (text: string) => [{ text }];
    const kinds = ['text', 'word', 'word', 'amount', 'number', 'amount'] as const;
    const names = ['Doel', 'Gebied', 'Koers', 'Doel is', 'Laatste meting', 'Cijfer'];
    const source =
      'de meldingen van bewoners en ondernemers, zonder dubbele meldingen en zonder die van de gemeente zelf';
    const measured = `maandag 22 december 2025. Bron: ${source}, geteld op de eerste werkdag van iedere maand`;
    const cells = ['Zestig ouderen boven de 75 krijgen bezoek', 'Boskoop', 'bijsturen', '60', measured, 'niet gemeten'];
    const table: Block = {
      ...{ kind: 'figures', narrow: 'cards', caption: 'Doelen' },
      columns: names.map((name, at) => ({ name, label: '', kind: kinds[at] })),
      rows: [1, 2, 3, 4].map(() => cells.map((text) => ({ runs: runs(text) }))),
    };
    for (let lines = 30; lines < 45; lines += 1) {
      const blocks: Block[] = [
        ...Array.from({ length: lines }, (): Block => ({ kind: 'note', text: 'Een regel.' })),
        { kind: 'list', entries: [runs('Een punt.')] },
        table,
      ];
      const pdf = readPdf(await toPdf('Doelen', { pageMargins: 50, content: toPdfContent(blocks, '#17598a') }));
      expect([lines, pdf.artifacts]).toEqual([lines, '\n'.repeat(pdf.pages - 1)]); // No repeated table head.
    }
  });

  it.each<[string, (words: string) => Block]>([
    ['a decision', (words) => ({ kind: 'mark', runs: [{ text: words }] })],
    ['a row', (words) => ({ kind: 'table', head: ['Nr.', 'Wat', 'Wie', 'Wanneer'], rows: [['1', words, 'a', 'b']] })],
    ['a term', (words) => ({ kind: 'facts', rows: [{ term: 'Wat', lines: [words] }] })],
    [
      'a table that should stay whole',
      (words) => ({
        ...{ kind: 'figures', narrow: 'cards', caption: 'Doelen' },
        columns: [
          { name: 'Doel', label: '', kind: 'text' },
          { name: 'Laatste meting', label: '', kind: 'number' },
        ],
        rows: [[{ runs: [{ text: 'Bezoek' }] }, { runs: [{ text: words }] }]],
      }),
    ],
  ])('prints every word of %s that is higher than a page', async (_, block) => {
    const words = Array.from({ length: 1400 }, (__, n) => `nr${n}x`);
    const list: Block = { kind: 'list', entries: [[{ text: 'Een punt.' }]] };
    const content = toPdfContent([list, block(words.join(' '))], '#17598a');
    const pdf = readPdf(await toPdf('Verslag', { pageMargins: 50, content }));
    const told = new Set(wholeText(pdf.root).split(/\s+/));
    expect(words.filter((word) => !told.has(word))).toEqual([]);
    expect(pdf.pages).toBeGreaterThan(1);
  });

  it('keeps every letter readable aloud after a document that had it only as a part of another: : of ., Ë of E', async () => {
    const textOf = async (text: string) =>
      wholeText(readPdf(await toPdf('Letters', { ...definition, content: [{ text, italics: true }] })).root);
    expect(await textOf('Ëa: ñ')).toBe('Ëa: ñ');
    expect(await textOf('E. n. office-fiets')).toBe('E. n. office-fiets');
  });

  it('is the same to the byte for the same input and moment', async () => {
    const make = () => toPdf('Verslag', structuredCloneOf(definition));
    expect((await make()).equals(await make())).toBe(true);
  });
});

/** A new definition each time, because pdfmake modifies the one it is given. */
const structuredCloneOf = ({ footer, ...rest }: typeof definition) => ({ ...structuredClone(rest), footer });
