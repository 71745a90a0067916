import { ACTION_PARTIES, isParty, ITEM_PARTIES, openOr, PART_PARTIES } from '../../platform/access/confidentiality.js';
import type { Params } from '../../platform/database/rows.js';

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

/** Every text in which someone can type a name. Sent mails are not searched: they have a short retention period. */
export const TEXT_PLACES: TextPlace[] = [
  {
    kind: 'agenda_item',
    from: `"agenda_items" i JOIN "sessions" s ON s."id" = i."sessionId" ${SESSION}`,
    ...{ id: 'i."id"', area: 'g."areaId"', label: `${SESSION_LABEL} || ', punt ' || i."number"`, known: isItemKnown },
    fields: {
      title: 'i."title"',
      notes: 'i."notes"',
      decision: 'i."decision"',
      declineReason: 'i."declineReason"',
    },
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
    fields: { text: 'e."text"' },
    known: (own) => `(i."id" IS NULL OR ${isItemKnown(own)})`,
  },
  {
    kind: 'meeting',
    from: '"meetings" g',
    ...{ id: 'g."id"', area: 'g."areaId"', label: `'overleg'` },
    fields: { name: 'g."name"', place: 'g."place"', defaultAgenda: 'g."defaultAgenda"' },
  },
  {
    kind: 'session',
    from: `"sessions" s ${SESSION}`,
    ...{ id: 's."id"', area: 'g."areaId"', label: SESSION_LABEL },
    fields: {
      place: 's."place"',
      cancellationReason: 's."cancellationReason"',
      reopeningReason: 's."reopeningReason"',
    },
  },
  {
    kind: 'attendance',
    from: `"attendances" t0 JOIN "sessions" s ON s."id" = t0."sessionId" ${SESSION}`,
    ...{ id: 's."id"', area: 'g."areaId"', label: `${SESSION_LABEL} || ', aanwezigen'` },
    fields: { guestName: 't0."guestName"' },
  },
  {
    kind: 'action',
    from: '"actions" a',
    ...{ id: 'a."id"', area: 'a."areaId"', label: 'a."number"', known: isActionKnown },
    fields: {
      ...{ title: 'a."title"', details: 'a."details"', statusReason: 'a."statusReason"', result: 'a."result"' },
      ...{ expectedResult: 'a."expectedResult"', publicText: 'a."publicText"', reference: 'a."reference"' },
    },
  },
  {
    kind: 'action_file',
    from: `"files" f JOIN "actions" a ON f."kind" = 'action' AND a."id" = f."thingId"`,
    ...{ id: 'a."id"', area: 'a."areaId"', label: `a."number" || ', bestand'`, known: isActionKnown },
    fields: { name: 'f."name"', removedGround: 'f."removedGround"' },
  },
  {
    kind: 'agenda_item_file',
    from: `"files" f JOIN "agenda_items" i ON f."kind" = 'agenda_item' AND i."id" = f."thingId"
      JOIN "sessions" s ON s."id" = i."sessionId" ${SESSION}`,
    ...{ id: 's."id"', area: 'g."areaId"', label: `${SESSION_LABEL} || ', stuk bij punt ' || i."number"` },
    known: isItemKnown,
    fields: { name: 'f."name"', removedGround: 'f."removedGround"' },
  },
  {
    kind: 'action_update',
    from: '"action_updates" u JOIN "actions" a ON a."id" = u."actionId"',
    ...{ id: 'a."id"', area: 'a."areaId"', label: `a."number" || ', geschiedenis'`, known: isActionKnown },
    fields: {
      ...{ title: 'u."title"', comment: 'u."comment"', statusReason: 'u."statusReason"', result: 'u."result"' },
      changes: 'u."changes"',
    },
  },
  {
    kind: 'discussion',
    from: `"discussions" d JOIN "actions" a ON a."id" = d."actionId" JOIN "sessions" s ON s."id" = d."sessionId" ${SESSION}`,
    ...{ id: 'd."id"', area: 'g."areaId"', label: `${SESSION_LABEL} || ', ' || a."number"`, known: isActionKnown },
    fields: { note: 'd."note"' },
  },
  {
    kind: 'escalation',
    from: '"action_escalations" x JOIN "actions" a ON a."id" = x."actionId"',
    ...{ id: 'a."id"', area: 'a."areaId"', label: `a."number" || ', aan de bel'`, known: isActionKnown },
    fields: { text: 'x."text"', decision: 'x."decision"' },
  },
  {
    kind: 'judgement',
    from: `"judgements" j LEFT JOIN "actions" a ON a."id" = j."actionId" LEFT JOIN "goals" d ON d."id" = j."goalId"`,
    ...{ id: 'coalesce(j."actionId", j."goalId")', area: 'coalesce(a."areaId", d."areaId")' },
    label: `coalesce(a."number", d."title")`,
    fields: { comment: 'j."comment"' },
    known: (own) => `(a."id" IS NULL OR ${isActionKnown(own)})`,
  },
  {
    kind: 'line',
    from: `"party_lines" l LEFT JOIN "goals" d ON d."id" = l."goalId" LEFT JOIN "opgaven" o ON o."id" = l."opgaveId"`,
    ...{ id: 'coalesce(l."goalId", l."opgaveId")', area: 'coalesce(d."areaId", o."areaId")' },
    ...{ label: 'coalesce(d."title", o."title")', fields: { text: 'l."text"' } },
  },
  {
    kind: 'goal',
    from: '"goals" d',
    ...{ id: 'd."id"', area: 'd."areaId"', label: `'doel'` },
    fields: {
      ...{ title: 'd."title"', description: 'd."description"', endResult: 'd."endResult"', source: 'd."source"' },
      ...{ indicator: 'd."indicator"', framework: 'd."framework"' },
    },
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
    fields: {
      ...{ cause: 'c."cause"', consequence: 'c."consequence"', measure: 'c."measure"' },
      partiesView: 'c."partiesView"',
    },
  },
  {
    kind: 'goal_measurement',
    from: '"goal_measurements" c JOIN "goals" d ON d."id" = c."goalId"',
    ...{ id: 'd."id"', area: 'd."areaId"', label: 'd."title"', fields: { source: 'c."source"' } },
  },
  {
    kind: 'goal_agreement',
    from: '"goal_agreements" c JOIN "goals" d ON d."id" = c."goalId"',
    ...{ id: 'd."id"', area: 'd."areaId"', label: 'd."title"', fields: { comment: 'c."comment"' } },
  },
  {
    kind: 'opgave',
    from: '"opgaven" o',
    ...{ id: 'o."id"', area: 'o."areaId"', label: `'opgave'` },
    fields: { title: 'o."title"', description: 'o."description"', origin: 'o."origin"' },
  },
  {
    kind: 'former_opgave',
    from: `"former_states" f JOIN "opgaven" o ON f."tableName" = 'opgaven' AND o."id" = f."rowId"`,
    ...{ id: 'o."id"', area: 'o."areaId"', label: `'opgave, zoals zij eerder luidde'`, fields: { text: 'f."state"' } },
  },
  {
    kind: 'opgave_part',
    from: '"opgave_departments" c JOIN "opgaven" o ON o."id" = c."opgaveId"',
    ...{ id: 'o."id"', area: 'o."areaId"', label: 'o."title"', fields: { part: 'c."part"' } },
  },
  {
    kind: 'initiative',
    from: '"initiatives" n JOIN "budgets" b ON b."id" = n."budgetId"',
    ...{ id: 'n."id"', area: 'b."areaId"', label: `'initiatief, ' || CAST(b."year" AS varchar)` },
    fields: { title: 'n."title"', reason: 'n."reason"', result: 'n."result"', reference: 'n."reference"' },
  },
  {
    kind: 'initiative_file',
    from: `"files" f JOIN "initiatives" n ON f."kind" = 'initiative' AND n."id" = f."thingId" JOIN "budgets" b ON b."id" = n."budgetId"`,
    ...{ id: 'n."id"', area: 'b."areaId"', label: `'initiatief, ' || CAST(b."year" AS varchar) || ', bestand'` },
    fields: { name: 'f."name"', removedGround: 'f."removedGround"' },
  },
  {
    kind: 'question',
    from: '"questions" q',
    ...{ id: 'q."id"', area: 'q."areaId"', label: `'vraag, ' || CAST(q."askedOn" AS varchar)` },
    fields: {
      ...{ title: 'q."title"', details: 'q."details"', answer: 'q."answer"' },
      ...{ passedTo: 'q."passedTo"', reference: 'q."reference"' },
    },
  },
  {
    kind: 'budget',
    from: '"budgets" b',
    ...{ id: 'b."id"', area: 'b."areaId"', label: 'CAST(b."year" AS varchar)' },
    fields: { decidedBy: 'b."decidedBy"' },
  },
  {
    kind: 'wijkagenda',
    from: '"wijkagendas" w',
    ...{ id: 'w."id"', area: 'w."areaId"', label: 'CAST(w."year" AS varchar)' },
    fields: { introduction: 'w."introduction"' },
  },
  {
    kind: 'quarterly_result',
    from: '"quarterly_results" w',
    ...{
      id: 'w."id"',
      area: 'w."areaId"',
      label: `CAST(w."year" AS varchar) || ', kwartaal ' || CAST(w."quarter" AS varchar)`,
    },
    fields: { introduction: 'w."introduction"', lines: 'w."lines"' },
  },
  {
    kind: 'review',
    from: '"reviews" w',
    ...{ id: 'w."id"', area: 'w."areaId"', label: `'jaarevaluatie tot ' || CAST(w."asOf" AS varchar)` },
    fields: { texts: 'w."texts"', document: 'w."document"' },
  },
  {
    kind: 'review_reaction',
    from: '"review_reactions" c JOIN "reviews" w ON w."id" = c."reviewId"',
    ...{ id: 'w."id"', area: 'w."areaId"', label: `'reactie op de jaarevaluatie tot ' || CAST(w."asOf" AS varchar)` },
    fields: { text: 'c."text"' },
  },
  {
    kind: 'rating',
    from: '"ratings" c JOIN "rating_rounds" w ON w."id" = c."roundId"',
    ...{ id: 'w."id"', area: 'w."areaId"', label: `'waardering ' || CAST(w."year" AS varchar)` },
    fields: { wentWell: 'c."wentWell"', canBeBetter: 'c."canBeBetter"' },
  },
];

/** SQL for "one of these texts contains one of these words", ignoring case. */
export const holds = (fold: (column: string) => string, place: TextPlace, words: readonly string[], params: Params) =>
  `(${words
    .map((word) => params.add(`%${word.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`))
    .flatMap((part) => Object.values(place.fields).map((column) => `${fold(column)} LIKE ${part} ESCAPE '\\'`))
    .join(' OR ')})`;
