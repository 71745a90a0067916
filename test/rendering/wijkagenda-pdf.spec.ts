import { describe, expect, it } from '@jest/globals';
import type { BudgetSummary } from '../../src/budget/budget-summaries.service.js';
import { toDocument } from '../../src/wijkagenda/wijkagenda-document.rules.js';
import { wijkagendaPdf } from '../../src/wijkagenda/wijkagenda-pdf.js';
import { TOKENS, wear } from '../../src/platform/rendering/tokens.js';
import { elementsOf, readPdf, wholeText } from '../support/pdf.mjs';

const THEMES = ['voorzieningen', 'participatie', 'mobiliteit', 'ruimte', 'schoon-heel-veilig'];

const goal = (n: number) => ({
  title: `Zestig ouderen boven de 75 krijgen dit jaar een huisbezoek (${n})`,
  kind: 'result' as const,
  theme: null,
  label: n === 4 ? 'richting, nog niet meetbaar' : null,
  description: null,
  endResult: 'Wie hulp nodig heeft, is bekend en weet waar die te vinden is.',
  indicator: 'ouderen die dit jaar bezoek kregen',
  unit: 'ouderen',
  target: 60,
  startsOn: '2026-01-01',
  endsOn: '2026-12-31',
  course: 'orange' as const,
  progress: 57,
  lastMeasurement: { measuredOn: '2026-10-15', value: 34 },
});
/** The first two of every five in a theme are done. */
const action = (n: number) => {
  const isDone = Math.floor(n / THEMES.length) % 5 < 2;
  return {
    number: `BOS-${n}`,
    what: 'Speeltoestellen keuren en vervangen bij het winkelcentrum',
    organisation: 'Dorpsraad Boskoop',
    dueKind: 'date' as const,
    dueOn: '2026-09-16',
    status: isDone ? ('done' as const) : ('in_progress' as const),
    result: isDone ? 'Twee toestellen vervangen, een hersteld.' : null,
  };
};

/** A wijkagenda with four goals, one of which is a direction, and this many actions. */
const wall = async (actions: number, budget: BudgetSummary | null = null, names = THEMES) => {
  const document = toDocument(
    {
      id: 'x',
      area: 'Boskoop',
      label: 'Wijkagenda',
      year: 2026,
      state: 'adopted',
      introduction: 'Boskoop wil schoner, en niemand mag uit beeld raken. Daar werken wij dit jaar samen aan.',
      adoptedOn: '2026-02-05',
      publishedAt: null,
      budget,
      goals: [1, 2, 3, 4].map(goal),
      themes: names.map((theme, at) => ({
        theme,
        actions: Array.from({ length: actions }, (_, n) => n)
          .filter((n) => n % names.length === at)
          .map(action),
      })),
    },
    { parties: ['BOR', 'Dorpsraad Boskoop', 'Politie'], warnings: [], isPreview: false },
  );
  const pdf = readPdf(await wijkagendaPdf(document));
  return { pdf, rows: elementsOf(pdf.root, 'TR').length, text: wholeText(pdf.root) };
};

describe('the wijkagenda on the wall', () => {
  it('is one page with four goals and twenty actions, each with who and when', async () => {
    const { pdf, rows, text } = await wall(20);
    expect(pdf.pages).toBe(1);
    expect(rows).toBe(20 + THEMES.length);
    expect(text).toContain('woensdag 16 september 2026');
    expect(text).toContain('Twee toestellen vervangen');
    expect(text).not.toContain('Gereed: ');
    expect(elementsOf(pdf.root, 'H1', 'H2', 'H3').map(wholeText)).toEqual([
      'Wijkagenda Boskoop 2026',
      'Onze doelen',
      ...[1, 2, 3, 4].map((n) => goal(n).title),
      'Wie doet wat wanneer',
      ...THEMES.map((theme) => theme[0].toUpperCase() + theme.slice(1)),
    ]);
    expect(pdf.unmarked).toBe('');
  });

  it('names the municipality, and the number of an action as the header of its row', async () => {
    wear({ tokens: TOKENS, logo: null, municipality: 'Gemeente Voorbeeld' });
    const { pdf, text } = await wall(5);
    expect(text).toMatch(/^Wijkagenda Boskoop 2026 Gemeente Voorbeeld/);
    const rows = elementsOf(pdf.root, 'TR').filter(({ children }) => wholeText(children[0]).startsWith('BOS-'));
    expect(rows.map(({ children }) => [children[0].type, children[0].scope])).toEqual(Array(5).fill(['TH', 'Row']));
  });

  it('reads lights and bars to nobody, which show only what is said beside them', async () => {
    const { pdf, text } = await wall(5);
    expect(elementsOf(pdf.root, 'Figure')).toEqual([]);
    expect(text).toContain('57% bereikt');
  });

  it('names what is finished when it would not fit otherwise, and leaves out nothing', async () => {
    const { pdf, rows, text } = await wall(50);
    expect(pdf.pages).toBe(1);
    expect(rows).toBe(30 + THEMES.length);
    expect(text.match(/Gereed: /g)).toHaveLength(THEMES.length);
    for (let n = 0; n < 50; n += 1) expect(text).toContain(`BOS-${n}`);
  });

  it('shows the money before the actions, so that it never stands alone overleaf', async () => {
    const none = { count: 0, granted: '0.00' };
    const lines = [
      { title: 'Bankje', theme: null, granted: '450.00', spent: null, isAccountedFor: false, result: null },
    ];
    const { pdf } = await wall(20, {
      ...{ year: 2026, total: '5000.00', granted: '450.00', left: '4550.00', spent: '0.00' },
      ...{ closesOn: '2026-12-31', decidedBy: null, initiatives: lines, others: none },
    });
    const headings = elementsOf(pdf.root, 'H2').map(wholeText);
    expect(headings).toEqual(['Onze doelen', 'Leefbaarheidsbudget 2026', 'Wie doet wat wanneer']);
  });

  it('has no heading for the rest if no action has a theme', async () => {
    const headings = async (themes: string[]) =>
      elementsOf((await wall(4, null, themes)).pdf.root, 'H3')
        .map(wholeText)
        .slice(4);
    expect(await headings(['overig'])).toEqual([]);
    expect(await headings(['mobiliteit', 'overig'])).toEqual(['Mobiliteit', 'Overig']);
  });

  it('goes on overleaf when even that does not fit', async () => {
    const { pdf, text } = await wall(200);
    expect(pdf.pages).toBeGreaterThan(1);
    expect(pdf.artifacts).toContain(`pagina 2 van ${pdf.pages}`);
    for (let n = 0; n < 200; n += 1) expect(text).toContain(`BOS-${n}`);
  });
});
