import { AgendaItem } from '../../meetings/agenda/agenda-item.entity.js';
import { Attendance } from '../../meetings/attendance/attendance.entity.js';
import { Budget } from '../../budget/budget.entity.js';
import { Discussion } from '../../actions/discussions/discussion.entity.js';
import { Escalation } from '../../actions/escalations/escalation.entity.js';
import { Goal } from '../../goals/goal.entity.js';
import { GoalAgreement } from '../../goals/goal-agreement.entity.js';
import { GoalCourse } from '../../goals/goal-course.entity.js';
import { GoalMeasurement } from '../../goals/goal-measurement.entity.js';
import { Initiative } from '../../budget/initiative.entity.js';
import { Judgement } from '../../actions/judgements/judgement.entity.js';
import { Meeting } from '../../meetings/meeting.entity.js';
import { MinutesEvent } from '../../minutes/minutes-event.entity.js';
import { Opgave } from '../../goals/opgaven/opgave.entity.js';
import { OpgaveDepartment } from '../../goals/opgaven/opgave-department.entity.js';
import { PartyLine } from '../../goals/party-line.entity.js';
import { QuarterlyResult } from '../../wijkagenda/quarterly-results/quarterly-result.entity.js';
import { Question } from '../../questions/question.entity.js';
import { Rating } from '../../reviews/ratings/rating.entity.js';
import { Review } from '../../reviews/review.entity.js';
import { ReviewReaction } from '../../reviews/review-reaction.entity.js';
import { Session } from '../../meetings/session.entity.js';
import { StoredFile } from '../../files/file.entity.js';
import { Wijkagenda } from '../../wijkagenda/wijkagenda.entity.js';
import { textsOf } from '../../platform/database/shapes.js';
import { ACTION_TEXTS } from '../../actions/action.entity.js';
import { ACTION_PARTIES, isParty, ITEM_PARTIES, openOr, PART_PARTIES } from '../../platform/access/confidentiality.js';

/** A kind of place in which people write, as SQL: where its texts are, in which area, and who may know them. */
export interface TextPlace {
  kind: string;
  from: string;
  /** The id shown: that of the record a reader can look up. */
  id: string;
  area: string;
  /** A short description that contains none of the text itself. */
  label: string;
  /** SQL expressions by field name. */
  fields: Record<string, string>;
  /** SQL for "open, or confidential to one of these organisations"; omitted if nothing in it is confidential. */
  known?: (own: string) => string;
}

const SESSION = 'JOIN "meetings" g ON g."id" = s."meetingId"';
const SESSION_LABEL = `g."name" || ', ' || CAST(s."heldOn" AS varchar)`;
const isActionKnown = (own: string): string => openOr('a', isParty('a."id"', ACTION_PARTIES, own));
const isItemKnown = (own: string): string => openOr('i', isParty('i."id"', ITEM_PARTIES, own));

/** These columns of the row with this alias, each under its own name. */
const columns = (alias: string, ...names: string[]): Record<string, string> =>
  Object.fromEntries(names.map((name) => [name, `${alias}."${name}"`]));

/** Every column in which people may have written, without those that only hold names from lists, ids or rules. */
const texts = (alias: string, entity: abstract new () => object, ...without: string[]): Record<string, string> =>
  columns(alias, ...textsOf(entity).filter((name) => !without.includes(name)));

