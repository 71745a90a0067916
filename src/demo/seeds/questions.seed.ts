import type { EntityManager } from 'typeorm';
import type { Session } from '../../meetings/session.entity.js';
import { addDays, momentOf } from '../../platform/common/calendar-date.js';
import { newId } from '../../platform/common/ids.js';
import { row } from '../../platform/database/rows.js';
import { QuestionChange } from '../../questions/question-change.entity.js';
import { Question } from '../../questions/question.entity.js';
import { dueAfter, subjectOf, UNSETTLED } from '../../questions/questions.rules.js';
import { PINNED_AREA } from '../data/pinned.data.js';
import { type QuestionData, QUESTIONS } from '../data/questions.data.js';
import type { Series } from './meetings.seed.js';
import type { Registers } from './registers.seed.js';

/**
 * Generates the questions of one area with its last session: most have an outcome, two are open and one is near its
 * deadline.
 */
export async function layQuestions(
  manager: EntityManager,
  registers: Registers,
  { data, sessions }: Series,
  session: Session,
  today: string,
): Promise<void> {
  const isLast = session === sessions.filter(({ state }) => state === 'closed').at(-1);
  if (!isLast || data.area !== PINNED_AREA || data.kind !== 'professionals') return;
  for (const one of QUESTIONS) await lay(manager, registers, one, session.chairId!, today);
}

async function lay(manager: EntityManager, registers: Registers, data: QuestionData, by: string, today: string) {
  const { title, details = null, asker, asked, settled, outcome = null, isPublic = false } = data;
  const { answer = null, passedTo = null, reference = null } = data;
  const areaId = registers.areaId(PINNED_AREA);
  const requestedById = asker && registers.organisationId(asker);
  const action = data.becomes ? await actionOf(manager, areaId, data.becomes) : null;
  const settledOn = action?.recordedOn ?? (settled === undefined ? null : addDays(today, -settled));
  const askedOn = settledOn === null ? addDays(today, -asked) : addDays(settledOn, (settled ?? 0) - asked);
  const question: Question = {
    ...{ ...UNSETTLED, id: newId(), areaId, title, details, requestedById, askedById: null },
    ...{ askedOn, dueOn: dueAfter(askedOn), dueSessionId: null, outcome, answer, passedTo, reference, settledOn },
    actionId: action?.id ?? null,
    ...{ chairAgrees: isPublic, askerAgrees: isPublic, version: 1 },
  };
  await manager.insert(Question, { ...question });
  const change = { questionId: question.id, sessionId: null, recordedById: by };
  const recorded = { ...change, id: newId(), verb: 'recorded', recordedAt: momentOf(askedOn, '11:00') } as const;
  await manager.insert(QuestionChange, { ...recorded, outcome: null, subjectId: null, dueOn: null });
  if (settledOn === null) return;
  const ended = { ...change, id: newId(), verb: 'settled', recordedAt: momentOf(settledOn, '14:00') } as const;
  await manager.insert(QuestionChange, { ...ended, outcome, subjectId: subjectOf(question), dueOn: question.dueOn });
}

/** The action of the area with this title. */
async function actionOf(manager: EntityManager, areaId: string, title: string) {
  const found = await row<{ id: string; recordedOn: string }>(
    manager,
    `SELECT a."id", a."recordedOn" FROM "actions" a WHERE a."areaId" = $1 AND a."title" = $2 ORDER BY a."recordedOn" DESC LIMIT 1`,
    [areaId, title],
  );
  if (!found) throw new Error(`The demo has no action "${title}" for a question to become.`);
  return found;
}
