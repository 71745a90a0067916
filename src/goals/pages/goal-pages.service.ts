import { Inject, Injectable } from '@nestjs/common';
import { isPermittedIn } from '../../platform/access/access.rules.js';
import type { Caller } from '../../platform/access/caller.js';
import { inDutch } from '../../platform/common/calendar-date.js';
import { Agreements } from '../agreements.service.js';
import { Courses } from '../courses.service.js';
import { Goals } from '../goals.service.js';
import type { GoalView } from '../goals.views.js';
import { GoalFeedback } from '../goal-feedback.service.js';
import { Measurements } from '../measurements.service.js';
import { type FieldSpec } from '../../web/fields.rules.js';
import type { Fields } from '../../web/forms.js';
import { partForm, type RejectedPart } from '../../web/records.rules.js';
import { type Columns, dayCell, tableOf } from '../../web/tables.rules.js';
import type { Page } from '../../platform/common/paging.js';
import { SETTINGS, type Settings } from '../../platform/settings.js';
import { asPreciseAs, expectedValue, inUnit, type Measured } from '../course.rules.js';
import type { DecisionView } from '../courses.dto.js';
import { GoalSurroundings } from './goal-surroundings.service.js';
import { trendOf } from './goal-trend.rules.js';
import { GOAL_KIND_WORDS, greyWords, inNumbers, lightOf } from '../words.js';
import { goalFields } from './goal-form.rules.js';
import { JUDGEMENT_WORDS } from '../../actions/words.js';
import { AGREE, AGREEING, COURSE, JUDGE, LINE, lineColumns, MEASURE, partyField, toFill } from './goal-parts.rules.js';

export const GOALS = '/doelen';
const ALL = { page: 1, pageSize: 200 };
/** The number of rows shown of a history; older ones are collapsed. */
const SHOWN_ROWS = 5;

/** The forms on the page of a goal, without the button above them. */
export type GoalPart = 'meting' | 'koers' | 'instemming' | 'oordeel' | 'regel';
type RejectedGoal = RejectedPart<GoalPart>;

/** The page of a goal with everything below it. */
@Injectable()
export class GoalPages {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly goals: Goals,
    private readonly agreements: Agreements,
    private readonly measurements: Measurements,
    private readonly courses: Courses,
    private readonly feedback: GoalFeedback,
    private readonly surroundings: GoalSurroundings,
  ) {}

  async fields(goal?: GoalView): Promise<FieldSpec[]> {
    const organisations = await this.surroundings.organisations(goal?.metric?.organisationId);
    return goalFields(this.settings.WIJKAGENDA_THEMES.split(';'), organisations);
  }

  async view(id: string, caller: Caller, rejected?: RejectedGoal) {
    const goal = await this.goals.read(id, caller);
    const [check, agreements, measurements, course, judgements, lines, parties, actions, figure] = await Promise.all([
      this.goals.smartCheck(id, caller),
      this.agreements.list(id, ALL, caller),
      this.measurements.list(id, ALL, caller),
      this.courses.read(id, caller),
      this.feedback.judgements(id, ALL, caller),
      this.feedback.lines(id, ALL, caller),
      this.surroundings.partiesOf(caller),
      this.surroundings.actionsOf(id, caller),
      this.surroundings.figureOf(goal.metric),
    ]);
    const measured = measuredOf(goal, currentOf(measurements), figure);
    const may = (permission: 'goals.write' | 'goals.agree' | 'goals.judge') =>
      isPermittedIn(caller, permission, goal.areaId);
    const form = (part: GoalPart, fold: string, submit: string, specs: FieldSpec[], stored: Fields = {}) =>
      partForm(`${GOALS}/${id}`, part, { fold, submit }, specs, stored, rejected);
    const ofParty = partyField(parties);
    return {
      title: goal.title,
      back: { href: `/wijkagenda?area=${goal.areaId}`, label: `Wijkagenda ${goal.areaName}` },
      problem: rejected?.problem,
      label: goal.label,
      light: goal.label ? null : lightOf(goal.course, greyWords(goal, caller.today)),
      trend: trendOf(goal, measured),
      hasProgress: goal.progress !== null,
      progress: goal.progress,
      text: goal.endResult ?? goal.description,
      facts: [...factsOf(goal, figure), ...decidedOf(course.history)],
      isDraft: goal.state === 'draft',
      mayWrite: may('goals.write'),
      mayActivate: may('goals.write') && goal.state === 'draft' && check.isSmart,
      toFill: may('goals.write') && goal.state === 'draft' ? toFill(`${GOALS}/${id}`, check.letters) : null,
      id,
      version: goal.version,
      letters: check.letters.map(({ letter, holds, reason }) => ({ letter, holds, reason })),
      sections: [
        ...(actions ? [actions] : []),
        {
          id: 'metingen',
          title: 'Metingen',
          text: measured.length === 0 ? 'Niet gemeten. Dat is iets anders dan nul.' : null,
          ...withOlder('Metingen', withBaseline(goal, measured), {
            Dag: ({ measuredOn }) => dayCell(measuredOn, caller.today),
            Waarde: ({ value }) => inUnit(value, goal.unit),
            ...expectedColumn(goal),
            Bron: ({ source }) => source,
            Door: ({ recordedByName }) => recordedByName,
          }),
          form: may('goals.write')
            ? form('meting', 'Meting toevoegen', 'Meting opslaan', MEASURE, {
                measuredOn: caller.today,
                source: goal.source ?? '',
              })
            : null,
        },
        ...(goal.state === 'active'
          ? [
              {
                title: 'Koers',
                text: `Voorstel: ${lightOf(course.proposed).words}. ${course.reason}`,
                ...withOlder('Eerdere besluiten over de koers', course.history, {
                  Dag: ({ decidedOn }) => dayCell(decidedOn, caller.today),
                  Koers: (one) => lightOf(one.course).words,
                  Oorzaak: ({ cause }) => cause,
                  Gevolg: ({ consequence }) => consequence,
                  Maatregel: ({ measure }) => measure,
                  Partijen: ({ partiesView }) => partiesView,
                  Door: ({ recordedByName }) => recordedByName,
                }),
                form: may('goals.write')
                  ? form('koers', 'Koers bepalen', 'Koers vastleggen', COURSE, {
                      course: course.proposed === 'grey' ? '' : course.proposed,
                    })
                  : null,
              },
            ]
          : []),
        {
          id: AGREEING,
          title: 'Wie instemt',
          text: agreements.items.length === 0 ? 'Nog niemand heeft geantwoord.' : null,
          table: tableOf('Antwoorden van de partijen', currentOf(agreements), {
            Organisatie: ({ organisationName }) => organisationName,
            Antwoord: ({ agrees }) => (agrees ? 'stemt in' : 'stemt niet in'),
            Toelichting: ({ comment }) => comment,
            Dag: ({ answeredOn }) => dayCell(answeredOn, caller.today),
          }),
          form: may('goals.agree')
            ? form('instemming', 'Antwoord geven', 'Antwoord opslaan', [...AGREE, ...ofParty])
            : null,
        },
        {
          title: 'Is het gelukt, volgens u?',
          text: judgements.items.length === 0 ? 'Nog niemand gaf een oordeel.' : null,
          table: tableOf('Oordelen van de partijen', currentOf(judgements), {
            Organisatie: ({ organisationName }) => organisationName,
            Oordeel: ({ judgement }) => JUDGEMENT_WORDS[judgement],
            Toelichting: ({ comment }) => comment,
            Dag: ({ judgedOn }) => dayCell(judgedOn, caller.today),
          }),
          form:
            may('goals.judge') && goal.state === 'active' && parties.length > 0
              ? form('oordeel', 'Oordeel geven', 'Oordeel opslaan', [...JUDGE, ...ofParty])
              : null,
        },
        {
          title: 'Wat partijen erover schrijven',
          text: lines.items.length === 0 ? 'Nog niets.' : null,
          table: tableOf('Regels van de partijen', lines.items, lineColumns(caller.today)),
          form:
            may('goals.judge') && parties.length > 0
              ? form('regel', 'Regel schrijven', 'Regel toevoegen', [...LINE, ...ofParty])
              : null,
        },
      ],
    };
  }
}

