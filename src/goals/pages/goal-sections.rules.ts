import type { AgreementView } from '../agreements.dto.js';
import { asPreciseAs, expectedValue, inUnit, type Measured } from '../course.rules.js';
import type { CourseView } from '../courses.dto.js';
import type { GoalView } from '../goals.views.js';
import type { PartyLineView } from '../party-lines.dto.js';
import { JUDGEMENT_WORDS } from '../../actions/words.js';
import type { JudgementView } from '../../actions/judgements/judgements.dto.js';
import { inNumbers, lightOf } from '../words.js';
import type { FieldSpec, FormBlock, Option } from '../../web/fields.rules.js';
import type { Fields } from '../../web/forms.js';
import { type Columns, dayCell, tableOf } from '../../web/tables.rules.js';
import { hasEnded } from './goal-end.rules.js';
import { AGREEING, agreeFields, COURSE, type GoalPart, JUDGE, LINE, lineColumns, MEASURE } from './goal-parts.rules.js';

/** The number of rows shown of a history; older ones are collapsed. */
const SHOWN_ROWS = 5;

/** A measurement in a table: entered by hand, or computed from our own data. */
export type Shown = Measured & { source: string; recordedByName: string | null };

/** What the sections of the page of a goal have in common. */
export interface GoalPage {
  goal: GoalView;
  today: string;
  mayWrite: boolean;
  mayAgree: boolean;
  /** The organisations of which a chair may record the answer; null for others. */
  invited: Option[] | null;
  /** May judge it and write about it: on behalf of at least one organisation. */
  mayJudge: boolean;
  /** The field for the organisation on whose behalf it is said, for members of several. */
  ofParty: FieldSpec[];
  form(part: GoalPart, fold: string, submit: string, specs: FieldSpec[], stored?: Fields): FormBlock;
}

export function measurementsSection({ goal, today, mayWrite, form }: GoalPage, measured: readonly Shown[]) {
  return {
    id: 'metingen',
    title: 'Metingen',
    text: measured.length === 0 ? 'Niet gemeten. Dat is iets anders dan nul.' : null,
    ...withOlder('Metingen', withBaseline(goal, measured), {
      Dag: ({ measuredOn }) => dayCell(measuredOn, today),
      Waarde: ({ value }) => inUnit(value, goal.unit),
      ...expectedColumn(goal),
      Bron: ({ source }) => source,
      Door: ({ recordedByName }) => recordedByName,
    }),
    form: mayWrite
      ? form('meting', 'Meting toevoegen', 'Meting opslaan', MEASURE, {
          // Afterwards it is measured how the goal ended.
          measuredOn: hasEnded(goal, today) ? goal.endsOn! : today,
          source: goal.source ?? '',
        })
      : null,
  };
}

export function courseSection({ today, mayWrite, form }: GoalPage, { proposed, reason, history }: CourseView) {
  return {
    title: 'Koers',
    text: `Voorstel: ${lightOf(proposed).words}. ${reason}`,
    ...withOlder('Besluiten over de koers', history, {
      Dag: ({ decidedOn }) => dayCell(decidedOn, today),
      Koers: (one) => lightOf(one.course).words,
      Oorzaak: ({ cause }) => cause,
      Gevolg: ({ consequence }) => consequence,
      Maatregel: ({ measure }) => measure,
      Partijen: ({ partiesView }) => partiesView,
      Door: ({ recordedByName }) => recordedByName,
    }),
    form: mayWrite
      ? form('koers', 'Koers bepalen', 'Koers vastleggen', COURSE, { course: proposed === 'grey' ? '' : proposed })
      : null,
  };
}

export function agreementsSection(
  { today, mayAgree, invited, ofParty, form }: GoalPage,
  agreements: readonly AgreementView[],
) {
  const fold = invited ? 'Antwoord vastleggen' : 'Antwoord geven';
  return {
    id: AGREEING,
    title: 'Wie instemt',
    text: agreements.length === 0 ? 'Nog niemand heeft geantwoord.' : null,
    table: tableOf('Antwoorden van de partijen', currentOf(agreements), {
      Organisatie: ({ organisationName }) => organisationName,
      Antwoord: ({ agrees }) => (agrees ? 'stemt in' : 'stemt niet in'),
      Toelichting: ({ comment }) => comment,
      Dag: ({ answeredOn }) => dayCell(answeredOn, today),
    }),
    form: mayAgree ? form('instemming', fold, 'Antwoord opslaan', agreeFields(invited, ofParty)) : null,
  };
}

export function judgementsSection(
  { goal, today, mayJudge, ofParty, form }: GoalPage,
  judgements: readonly JudgementView[],
) {
  return {
    title: 'Is het gelukt, volgens u?',
    text: judgements.length === 0 ? 'Nog niemand gaf een oordeel.' : null,
    table: tableOf('Oordelen van de partijen', currentOf(judgements), {
      Organisatie: ({ organisationName }) => organisationName,
      Oordeel: ({ judgement }) => JUDGEMENT_WORDS[judgement],
      Toelichting: ({ comment }) => comment,
      Dag: ({ judgedOn }) => dayCell(judgedOn, today),
    }),
    form:
      mayJudge && goal.state === 'active'
        ? form('oordeel', 'Oordeel geven', 'Oordeel opslaan', [...JUDGE, ...ofParty])
        : null,
  };
}

export function linesSection({ today, mayJudge, ofParty, form }: GoalPage, lines: readonly PartyLineView[]) {
  return {
    title: 'Wat partijen erover schrijven',
    text: lines.length === 0 ? 'Nog niets.' : null,
    table: tableOf('Regels van de partijen', lines, lineColumns(today)),
    form: mayJudge ? form('regel', 'Regel schrijven', 'Regel toevoegen', [...LINE, ...ofParty]) : null,
  };
}

/** The last rows of a history as a table, and the older ones separately, collapsed. */
function withOlder<T>(caption: string, records: readonly T[], columns: Columns<T>) {
  const table = tableOf(caption, records, columns);
  const { rows } = table;
  if (rows.length <= SHOWN_ROWS + 1) return { table };
  const older = { ...table, caption: `${caption}, eerder`, rows: rows.slice(SHOWN_ROWS) };
  return { table: { ...table, rows: rows.slice(0, SHOWN_ROWS) }, older, olderCount: older.rows.length };
}

export const currentOf = <T extends { isCurrent: boolean }>(all: readonly T[]): T[] =>
  all.filter(({ isCurrent }) => isCurrent);

/** The rows behind the trend, which begins with the nulmeting. */
function withBaseline({ baseline, baselineOn, startsOn }: GoalView, measured: readonly Shown[]): Shown[] {
  const measuredOn = baselineOn ?? startsOn;
  if (baseline === null || !measuredOn) return [...measured];
  return [...measured, { measuredOn, value: baseline, source: 'nulmeting', recordedByName: null }];
}

/** The value of the straight line on the day of a measurement; no column if there is no such line. */
function expectedColumn({ courseKind, baseline, target, startsOn, endsOn }: GoalView): Columns<Measured> {
  if (courseKind !== 'line' || baseline === null || target === null || !startsOn || !endsOn) return {};
  const line = { baseline, target, startsOn, endsOn };
  return {
    'Op de rechte lijn': ({ measuredOn, value }) =>
      inNumbers(asPreciseAs(expectedValue(line, measuredOn), [baseline, target, value])),
  };
}
