import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { isPermittedIn } from '../../platform/access/access.rules.js';
import type { Caller } from '../../platform/access/caller.js';
import { Audit } from '../../platform/audit/audit.service.js';
import { Clock } from '../../platform/common/clock.js';
import { conflict, type FieldError, forbidden, invalid } from '../../platform/common/problems.js';
import { Transactions } from '../../platform/database/transactions.js';
import { updateRow } from '../../platform/database/writes.js';
import { type TextPart, textOf } from '../../minutes/composing/minutes-text.js';
import { Minutes } from '../../minutes/minutes.entity.js';
import type { VisibleMinutes } from '../../minutes/minutes-visibility.js';
import { MinutesService } from '../../minutes/minutes.service.js';
import type { PassageDto, RedactionDto, RemovalView } from './removals.dto.js';
import { takeOutOfCopies } from '../copies/copies.js';
import { Destruction } from './destruction.service.js';
import { keptVersions } from './kept-versions.js';
import { forgetMails } from './mail-redaction.js';
import { RegisterRedaction } from './register-redaction.service.js';
import { lockForRemoval } from './removals.access.js';
import { numbersIn, redact } from './removals.rules.js';
import { wordsElsewhere } from './words-elsewhere.js';
import { seenBy } from '../../minutes/seen-versions.js';
import { VersionWriter } from '../../minutes/version-writer.service.js';

/** Weglakken: replaces words within the text of minutes that were sent. */
@Injectable()
export class MinutesRedaction {
  constructor(
    private readonly transactions: Transactions,
    private readonly minutes: MinutesService,
    private readonly versions: VersionWriter,
    private readonly registers: RegisterRedaction,
    private readonly destruction: Destruction,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /**
   * Replaces the readable versions with a redacted one; the words are removed from every version, mail, agenda item and
   * action.
   */
  async redact(
    sessionId: string,
    { ground, passages }: RedactionDto,
    version: number,
    by: Caller,
  ): Promise<RemovalView> {
    return this.transactions.removeForGood(async (manager) => {
      const visible = await this.minutes.visible(manager, sessionId, by);
      if (!isPermittedIn(by, 'minutes.redact', visible.areaId)) throw forbidden();
      const minutes = await lockForRemoval(manager, visible, by, version);
      if (minutes.state === 'concept') throw conflict('MINUTES_NOT_SENT', 'Reopen the session to correct a draft.');
      const text = await textOf(manager, minutes.id, minutes.currentNumber);
      const touched = await this.takeOut(manager, visible, text, passages, by);
      const next = await this.versions.write(manager, minutes, text, 'redaction', by, touched);
      await this.destruction.ofText(manager, minutes, touched, next.number);
      const { actions, since } = await this.registers.takeOut(manager, sessionId, passages, by);
      const words = [...new Set(passages.map((one) => one.words))];
      await takeOutOfCopies(manager, words, actions);
      await forgetMails(manager, minutes, since);
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
      const declared = { ground, version: seen.version, versions, elsewhere };
      return { sessionId, kind: 'redacted' as const, by: by.name, at: this.clock.moment(), ...declared };
    });
  }

  /** Redacts the words in `text` and returns the labels of the parts that contained them. */
  private async takeOut(
    manager: EntityManager,
    minutes: VisibleMinutes,
    text: TextPart[],
    passages: PassageDto[],
    by: Caller,
  ): Promise<string[]> {
    const kept = (await keptVersions(this.minutes, manager, minutes, by)).flat();
    const known = text.filter(({ label }) => kept.some((part) => part.label === label));
    // What is under a number that the caller may not know keeps its words, wherever else these occur.
    const numbers = new Set([...known, ...kept].flatMap(({ content }) => numbersIn(content)));
    const errors: FieldError[] = [];
    const touched = new Set<string>();
    for (const [index, { item, words }] of passages.entries()) {
      // Includes text that is only in an earlier version, which can still be read.
      const isKnown = numbers.has(item);
      const hit = [...known, ...kept].filter(({ content }) => isKnown && redact(content, item, words) > 0);
      if (hit.length === 0) {
        errors.push({ field: `passages.${index}.words`, message: 'words do not occur in this item' });
      }
      for (const { label } of hit) touched.add(label);
    }
    if (errors.length > 0) throw invalid(errors);
    return [...touched];
  }
}
