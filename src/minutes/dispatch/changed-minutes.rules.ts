import { inDutch } from '../../platform/common/calendar-date.js';
import { type MinutesDocument, NO_NOTES } from '../documents/minutes-document.rules.js';
import { turnOf } from './turns.rules.js';

type Lines = readonly string[];
type Numbered = { number: string };
type Action = MinutesDocument['actions'][number];
type Item = MinutesDocument['items'][number];
type Treated = ReturnType<typeof treatedIn>[number];

/** The differences in a later version of minutes, one sentence each with the former words, in the order of the minutes. */
export function whatChanged(before: MinutesDocument, after: MinutesDocument): string[] {
  return [
    ...turn('De vergadering', momentOf(before), momentOf(after)),
    ...turn('De voorzitter', before.chair, after.chair),
    ...turn('De notulist', before.secretary, after.secretary),
    ...attendanceChanges(before, after),
    ...changesIn(before.items, after.items, {
      added: (item) => `Nieuw: punt ${nameOf(item)}.`,
      gone: (item) => `Punt ${nameOf(item)} staat er niet meer in.`,
      changed: itemChanges,
    }),
    ...changesIn(treatedIn(before), treatedIn(after), {
      added: ({ number, title, isFinished }) =>
        `${isFinished ? 'Ook gereed gemeld' : 'Ook besproken'}: ${number} ${title}.`,
      gone: ({ number, title }) => `Niet meer bij wat is besproken: ${number} ${title}.`,
      changed: treatedChanges,
    }),
    ...changesIn(before.actions, after.actions, {
      added: ({ number, title, who, when }) => `Nieuwe actie ${number}: ${title} (${who}, ${when}).`,
      gone: ({ number, title }) => `Actie ${number} staat er niet meer in: ${title}.`,
      changed: actionChanges,
    }),
  ];
}

const turn = (about: string, was: string | null, is: string | null): string[] =>
  was === is ? [] : [`${about}: ${turnOf(was, is)}.`];
const momentOf = ({ heldOn, time, place }: MinutesDocument): string =>
  [inDutch(heldOn), time, place].filter((one) => one !== null).join(', ');
const nameOf = ({ number, title }: Item): string => `${number}, ${title}`;
const treatedIn = ({ items, previous }: MinutesDocument) =>
  [previous, ...items.map((item) => item.previous)].flatMap((one) => [
    ...(one?.reportedDone ?? []).map((action) => ({ ...action, isFinished: true, said: action.result })),
    ...(one?.discussed ?? []).map((action) => ({ ...action, isFinished: false, said: action.note })),
  ]);

function treatedChanges(was: Treated, is: Treated): string[] {
  const about = `${is.number} ${is.title}`;
  return [
    ...turn(`De titel van ${is.number}`, was.title, is.title),
    ...turn(`De actiehouder van ${about}`, was.owner, is.owner),
    ...turn(`De stand van ${about}`, was.status, is.status),
    ...turn(`Wat er over ${about} staat`, was.said, is.said),
  ];
}

/** "wijkagent Boskoop (Politie): was afwezig, wordt aanwezig." for each person whose attendance changed. */
function attendanceChanges(before: MinutesDocument, after: MinutesDocument): string[] {
  const lists = ({ present, excused, absent }: MinutesDocument): [string, Lines][] => [
    ['aanwezig', present],
    ['afwezig m.k.', excused],
    ['afwezig', absent],
  ];
  const standings = (document: MinutesDocument) =>
    new Map(lists(document).flatMap(([words, names]) => names.map((name) => [name, words] as const)));
  const [was, is] = [standings(before), standings(after)];
  return [
    ...[...is].flatMap(([name, words]) =>
      was.get(name) === words ? [] : [`${name}: ${was.has(name) ? `was ${was.get(name)}, wordt ` : ''}${words}.`],
    ),
    ...[...was.keys()].filter((name) => !is.has(name)).map((name) => `${name} staat niet meer in de lijst.`),
  ];
}

/** "Geen aantekeningen." says nothing of its own. */
const standOf = ({ stateText }: Item): string | null => (stateText === NO_NOTES ? null : stateText);

function itemChanges(was: Item, is: Item): string[] {
  const point = `Punt ${nameOf(is)}`;
  return [
    ...turn(`${point}, de titel`, was.title, is.title),
    ...turn(`${point}, de notitie`, was.notes, is.notes),
    ...turn(`${point}, het besluit`, was.decision, is.decision),
    ...standChanges(point, standOf(was), standOf(is)),
  ];
}

function standChanges(point: string, was: string | null, is: string | null): string[] {
  if (was === is) return [];
  return [is === null ? `${point}: alsnog behandeld.` : `${point}: ${is[0].toLowerCase()}${is.slice(1)}`];
}

function actionChanges(was: Action, is: Action): string[] {
  const turns = [
    [was.title, is.title],
    [was.who, is.who],
    [was.when, is.when],
  ];
  return turns.flatMap(([one, other]) => turn(`Actie ${is.number}`, one, other));
}

function changesIn<T extends Numbered>(
  before: readonly T[],
  after: readonly T[],
  words: { added: (one: T) => string; gone: (one: T) => string; changed: (was: T, is: T) => string[] },
): string[] {
  const was = new Map(before.map((one) => [one.number, one]));
  const numbers = new Set(after.map(({ number }) => number));
  return [
    ...after.flatMap((one) => {
      const former = was.get(one.number);
      return former ? words.changed(former, one) : [words.added(one)];
    }),
    ...before.filter(({ number }) => !numbers.has(number)).map(words.gone),
  ];
}
