import { dayOf } from '../../platform/common/calendar-date.js';
import { rows, type Source } from '../../platform/database/rows.js';

/** A step of an escalation reported to a session. */
export interface SessionStep {
  actionId: string;
  step: number;
  personId: string;
  personName: string;
  /** The question. */
  text: string;
  askedOn: string;
  decision: string | null;
  /** The day by which the decision is to be carried out. */
  decidedFor: string | null;
  answeredAt: string | null;
}

type Found = SessionStep & { lastStep: number; previousOn: string | null; heldOn: string };

/**
 * The escalation steps of actions taken over by a session that are new to its meeting: asked or answered since the
 * previous session, or still waiting for an answer. In the order of the steps.
 */
export async function stepsForSession(source: Source, sessionId: string): Promise<SessionStep[]> {
  const found = await rows<Found>(source, STEPS, [sessionId]);
  return found
    .map(asOfItsDay)
    .filter(isNews)
    .map(({ lastStep: _, previousOn: __, heldOn: ___, ...step }) => step);
}

/** An answer given after the day of the session is left to the next one. */
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
