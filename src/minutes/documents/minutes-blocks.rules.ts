import { inDutch } from '../../platform/common/calendar-date.js';
import { bold, heading, listOf, plain, type Run, soft, type TextBlock } from '../../platform/documents/blocks.js';
import { capital } from '../../platform/rendering/text.js';
import type { MinutesDocument } from './minutes-document.rules.js';

type Item = MinutesDocument['items'][number];
type Previous = NonNullable<MinutesDocument['previous']>;

/** Minutes in the usual Dutch layout: head, numbered items, decisions, list of actions, next session. */
export function toBlocks(document: MinutesDocument, municipality: string): TextBlock[] {
  const { items, inPassing, adoptions, previous, corrections, nextSession } = document;
  return [
    ...headOf(document, municipality),
    ...(items.length > 0 ? [heading('Agendapunten')] : []),
    ...items.filter(({ isInPassing }) => !isInPassing).flatMap(itemBlocks),
    ...(inPassing ? [{ kind: 'text' as const, runs: [soft(`Zonder aantekeningen: ${inPassing}.`)] }] : []),
    ...(adoptions.length > 0 ? [heading('Vastgestelde verslagen'), ...adoptionBlocks(adoptions)] : []),
    ...(previous ? [heading('Lopende acties'), ...previousBlocks(previous)] : []),
    ...decisionBlocks(document),
    ...linesUnder('Leefbaarheidsbudget', document.initiatives),
    ...linesUnder('Vragen', document.questions),
    ...actionBlocks(document),
    ...annexBlocks(document),
    ...(corrections.length > 0
      ? [heading('Wijzigingen bij de vaststelling'), listOf(corrections.map((text) => [plain(text)]))]
      : []),
    ...(nextSession
      ? [heading('Volgende vergadering'), { kind: 'text' as const, runs: [plain(momentText(nextSession))] }]
      : []),
  ];
}

function momentText({ heldOn, time, place }: { heldOn: string; time: string | null; place: string | null }): string {
  return capital([inDutch(heldOn), time, place].filter((text) => text !== null).join(', '));
}

function headOf(document: MinutesDocument, municipality: string): TextBlock[] {
  const { title, state, area, chair, secretary, present, excused, absent } = document;
  const rows = [
    { term: 'Gebied', lines: [area] },
    { term: 'Voorzitter', lines: chair === null ? [] : [chair] },
    { term: 'Notulist', lines: secretary === null ? [] : [secretary] },
    { term: 'Aanwezig', lines: present },
    { term: 'Afwezig m.k.', lines: excused },
    { term: 'Afwezig', lines: absent },
  ];
  return [
    { kind: 'title', text: title },
    ...(municipality ? [{ kind: 'text' as const, runs: [plain(municipality)] }] : []),
    { kind: 'text', runs: [bold(momentText(document))] },
    { kind: 'text', runs: [soft(state)] },
    { kind: 'facts', rows: rows.filter(({ lines }) => lines.length > 0) },
  ];
}

function itemBlocks({ number, title, isConfidential, stateText, notes, adoptions, previous, decision, actions }: Item) {
  const blocks: TextBlock[] = [
    {
      kind: 'heading',
      level: 3,
      runs: [plain(`${number}. ${title}`), ...(isConfidential ? [soft(' (vertrouwelijk)')] : [])],
    },
  ];
  if (stateText) blocks.push({ kind: 'text', runs: [soft(stateText)] });
  blocks.push(...paragraphsOf(notes));
  blocks.push(...adoptionBlocks(adoptions));
  if (previous) blocks.push(...previousBlocks(previous));
  if (decision) blocks.push({ kind: 'mark', runs: [bold('Besluit: '), plain(decision)] });
  for (const action of actions) {
    const facts = soft(`\n${[action.who, action.when].filter((text) => text !== '').join(' · ')}`);
    blocks.push({ kind: 'mark', runs: [bold(`Actie ${action.number}: `), plain(action.title), facts] });
  }
  return blocks;
}

/** An empty line starts a new paragraph. */
const paragraphsOf = (text: string | null): TextBlock[] =>
  (text ?? '')
    .split(/\n\s*\n/)
    .flatMap((one): TextBlock[] => (one.trim() ? [{ kind: 'text', runs: [plain(one.trim())] }] : []));

function adoptionBlocks(adoptions: MinutesDocument['adoptions']): TextBlock[] {
  return adoptions.flatMap(({ text, corrections }): TextBlock[] => [
    { kind: 'text', runs: [plain(text)] },
    ...(corrections.length > 0 ? [listOf(corrections.map((one) => [plain(one)]))] : []),
  ]);
}

function previousBlocks({ reportedDone, discussed }: Previous): TextBlock[] {
  const line = (
    action: { number: string; title: string; owner: string | null; status: string },
    words: string | null,
  ) => [
    bold(action.number),
    plain(` ${action.title}`),
    ...(action.owner ? [soft(` (${action.owner})`)] : []),
    plain(`: ${action.status}.${words ? ` ${words}` : ''}`),
  ];
  const part = (name: string, entries: Run[][]): TextBlock[] =>
    entries.length > 0 ? [{ kind: 'lead', runs: [bold(name)] }, listOf(entries)] : [];
  return [
    ...part(
      'Gereed gemeld',
      reportedDone.map((action) => line(action, action.result)),
    ),
    ...part(
      'Besproken',
      discussed.map((action) => line(action, action.note)),
    ),
  ];
}

function decisionBlocks({ decisions }: MinutesDocument): TextBlock[] {
  if (decisions.length === 0) return [];
  const entries = decisions.map(({ decision, where }) => [plain(decision), soft(` (${where})`)]);
  return [heading('Besluiten'), listOf(entries)];
}

const linesUnder = (title: string, lines: readonly string[]): TextBlock[] =>
  lines.length === 0 ? [] : [heading(title), listOf(lines.map((one) => [plain(one)]))];

/** If the meeting chose this: unfinished actions of earlier sessions. */
function annexBlocks({ stillOpen }: MinutesDocument): TextBlock[] {
  if (stillOpen.length === 0) return [];
  const rows = stillOpen.map(({ number, title, who, shortWhen }) => [number, title, who, shortWhen]);
  return [heading('Bijlage: nog open'), { kind: 'table', head: ['Nr.', 'Wat', 'Wie', 'Wanneer'], rows }];
}

function actionBlocks({ actions }: MinutesDocument): TextBlock[] {
  if (actions.length === 0)
    return [heading('Actielijst'), { kind: 'text', runs: [plain('Er zijn geen nieuwe acties afgesproken.')] }];
  const rows = actions.map(({ number, title, who, shortWhen, reference }) => {
    return [number, reference === null ? title : `${title} (kenmerk ${reference})`, who, shortWhen];
  });
  return [heading('Actielijst'), { kind: 'table', head: ['Nr.', 'Wat', 'Wie', 'Wanneer'], rows }];
}
