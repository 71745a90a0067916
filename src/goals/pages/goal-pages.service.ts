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
import type { FieldSpec } from '../../web/fields.rules.js';
import { partForm, type RejectedPart } from '../../web/records.rules.js';
import { SETTINGS, type Settings } from '../../platform/settings.js';
import { inUnit } from '../course.rules.js';
import type { DecisionView } from '../courses.dto.js';
import { GoalSurroundings } from './goal-surroundings.service.js';
import { trendOf } from './goal-trend.rules.js';
import { GOAL_KIND_WORDS, greyWords, lightOf } from '../words.js';
import { askedOf, hasEnded, outcomeWords } from './goal-end.rules.js';
import { goalFields } from './goal-form.rules.js';
import { type GoalPart, partyField, toFill } from './goal-parts.rules.js';
import {
  agreementsSection,
  courseSection,
  currentOf,
  type GoalPage,
  judgementsSection,
  linesSection,
  measurementsSection,
  type Shown,
} from './goal-sections.rules.js';

export const GOALS = '/doelen';
const ALL = { page: 1, pageSize: 200 };

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
    const mayWrite = isPermittedIn(caller, 'goals.write', goal.areaId);
    const [check, agreements, measurements, course, judgements, lines, parties, invited, actions, figure] =
      await Promise.all([
        this.goals.smartCheck(id, caller),
        this.agreements.list(id, ALL, caller),
        this.measurements.list(id, ALL, caller),
        this.courses.read(id, caller),
        this.feedback.judgements(id, ALL, caller),
        this.feedback.lines(id, ALL, caller),
        this.surroundings.partiesOf(caller),
        mayWrite ? this.surroundings.invitedTo(goal.areaId, caller) : null,
        this.surroundings.actionsOf(goal, caller),
        this.surroundings.figureOf(goal.metric),
      ]);
    const measured = measuredOf(goal, currentOf(measurements.items), figure);
    const may = (permission: 'goals.agree' | 'goals.judge') => isPermittedIn(caller, permission, goal.areaId);
    const missing = mayWrite && goal.state === 'draft' ? toFill(`${GOALS}/${id}`, check.letters) : null;
    const editing = `${GOALS}/${id}/wijzigen`;
    const page: GoalPage = {
      ...{ goal, today: caller.today, mayWrite, mayAgree: may('goals.agree'), invited },
      mayJudge: may('goals.judge') && parties.length > 0,
      ofParty: partyField(parties),
      form: (part, fold, submit, specs, stored = {}) =>
        partForm(`${GOALS}/${id}`, part, { fold, submit }, specs, stored, rejected),
    };
    return {
      title: goal.title,
      back: { href: `/wijkagenda?area=${goal.areaId}`, label: `Wijkagenda ${goal.areaName}` },
      problem: rejected?.problem,
      label: goal.label,
      light: goal.label ? null : lightOf(goal.course, greyWords(goal, caller.today)),
      trend: trendOf(goal, measured),
      hasProgress: goal.progress !== null,
      progress: goal.progress,
      asked: mayWrite ? askedOf(goal) : null,
      text: goal.endResult ?? goal.description,
      facts: [...factsOf(goal, figure, caller.today), ...decidedOf(course.history)],
      mayActivate: mayWrite && goal.state === 'draft' && check.isSmart,
      toFill: missing,
      // What is missing has a button of its own, and is mostly added on the same form.
      editHref: mayWrite && missing?.href !== editing ? editing : null,
      id,
      version: goal.version,
      letters: check.letters.map(({ letter, holds, reason }) => ({ letter, holds, reason })),
      sections: [
        ...(actions ? [actions] : []),
        measurementsSection(page, measured),
        ...(goal.state === 'active' ? [courseSection(page, course)] : []),
        agreementsSection(page, agreements.items),
        judgementsSection(page, judgements.items),
        linesSection(page, lines.items),
      ],
    };
  }
}

/** The points of the trend: manual measurements, and the figure from our own data. */
function measuredOf({ lastMeasurement }: GoalView, byHand: readonly Shown[], figure: string | null): Shown[] {
  const isOwn =
    figure && lastMeasurement && !byHand.some(({ measuredOn }) => measuredOn === lastMeasurement.measuredOn);
  return [...(isOwn ? [{ ...lastMeasurement, recordedByName: null }] : []), ...byHand];
}

/** Who decided on the course, and when. */
function decidedOf(history: readonly DecisionView[]) {
  const decided = history.find(({ isCurrent }) => isCurrent);
  if (!decided) return [];
  const by = decided.recordedByName ? ` door ${decided.recordedByName}` : '';
  return [{ term: 'Koers bepaald', text: `${inDutch(decided.decidedOn)}${by}` }];
}

function factsOf(goal: GoalView, figure: string | null, today: string) {
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
  add('Uitkomst', hasEnded(goal, today) && outcomeWords(goal));
  return facts;
}
