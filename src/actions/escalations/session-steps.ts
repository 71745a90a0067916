import { dayOf } from '../../platform/common/calendar-date.js';
import { rows, type Source } from '../../platform/database/rows.js';

/** A step of "aan de bel trekken" that a session hears of. */
export interface SessionStep {
  actionId: string;
  step: number;
  personId: string;
  personName: string;
  /** What was asked. */
  text: string;
  askedOn: string;
  decision: string | null;
  /** By when what was decided is to be done. */
  decidedFor: string | null;
  answeredAt: string | null;
}

type Found = SessionStep & { lastStep: number; previousOn: string | null; heldOn: string };

/**
 * The steps of the actions that a session took over which its meeting does not know of yet: asked or answered since the
 * session before, or still waiting for an answer. In the order of the steps.
 */
export async function stepsForSession(source: Source, sessionId: string): Promise<SessionStep[]> {
  const found = await rows<Found>(source, STEPS, [sessionId]);
  return found
    .map(asOfItsDay)
    .filter(isNews)
    .map(({ lastStep: _, previousOn: __, heldOn: ___, ...step }) => step);
}

/** What was answered after the day of the session is for the next one. */
function asOfItsDay(step: Found): Found {
  if (step.answeredAt === null || dayOf(step.answeredAt) <= step.heldOn) return step;
  return { ...step, decision: null, decidedFor: null, answeredAt: null };
}

function isNews({ step, lastStep, askedOn, answeredAt, previousOn }: Found): boolean {
  if (previousOn === null || askedOn >= previousOn) return true;
  return answeredAt === null ? step === lastStep : dayOf(answeredAt) >= previousOn;
}

const STEPS = `
  SELECT s."heldOn", e."actionId", e."step", e."personId", p."name" AS "personName", e."text", e."askedOn", e."decision",
    e."decidedFor", e."answeredAt",
    (SELECT max(l."step") FROM "action_escalations" l WHERE l."actionId" = e."actionId") AS "lastStep",
    (SELECT max(b."heldOn") FROM "sessions" b
     WHERE b."meetingId" = s."meetingId" AND b."state" = 'closed' AND b."heldOn" < s."heldOn") AS "previousOn"
  FROM "discussions" d JOIN "sessions" s ON s."id" = d."sessionId"
  JOIN "action_escalations" e ON e."actionId" = d."actionId" JOIN "people" p ON p."id" = e."personId"
  WHERE d."sessionId" = $1 AND e."askedOn" <= s."heldOn" AND (s."closedAt" IS NULL OR e."askedAt" <= s."closedAt")
  ORDER BY e."actionId", e."step"`;
