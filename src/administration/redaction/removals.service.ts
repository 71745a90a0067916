import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { isPermittedIn } from '../../platform/access/access.rules.js';
import type { Caller } from '../../platform/access/caller.js';
import { Audit } from '../../platform/audit/audit.service.js';
import { Clock } from '../../platform/common/clock.js';
import { conflict, type FieldError, forbidden, invalid, notFound } from '../../platform/common/problems.js';
import { row, rows } from '../../platform/database/rows.js';
import { lockOne, Transactions } from '../../platform/database/transactions.js';
import { updateRow } from '../../platform/database/writes.js';
import { Session } from '../../meetings/session.entity.js';
import { SETTINGS, type Settings } from '../../platform/settings.js';
import { type TextPart, textOf } from '../../minutes/minutes-text.js';
import { Minutes } from '../../minutes/minutes.entity.js';
import type { VisibleMinutes } from '../../minutes/minutes-visibility.js';
import { MinutesService } from '../../minutes/minutes.service.js';
import type { DestructionDto, PassageDto, RedactionDto, RemovalView } from './removals.dto.js';
import { takeOutOfCopies } from './copies.js';
import { Destruction } from './destruction.service.js';
import { forgetMails } from './mail-redaction.js';
import { RegisterRedaction } from './register-redaction.service.js';
import { mayBeDestroyedFrom, redact } from './removals.rules.js';
import { wordsElsewhere } from './words-elsewhere.js';
import { mustBeAsRead, seenBy } from '../../minutes/seen-versions.js';
import type { ReadablePart } from '../../minutes/reading.rules.js';
import { VersionWriter } from '../../minutes/version-writer.service.js';

/** Destroying without reading uses the version a chair sees. */
const WRITER = { mayWrite: true, isParty: true };

/**
 * The two exceptions to the immutability of minutes: weglakken (words within a text) and vernietiging (the whole text,
 * after its term). The bytes go, the hashes stay, and a declaration states on what grounds, by whom and when.
 */
