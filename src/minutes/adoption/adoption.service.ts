import { Injectable } from '@nestjs/common';
import { type EntityManager, In } from 'typeorm';
import type { Caller } from '../../platform/access/caller.js';
import { Audit } from '../../platform/audit/audit.service.js';
import { Clock } from '../../platform/common/clock.js';
import { conflict, forbidden, invalid, notFound } from '../../platform/common/problems.js';
import { Database } from '../../platform/database/database.js';
import { execute, row, rows, type Source } from '../../platform/database/rows.js';
import { lockOne, Transactions } from '../../platform/database/transactions.js';
import { NEXT_VERSION, updateRow } from '../../platform/database/writes.js';
import { Meeting } from '../../meetings/meeting.entity.js';
import { Session } from '../../meetings/session.entity.js';
import { ActionTitles } from './action-titles.service.js';
import type { AdoptionDto, AdoptionView } from './adoption.dto.js';
import { adoptionViolations, isLater, writtenAdoptionViolation } from './adoption.rules.js';
import { applyCorrections } from './corrections.rules.js';
import { type CorrectionContent, OPEN_PART } from '../minutes-content.js';
import { type TextPart, textOf } from '../composing/minutes-text.js';
import { Minutes } from '../minutes.entity.js';
import type { VisibleMinutes } from '../minutes-visibility.js';
import { MinutesService } from '../minutes.service.js';
import { mustBeAsRead, seenBy } from '../seen-versions.js';
import { VersionWriter } from '../version-writer.service.js';