/** Every text in which someone can type a name. Sent mails are not searched: they have a short retention period. */
export const TEXT_PLACES: TextPlace[] = [
  {
    kind: 'agenda_item',
    from: `"agenda_items" i JOIN "sessions" s ON s."id" = i."sessionId" ${SESSION}`,
    ...{ id: 'i."id"', area: 'g."areaId"', label: `${SESSION_LABEL} || ', punt ' || i."number"`, known: isItemKnown },
    fields: texts('i', AgendaItem),
  },
  {
    kind: 'minutes',
    from: `"minutes_parts" p JOIN "minutes_versions" v ON v."id" = p."versionId" JOIN "minutes" m ON m."id" = v."minutesId"
      AND m."currentNumber" = v."number" JOIN "sessions" s ON s."id" = m."sessionId" ${SESSION}`,
    ...{ id: 's."id"', area: 'g."areaId"', label: `${SESSION_LABEL} || ', verslag'` },
    fields: { text: 'p."content"' },
    known: (own) => `(p."label" = 'open' OR ${isParty('p."id"', PART_PARTIES, own)})`,
  },
  {
    kind: 'remark',
    from: `"minutes_events" e JOIN "minutes" m ON m."id" = e."minutesId" JOIN "sessions" s ON s."id" = m."sessionId" ${SESSION}
      LEFT JOIN "agenda_items" i ON i."sessionId" = s."id" AND i."number" = e."itemNumber"`,
    ...{ id: 'e."id"', area: 'g."areaId"', label: `${SESSION_LABEL} || ', opmerking bij het verslag'` },
    fields: texts('e', MinutesEvent),
    known: (own) => `(i."id" IS NULL OR ${isItemKnown(own)})`,
  },
  {
    kind: 'meeting',
    from: '"meetings" g',
    ...{ id: 'g."id"', area: 'g."areaId"', label: `'overleg'` },
    fields: texts('g', Meeting, 'rhythm'),
  },
  {
    kind: 'session',
    from: `"sessions" s ${SESSION}`,
    ...{ id: 's."id"', area: 'g."areaId"', label: SESSION_LABEL },
    fields: texts('s', Session),
  },
  {
    kind: 'attendance',
    from: `"attendances" t0 JOIN "sessions" s ON s."id" = t0."sessionId" ${SESSION}`,
    ...{ id: 's."id"', area: 'g."areaId"', label: `${SESSION_LABEL} || ', aanwezigen'` },
    fields: texts('t0', Attendance, 'alsoForIds'),
  },
  {
    kind: 'action',
    from: '"actions" a',
    ...{ id: 'a."id"', area: 'a."areaId"', label: 'a."number"', known: isActionKnown },
    fields: columns('a', 'title', 'statusReason', 'result', ...ACTION_TEXTS),
  },
  {
    kind: 'action_file',
    from: `"files" f JOIN "actions" a ON f."kind" = 'action' AND a."id" = f."thingId"`,
    ...{ id: 'a."id"', area: 'a."areaId"', label: `a."number" || ', bestand'`, known: isActionKnown },
    fields: texts('f', StoredFile),
  },
  {
    kind: 'agenda_item_file',
    from: `"files" f JOIN "agenda_items" i ON f."kind" = 'agenda_item' AND i."id" = f."thingId"
      JOIN "sessions" s ON s."id" = i."sessionId" ${SESSION}`,
    ...{ id: 's."id"', area: 'g."areaId"', label: `${SESSION_LABEL} || ', stuk bij punt ' || i."number"` },
    known: isItemKnown,
    fields: texts('f', StoredFile),
  },
  {
    kind: 'action_update',
    from: '"action_updates" u JOIN "actions" a ON a."id" = u."actionId"',
    ...{ id: 'a."id"', area: 'a."areaId"', label: `a."number" || ', geschiedenis'`, known: isActionKnown },
    fields: columns('u', 'title', 'comment', 'statusReason', 'result', 'changes'),
  },
  {
    kind: 'discussion',
    from: `"discussions" d JOIN "actions" a ON a."id" = d."actionId" JOIN "sessions" s ON s."id" = d."sessionId" ${SESSION}`,
    ...{ id: 'd."id"', area: 'g."areaId"', label: `${SESSION_LABEL} || ', ' || a."number"`, known: isActionKnown },
    fields: texts('d', Discussion),
  },
  {
    kind: 'escalation',
    from: '"action_escalations" x JOIN "actions" a ON a."id" = x."actionId"',
    ...{ id: 'a."id"', area: 'a."areaId"', label: `a."number" || ', aan de bel'`, known: isActionKnown },
    fields: texts('x', Escalation),
  },
  {
    kind: 'judgement',
    from: `"judgements" j LEFT JOIN "actions" a ON a."id" = j."actionId" LEFT JOIN "goals" d ON d."id" = j."goalId"`,
    ...{ id: 'coalesce(j."actionId", j."goalId")', area: 'coalesce(a."areaId", d."areaId")' },
    label: `coalesce(a."number", d."title")`,
    fields: texts('j', Judgement),
    known: (own) => `(a."id" IS NULL OR ${isActionKnown(own)})`,
  },
  {
    kind: 'line',
    from: `"party_lines" l LEFT JOIN "goals" d ON d."id" = l."goalId" LEFT JOIN "opgaven" o ON o."id" = l."opgaveId"`,
    ...{ id: 'coalesce(l."goalId", l."opgaveId")', area: 'coalesce(d."areaId", o."areaId")' },
    ...{ label: 'coalesce(d."title", o."title")', fields: texts('l', PartyLine) },
  },
  {
    kind: 'goal',
    from: '"goals" d',
    ...{ id: 'd."id"', area: 'd."areaId"', label: `'doel'` },
    fields: texts('d', Goal, 'theme', 'metric'),
  },
  {
    kind: 'former_goal',
    from: `"former_states" f JOIN "goals" d ON f."tableName" = 'goals' AND d."id" = f."rowId"`,
    ...{ id: 'd."id"', area: 'd."areaId"', label: `'doel, zoals het eerder luidde'`, fields: { text: 'f."state"' } },
  },
  {
    kind: 'goal_course',
    from: '"goal_courses" c JOIN "goals" d ON d."id" = c."goalId"',
    ...{ id: 'd."id"', area: 'd."areaId"', label: `'koers van ' || d."title"` },
    fields: texts('c', GoalCourse),
  },
  {
    kind: 'goal_measurement',
    from: '"goal_measurements" c JOIN "goals" d ON d."id" = c."goalId"',
    ...{ id: 'd."id"', area: 'd."areaId"', label: 'd."title"', fields: texts('c', GoalMeasurement) },
  },
  {
    kind: 'goal_agreement',
    from: '"goal_agreements" c JOIN "goals" d ON d."id" = c."goalId"',
    ...{ id: 'd."id"', area: 'd."areaId"', label: 'd."title"', fields: texts('c', GoalAgreement) },
  },
  {
    kind: 'opgave',
    from: '"opgaven" o',
    ...{ id: 'o."id"', area: 'o."areaId"', label: `'opgave'` },
    fields: texts('o', Opgave),
  },
  {
    kind: 'former_opgave',
    from: `"former_states" f JOIN "opgaven" o ON f."tableName" = 'opgaven' AND o."id" = f."rowId"`,
    ...{ id: 'o."id"', area: 'o."areaId"', label: `'opgave, zoals zij eerder luidde'`, fields: { text: 'f."state"' } },
  },
  {
    kind: 'opgave_part',
    from: '"opgave_departments" c JOIN "opgaven" o ON o."id" = c."opgaveId"',
    ...{ id: 'o."id"', area: 'o."areaId"', label: 'o."title"', fields: texts('c', OpgaveDepartment) },
  },
  {
    kind: 'initiative',
    from: '"initiatives" n JOIN "budgets" b ON b."id" = n."budgetId"',
    ...{ id: 'n."id"', area: 'b."areaId"', label: `'initiatief, ' || CAST(b."year" AS varchar)` },
    fields: texts('n', Initiative, 'theme'),
  },
  {
    kind: 'initiative_file',
    from: `"files" f JOIN "initiatives" n ON f."kind" = 'initiative' AND n."id" = f."thingId" JOIN "budgets" b ON b."id" = n."budgetId"`,
    ...{ id: 'n."id"', area: 'b."areaId"', label: `'initiatief, ' || CAST(b."year" AS varchar) || ', bestand'` },
    fields: texts('f', StoredFile),
  },
  {
    kind: 'question',
    from: '"questions" q',
    ...{ id: 'q."id"', area: 'q."areaId"', label: `'vraag, ' || CAST(q."askedOn" AS varchar)` },
    fields: texts('q', Question),
  },
  {
    kind: 'budget',
    from: '"budgets" b',
    ...{ id: 'b."id"', area: 'b."areaId"', label: 'CAST(b."year" AS varchar)' },
    fields: texts('b', Budget),
  },
  {
    kind: 'wijkagenda',
    from: '"wijkagendas" w',
    ...{ id: 'w."id"', area: 'w."areaId"', label: 'CAST(w."year" AS varchar)' },
    fields: texts('w', Wijkagenda, 'themes'),
  },
  {
    kind: 'quarterly_result',
    from: '"quarterly_results" w',
    ...{
      id: 'w."id"',
      area: 'w."areaId"',
      label: `CAST(w."year" AS varchar) || ', kwartaal ' || CAST(w."quarter" AS varchar)`,
    },
    fields: texts('w', QuarterlyResult),
  },
  {
    kind: 'review',
    from: '"reviews" w',
    ...{ id: 'w."id"', area: 'w."areaId"', label: `'jaarevaluatie tot ' || CAST(w."asOf" AS varchar)` },
    fields: texts('w', Review),
  },
  {
    kind: 'review_reaction',
    from: '"review_reactions" c JOIN "reviews" w ON w."id" = c."reviewId"',
    ...{ id: 'w."id"', area: 'w."areaId"', label: `'reactie op de jaarevaluatie tot ' || CAST(w."asOf" AS varchar)` },
    fields: texts('c', ReviewReaction),
  },
  {
    kind: 'rating',
    from: '"ratings" c JOIN "rating_rounds" w ON w."id" = c."roundId"',
    ...{ id: 'w."id"', area: 'w."areaId"', label: `'waardering ' || CAST(w."year" AS varchar)` },
    fields: texts('c', Rating),
  },
];