@Injectable()
export class Removals {
  constructor(
    private readonly transactions: Transactions,
    private readonly minutes: MinutesService,
    private readonly versions: VersionWriter,
    private readonly registers: RegisterRedaction,
    private readonly destruction: Destruction,
    private readonly audit: Audit,
    private readonly clock: Clock,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  /** Replaces the readable versions by a redacted one; the words go from every version, mail, agenda item, action. */
  async redact(
    sessionId: string,
    { ground, passages }: RedactionDto,
    version: number,
    by: Caller,
  ): Promise<RemovalView> {
    return this.transactions.removeForGood(async (manager) => {
      const visible = await this.minutes.visible(manager, sessionId, by);
      if (!visible.mayWrite) throw forbidden();
      const minutes = await this.lock(manager, visible, by, version);
      if (minutes.state === 'concept') throw conflict('MINUTES_NOT_SENT', 'Reopen the session to correct a concept.');
      const text = await textOf(manager, minutes.id, minutes.currentNumber);
      const touched = await this.takeOut(manager, visible, text, passages, by);
      const next = await this.versions.write(manager, minutes, text, 'redaction', by, touched);
      await this.destruction.ofText(manager, minutes, touched, next.number);
      const actions = await this.registers.takeOut(manager, sessionId, passages, by);
      const words = [...new Set(passages.map((one) => one.words))];
      await takeOutOfCopies(manager, words, actions);
      await forgetMails(manager, minutes, actions);
      for (const itemNumber of touched) {
        await this.versions.note(manager, minutes, by, {
          ...{ kind: 'redacted', sessionId, versionId: next.id, text: ground, itemNumber },
        });
      }
      await updateRow(manager, Minutes, minutes.id, { currentNumber: next.number });
      const subject = { type: 'minutes', id: minutes.id, areaId: visible.areaId };
      await this.audit.record(manager, by, 'minutes.redacted', subject, next.hash);
      const seen = await seenBy(manager, visible, by);
      const before = seen.versions.filter(({ place }) => place < next.number);
      const versions = before.map(({ number, hash }) => ({ number, hash }));
      const elsewhere = await wordsElsewhere(manager, words, by);
      return this.declared(sessionId, 'redacted', { ground, version: seen.version, versions, elsewhere }, by);
    });
  }

  /** Destroys the whole text of minutes after their retention term; 409 before. */
  async destroy(sessionId: string, { ground }: DestructionDto, version: number, by: Caller): Promise<RemovalView> {
    return this.transactions.removeForGood(async (manager) => {
      const visible = await this.destroyable(manager, sessionId, by);
      const minutes = await this.lock(manager, visible, by, version);
      const { heldOn } = await manager.findOneByOrFail(Session, { id: sessionId });
      const from = mayBeDestroyedFrom(heldOn, this.settings.MINUTES_RETENTION_YEARS);
      if (this.clock.today() < from)
        throw conflict('RETENTION_NOT_OVER', `These minutes must be kept; they can be destroyed from ${from}.`);
      const texts = await this.destruction.ofMinutes(manager, minutes, ground, by);
      const versions = await rows<RemovalView['versions'][number]>(
        manager,
        'SELECT "number", "hash" FROM "minutes_versions" WHERE "minutesId" = $1 ORDER BY "number"',
        [minutes.id],
      );
      const subject = { type: 'minutes', id: minutes.id, areaId: visible.areaId };
      await this.audit.record(manager, by, 'minutes.destroyed', subject);
      const elsewhere = await wordsElsewhere(manager, texts, by);
      return this.declared(sessionId, 'destroyed', { ground, version: version + 1, versions, elsewhere }, by);
    });
  }

  private async lock(
    manager: EntityManager,
    visible: Pick<VisibleMinutes, 'id' | 'sessionId'>,
    by: Caller,
    version: number,
  ) {
    await lockOne(manager, Session, visible.sessionId);
    const minutes = await lockOne(manager, Minutes, visible.id);
    await mustBeAsRead(manager, { id: minutes.id, state: minutes.state, ...WRITER }, by, version);
    const sql = `SELECT 1 AS "found" FROM "minutes_events" e WHERE e."minutesId" = $1 AND e."kind" = 'destroyed'`;
    if (await row(manager, sql, [minutes.id]))
      throw conflict('MINUTES_DESTROYED', 'These minutes have been destroyed.');
    return minutes;
  }

  /** Destroying does not require read access: an administrator does it for the archive. */
  private async destroyable(manager: EntityManager, sessionId: string, by: Caller) {
    const found = await row<Pick<VisibleMinutes, 'id' | 'sessionId' | 'areaId'>>(
      manager,
      `SELECT m."id", m."sessionId", g."areaId" FROM "minutes" m JOIN "sessions" s ON s."id" = m."sessionId"
       JOIN "meetings" g ON g."id" = s."meetingId" WHERE m."sessionId" = $1`,
      [sessionId],
    );
    if (!found || !isPermittedIn(by, 'minutes.destroy', found.areaId)) throw notFound();
    return found;
  }

  /** Redacts the words in `text` and returns the labels of the parts that contained them. */
  private async takeOut(
    manager: EntityManager,
    minutes: VisibleMinutes,
    text: TextPart[],
    passages: PassageDto[],
    by: Caller,
  ): Promise<string[]> {
    const kept = await this.keptParts(manager, minutes, by);
    const known = text.filter(({ label }) => kept.some((part) => part.label === label));
    const errors: FieldError[] = [];
    const touched = new Set<string>();
    for (const [index, { item, words }] of passages.entries()) {
      // Includes text only in an earlier version, which can still be read.
      const hit = [...known, ...kept].filter(({ content }) => redact(content, item, words) > 0);
      if (hit.length === 0) {
        errors.push({ field: `passages.${index}.words`, message: 'words do not occur in this item' });
      }
      for (const { label } of hit) touched.add(label);
    }
    if (errors.length > 0) throw invalid(errors);
    return [...touched];
  }

  /** The parts of all readable versions that the caller may know. */
  private async keptParts(manager: EntityManager, minutes: VisibleMinutes, by: Caller): Promise<ReadablePart[]> {
    const versions = await rows<{ id: string }>(
      manager,
      'SELECT "id" FROM "minutes_versions" WHERE "minutesId" = $1 ORDER BY "number"',
      [minutes.id],
    );
    const parts: ReadablePart[] = [];
    for (const { id } of versions) parts.push(...(await this.minutes.knownParts(manager, minutes, id, by)));
    return parts;
  }

  private declared(
    sessionId: string,
    kind: RemovalView['kind'],
    declared: Pick<RemovalView, 'ground' | 'version' | 'versions' | 'elsewhere'>,
    by: Caller,
  ): RemovalView {
    return { sessionId, kind, by: by.name, at: this.clock.moment(), ...declared };
  }
}