/** Adopts minutes: in a later session of the same meeting or in writing, earlier ones first, once and irrevocably. */
@Injectable()
export class Adoption {
  constructor(
    private readonly database: Database,
    private readonly transactions: Transactions,
    private readonly minutes: MinutesService,
    private readonly versions: VersionWriter,
    private readonly titles: ActionTitles,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** How minutes were adopted; 404 if they are not adopted. */
  async read(sessionId: string, caller: Caller): Promise<AdoptionView> {
    const minutes = await this.minutes.visible(this.database.reader, sessionId, caller);
    return this.view(this.database.reader, minutes, caller);
  }

  /** Adopts minutes that were sent. Corrections create a new version, which is in force from then on. */
  adopt(sessionId: string, input: AdoptionDto, version: number, by: Caller): Promise<AdoptionView> {
    const { sessionId: adoptingId, kind, corrections = [] } = input;
    const violations = adoptionViolations({ sessionId: adoptingId, kind, corrections });
    if (violations.length > 0) throw invalid(violations);
    return this.transactions.run(async (manager) => {
      const visible = await this.minutes.visible(manager, sessionId, by);
      if (!visible.mayWrite) throw forbidden();
      // Locks the meeting first, so that two adoptions of one meeting cannot run at the same time.
      const meeting = await lockOne(manager, Meeting, visible.meetingId);
      const session = await lockOne(manager, Session, sessionId);
      const minutes = await lockOne(manager, Minutes, visible.id);
      if (minutes.state === 'adopted')
        throw conflict('MINUTES_ADOPTED', 'These minutes are adopted and can no longer change.');
      await mustBeAsRead(manager, { ...visible, state: minutes.state }, by, version);
      if (minutes.state !== 'sent') throw conflict('MINUTES_NOT_SENT', 'Only minutes that were sent can be adopted.');
      if (adoptingId === undefined) await this.mustBeUncontested(manager, minutes, meeting);
      const decidedIn = adoptingId === undefined ? null : await mustDecide(manager, adoptingId, session, meeting);
      await mustBeFirst(manager, session);
      const text = await textOf(manager, minutes.id, minutes.currentNumber);
      if (text.length === 0) throw conflict('MINUTES_DESTROYED', 'The text of these minutes has been destroyed.');
      const corrected =
        decidedIn && corrections.length > 0
          ? await this.correct(manager, visible, text, corrections, { of: session, decidedIn }, by)
          : null;
      const currentNumber = corrected?.number ?? minutes.currentNumber;
      const adoptedAt = this.clock.moment();
      await updateRow(manager, Minutes, minutes.id, {
        ...{ state: 'adopted', currentNumber, adoptedAt, adoptedInId: adoptingId ?? null },
      });
      const where = { sessionId: adoptingId ?? null, versionId: corrected?.id ?? null };
      if (corrected) await this.versions.note(manager, minutes, by, { kind: 'corrected', ...where });
      await this.versions.note(manager, minutes, by, { kind: 'adopted', ...where });
      const subject = { type: 'minutes', id: minutes.id, areaId: visible.areaId };
      await this.audit.record(manager, by, 'minutes.adopted', subject, corrected?.hash);
      return this.view(manager, await this.minutes.visible(manager, sessionId, by), by);
    });
  }

  private async correct(
    manager: EntityManager,
    minutes: VisibleMinutes,
    text: TextPart[],
    wanted: CorrectionContent[],
    sessions: { of: Session; decidedIn: Session },
    by: Caller,
  ) {
    const known = await this.knownLabels(manager, minutes, by);
    const { parts, errors } = applyCorrections(text, known, wanted);
    if (errors.length > 0) throw invalid(errors);
    await putInAgenda(manager, minutes.sessionId, parts, wanted);
    await this.titles.carryOver(manager, [text, parts], sessions, by);
    return this.versions.write(manager, minutes, parts, 'adoption', by);
  }

  private async knownLabels(source: Source, minutes: VisibleMinutes, by: Caller): Promise<Set<string>> {
    const versionId = await versionIdOf(source, minutes);
    return new Set((await this.minutes.knownParts(source, minutes, versionId, by)).map(({ label }) => label));
  }

  private async mustBeUncontested(manager: EntityManager, minutes: Minutes, meeting: Meeting): Promise<void> {
    const events = await rows<{ kind: string; at: string }>(
      manager,
      `SELECT e."kind", e."at" FROM "minutes_events" e WHERE e."minutesId" = $1 AND e."kind" IN ('sent', 'objection')
       ORDER BY e."id"`,
      [minutes.id],
    );
    const times = (kind: string) => events.filter((event) => event.kind === kind).map(({ at }) => at);
    const violation = writtenAdoptionViolation({
      isAllowed: meeting.allowsWrittenAdoption,
      sentAt: times('sent').at(-1)!,
      objections: times('objection'),
      today: this.clock.today(),
    });
    if (violation) throw conflict(violation.code, violation.detail);
  }

  private async view(source: Source, minutes: VisibleMinutes, caller: Caller): Promise<AdoptionView> {
    const { adoptedAt, adoptedInId, adoptedInOn, sessionId } = minutes;
    if (minutes.state !== 'adopted' || adoptedAt === null) throw notFound();
    const parts = await this.minutes.knownParts(source, minutes, await versionIdOf(source, minutes), caller);
    const corrections = parts.flatMap(({ label, content }) =>
      (content.corrections ?? []).map((one) => ({ ...one, isConfidential: label !== OPEN_PART })),
    );
    const adoptedIn = adoptedInId && adoptedInOn ? { sessionId: adoptedInId, heldOn: adoptedInOn } : null;
    const kind = corrections.length > 0 ? 'corrected' : 'unchanged';
    const { versions, version } = await seenBy(source, minutes, caller);
    const { number } = versions.at(-1)!;
    return { sessionId, adoptedAt, adoptedIn, kind, number, corrections, version };
  }
}

/** Records the adoption on the agenda, and so in the register of decisions. */
async function putInAgenda(
  manager: EntityManager,
  sessionId: string,
  parts: readonly TextPart[],
  wanted: readonly CorrectionContent[],
): Promise<void> {
  const numbers = new Set(wanted.map(({ item }) => item));
  for (const item of parts.flatMap(({ content }) => content.items)) {
    if (!numbers.has(item.number)) continue;
    await execute(
      manager,
      `UPDATE "agenda_items" SET "title" = $1, "notes" = $2, "decision" = $3, ${NEXT_VERSION}
       WHERE "sessionId" = $4 AND "number" = $5`,
      [item.title.slice(0, 200), item.notes, item.decision, sessionId, item.number],
    );
  }
}

async function versionIdOf(source: Source, { id, currentNumber }: VisibleMinutes): Promise<string> {
  const sql = 'SELECT "id" FROM "minutes_versions" WHERE "minutesId" = $1 AND "number" = $2';
  return (await row<{ id: string }>(source, sql, [id, currentNumber]))!.id;
}

/** Refuses a session that cannot adopt these minutes: unknown at this meeting or its successor, not open, or not later. */
async function mustDecide(
  manager: EntityManager,
  adoptingId: string,
  session: Session,
  { id, successorId }: Meeting,
): Promise<Session> {
  const found = await manager.findOneBy(Session, { id: adoptingId, meetingId: In([id, successorId ?? id]) });
  if (!found) throw invalid([{ field: 'sessionId', message: 'sessionId is not a session of this meeting' }]);
  const adopting = await lockOne(manager, Session, adoptingId);
  if (!isLater(adopting, session))
    throw conflict('NOT_A_LATER_SESSION', 'Minutes can only be adopted in a later session.');
  if (adopting.state !== 'open') throw conflict('SESSION_NOT_OPEN', 'Minutes can only be adopted in an open session.');
  return adopting;
}

/** 409 while minutes of an earlier session are not adopted, for whatever reason; destroyed ones do not count. */
async function mustBeFirst(manager: EntityManager, { id, meetingId, heldOn, startTime }: Session): Promise<void> {
  const earlier = await row<{ heldOn: string }>(
    manager,
    `SELECT s."heldOn" FROM "minutes" m JOIN "sessions" s ON s."id" = m."sessionId"
     WHERE s."meetingId" = $1 AND m."state" <> 'adopted'
       AND (s."heldOn" < $2 OR (s."heldOn" = $2 AND (coalesce(s."startTime", ''), s."id") < ($3, $4)))
       AND NOT EXISTS (SELECT 1 FROM "minutes_events" e WHERE e."minutesId" = m."id" AND e."kind" = 'destroyed')
     ORDER BY s."heldOn", s."id" LIMIT 1`,
    [meetingId, heldOn, startTime ?? '', id],
  );
  if (!earlier) return;
  throw conflict('EARLIER_MINUTES_FIRST', `Adopt the minutes of the session of ${earlier.heldOn} first.`);
}
