import { type MinutesDocument, NO_NOTES } from '../documents/minutes-document.rules.js';

type Lines = readonly string[];
type Numbered = { number: string };
type Action = MinutesDocument['actions'][number];
type Item = MinutesDocument['items'][number];

/** The differences in a later version of minutes, one sentence each, in the order of the minutes. */
export function whatChanged(before: MinutesDocument, after: MinutesDocument): string[] {
  return [
    ...(momentOf(before) === momentOf(after) ? [] : ['De datum, tijd of plaats van de vergadering.']),
    ...(before.chair === after.chair && before.secretary === after.secretary ? [] : ['De voorzitter of notulist.']),
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
      changed: (was, is) => (isSame(was, is) ? [] : [`Wat er over ${is.number} ${is.title} staat.`]),
    }),
    ...changesIn(before.actions, after.actions, {
      added: ({ number, title, who, when }) => `Nieuwe actie ${number}: ${title} (${who}, ${when}).`,
      gone: ({ number, title }) => `Actie ${number} staat er niet meer in: ${title}.`,
      changed: actionChanges,
    }),
  ];
}

const momentOf = ({ heldOn, time, place }: MinutesDocument): string => JSON.stringify([heldOn, time, place]);
const nameOf = ({ number, title }: Item): string => `${number}, ${title}`;
const isSame = (one: object, other: object): boolean => JSON.stringify(one) === JSON.stringify(other);
const treatedIn = ({ items, previous }: MinutesDocument) =>
  [previous, ...items.map((item) => item.previous)].flatMap((one) => [
    ...(one?.reportedDone ?? []).map((action) => ({ ...action, isFinished: true })),
    ...(one?.discussed ?? []).map((action) => ({ ...action, isFinished: false })),
  ]);

/** "wijkagent Boskoop (Politie): aanwezig." for each person whose attendance changed. */
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
    ...[...is].flatMap(([name, words]) => (was.get(name) === words ? [] : [`${name}: ${words}.`])),
    ...[...was.keys()].filter((name) => !is.has(name)).map((name) => `${name} staat niet meer in de lijst.`),
  ];
}

/** "Geen aantekeningen." says nothing of its own. */
const standOf = ({ stateText }: Item): string | null => (stateText === NO_NOTES ? null : stateText);

function itemChanges(was: Item, is: Item): string[] {
  const told = [
    was.title !== is.title && 'de titel',
    was.notes !== is.notes && 'de notitie',
    was.decision !== is.decision && 'het besluit',
    standOf(was) !== standOf(is) && 'of het is behandeld',
  ].filter((one) => one !== false);
  return told.length > 0 ? [`Punt ${nameOf(is)}: ${told.join(', ')}.`] : [];
}

function actionChanges(was: Action, is: Action): string[] {
  const turns = [
    [was.title, is.title],
    [was.who, is.who],
    [was.when, is.when],
  ].filter(([one, other]) => one !== other);
  return turns.map(([one, other]) => `Actie ${is.number}: was “${one}”, wordt “${other}”.`);
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
