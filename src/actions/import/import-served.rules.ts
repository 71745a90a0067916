import type { Column, TableRow } from '../tables/action-table.rules.js';
import { type ActionStatus, CONTRIBUTIONS, RESULT_SIZES, type ResultSize } from '../action.entity.js';
import type { ChangeActionDto } from '../actions.dto.js';
import type { ListedField } from '../changes/change-request.js';
import { CONTRIBUTION_WORDS, SIZE_WORDS } from '../words.js';
import { plain, prose, type Question, type Read, type Who } from './import-cells.rules.js';

/** A goal or an opgave that the caller may name. */
interface Titled {
  id: string;
  title: string;
  areaId: string;
}

/** What the rows of a list may refer to. */
export interface ServedFacts {
  goals: readonly Titled[];
  opgaven: readonly Titled[];
  /** The ids of the actions with these numbers that the caller may read. */
  followed: ReadonlyMap<string, string>;
}

/** What an action serves, who asked for it and what it continues. */
type ServedEdit = Pick<ChangeActionDto, ListedField>;

interface Context extends ServedFacts {
  readWho: (cell: string) => Read<Who>;
  /** Where the action is: its own goals come first. */
  areaId: string | null;
}

const LONGEST_RESULT = 10_000;
const LONGEST_REFERENCE = 100;

/** These cells, as far as they are filled in and `isAsked`; what cannot be read becomes a question. */
export function servedIn(
  cells: Partial<TableRow>,
  isAsked: (column: Column) => boolean,
  context: Context,
  questions: Question[],
): ServedEdit {
  const edit: ServedEdit = {};
  const read = <T>(column: Column, find: (text: string) => T | undefined, message: (text: string) => string) => {
    const text = plain(cells[column] ?? '');
    if (text === '' || !isAsked(column)) return undefined;
    const found = find(text);
    if (found === undefined) questions.push({ column, message: message(text) });
    return found;
  };
  const unknown = (noun: string) => (text: string) => `Welke ${noun} is "${text}"? Die naam kennen wij niet, of vaker.`;
  edit.goalId = read(
    'doel',
    (text) => idOf(text, context.goals, context.areaId),
    (text) => `Welk doel is "${text}"? Die naam kennen wij niet, of vaker.`,
  );
  edit.opgaveId = read('opgave', (text) => idOf(text, context.opgaven, context.areaId), unknown('opgave'));
  edit.requestedById = read('gevraagd door', (text) => oneOf(context.readWho(text)), unknown('organisatie'));
  edit.contribution = read(
    'bijdrage',
    (text) => CONTRIBUTIONS.find((one) => CONTRIBUTION_WORDS[one] === text.toLowerCase()),
    (text) => `Wat is "${text}"? Schrijf ${Object.values(CONTRIBUTION_WORDS).join(', ')}.`,
  );
  edit.followsOnId = read(
    'vervolg op',
    (text) => context.followed.get(text.toUpperCase()),
    (text) => `${text} is geen actie die u kent.`,
  );
  const tooLong = (most: number) => () => `Dit is langer dan ${most} tekens. Kan het korter?`;
  const words = (column: Column) => read(column, () => proseOf(cells[column]!), tooLong(LONGEST_RESULT));
  edit.expectedResult = words('verwacht resultaat');
  edit.details = words('bijzonderheden');
  edit.reference = read(
    'kenmerk',
    (text) => (text.length > LONGEST_REFERENCE ? undefined : text),
    tooLong(LONGEST_REFERENCE),
  );
  return Object.fromEntries(Object.entries(edit).filter(([, value]) => value !== undefined));
}

/** The size of the result, which only finished actions have. */
export function sizeIn(
  cell: string,
  { status, result }: { status?: ActionStatus; result?: string | null },
  questions: Question[],
): ResultSize | undefined {
  const text = plain(cell).toLowerCase();
  if (text === '') return undefined;
  const size = RESULT_SIZES.find((one) => SIZE_WORDS[one] === text);
  const ask = (message: string) => void questions.push({ column: 'omvang resultaat', message });
  if (!size) ask(`Schrijf ${Object.values(SIZE_WORDS).join(' of ')}.`);
  else if (status !== 'done') ask('Alleen een actie die gereed is, heeft een resultaat.');
  else if (!result) ask('Schrijf ook wat het resultaat is, achter "gereed:".');
  return size;
}

/** The one with this title: in the same area, else the only one anywhere. */
function idOf(text: string, all: readonly Titled[], areaId: string | null): string | undefined {
  const same = all.filter(({ title }) => plain(title).toLowerCase() === text.toLowerCase());
  const own = same.filter((one) => one.areaId === areaId);
  const [found, ...more] = own.length > 0 ? own : same;
  return more.length > 0 ? undefined : found?.id;
}

const oneOf = (who: Read<Who>): string | undefined =>
  'value' in who && who.value.coOwnerIds.length === 0 ? who.value.ownerId : undefined;

/** Undefined if it is too long. */
function proseOf(cell: string): string | undefined {
  const text = prose(cell);
  return text.length > LONGEST_RESULT ? undefined : text;
}