/** The last rows of a history as a table, and the older ones separately, collapsed. */
function withOlder<T>(caption: string, records: readonly T[], columns: Columns<T>) {
  const table = tableOf(caption, records, columns);
  const { rows } = table;
  if (rows.length <= SHOWN_ROWS + 1) return { table };
  const older = { ...table, caption: `${caption}, eerder`, rows: rows.slice(SHOWN_ROWS) };
  return { table: { ...table, rows: rows.slice(0, SHOWN_ROWS) }, older, olderCount: older.rows.length };
}

const currentOf = <T extends { isCurrent: boolean }>({ items }: Page<T>): T[] =>
  items.filter(({ isCurrent }) => isCurrent);

type Shown = Measured & { source: string; recordedByName: string | null };

/** The points of the trend: manual measurements, and the figure from our own data. */
function measuredOf({ lastMeasurement }: GoalView, byHand: readonly Shown[], figure: string | null): Shown[] {
  const isOwn =
    figure && lastMeasurement && !byHand.some(({ measuredOn }) => measuredOn === lastMeasurement.measuredOn);
  return [...(isOwn ? [{ ...lastMeasurement, recordedByName: null }] : []), ...byHand];
}

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

/** Who decided on the course, and when. */
function decidedOf(history: readonly DecisionView[]) {
  const decided = history.find(({ isCurrent }) => isCurrent);
  if (!decided) return [];
  const by = decided.recordedByName ? ` door ${decided.recordedByName}` : '';
  return [{ term: 'Koers bepaald', text: `${inDutch(decided.decidedOn)}${by}` }];
}

function factsOf(goal: GoalView, figure: string | null) {
  const facts = [{ term: 'Soort', text: GOAL_KIND_WORDS[goal.kind] }];
  const add = (term: string, text: string | null | false): void => {
    if (text) facts.push({ term, text });
  };
  add('Thema', goal.theme);
  add('Gemeten aan', goal.indicator);
  add('Was', goal.baseline !== null && inUnit(goal.baseline, goal.unit));
  add('Streefwaarde', goal.target !== null && inUnit(goal.target, goal.unit));
  const last = goal.lastMeasurement;
  add('Laatste meting', last ? `${inUnit(last.value, goal.unit)} op ${inDutch(last.measuredOn)}` : 'niet gemeten');
  add('Bron', figure ? `eigen cijfers: ${figure}` : last?.source || goal.source);
  add('Periode', goal.startsOn && goal.endsOn && `${inDutch(goal.startsOn)} tot en met ${inDutch(goal.endsOn)}`);
  return facts;
}
