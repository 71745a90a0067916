import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Actor } from '../../platform/access/caller.js';
import { Audit } from '../../platform/audit/audit.service.js';
import { newId } from '../../platform/common/ids.js';
import { conflict } from '../../platform/common/problems.js';
import { row, rows } from '../../platform/database/rows.js';
import { insertAll, updateRow } from '../../platform/database/writes.js';
import type { Session } from '../../meetings/session.entity.js';
import { composeParts } from './composing.rules.js';
import { OPEN_PART, type OpenContent } from '../minutes-content.js';
import { MaterialService } from './material.service.js';
import { MinutesName } from '../minutes-name.entity.js';
import type { VersionReason } from '../minutes-version.entity.js';
import { Minutes } from '../minutes.entity.js';
import { NameBook, type NameEntry } from '../name-book.rules.js';
import { VersionWriter } from '../version-writer.service.js';

/** Composes a version of the minutes whenever a session closes, in the same transaction. */
@Injectable()
export class Composing {
  constructor(
    private readonly material: MaterialService,
    private readonly versions: VersionWriter,
    private readonly audit: Audit,
  ) {}

  /**
   * Composes version 1, or the next one after a reopening or correction; the minutes are then a draft (`concept`). With
   * `keepsOpen`, for a change that only concerns a confidential part, the open part keeps its text: what was planned or renamed
   * since would otherwise make a new version of it, for which those who do not know of that part would see no reason.
   */
  async compose(
    manager: EntityManager,
    session: Pick<Session, 'id'>,
    by: Actor,
    reason: VersionReason = 'closing',
    keepsOpen = false,
  ): Promise<void> {
    const minutes = await this.minutesOf(manager, session.id);
    mustNotBeAdopted(minutes);
    const known = await rows<NameEntry>(
      manager,
      'SELECT "id", "personId", "name", "function" FROM "minutes_names" WHERE "minutesId" = $1',
      [minutes.id],
    );
    const names = new NameBook(known, newId);
    const material = await this.material.load(manager, session.id);
    const drafts = composeParts(material, names);
    const open = keepsOpen ? await openText(manager, minutes) : undefined;
    const parts = open ? drafts.map((part) => (part.label === OPEN_PART ? { ...part, ...open } : part)) : drafts;
    const version = await this.versions.write(manager, minutes, parts, reason, by);
    await insertAll(
      manager,
      MinutesName,
      names.added.map((name) => ({ ...name, minutesId: minutes.id })),
    );
    await updateRow(manager, Minutes, minutes.id, {
      state: 'concept',
      currentNumber: version.number,
    });
    const { sessionId } = minutes;
    await this.versions.note(manager, minutes, by, { kind: 'composed', sessionId, versionId: version.id });
    const subject = { type: 'minutes', id: minutes.id, areaId: material.session.area.id };
    await this.audit.record(manager, by, 'minutes.composed', subject, version.hash);
  }

  /** Turns the minutes back into a draft (`concept`); 409 once they are adopted. */
  async reopen(manager: EntityManager, session: Session, by: Actor): Promise<void> {
    const minutes = await manager.findOneBy(Minutes, { sessionId: session.id });
    if (!minutes) return;
    mustNotBeAdopted(minutes);
    await updateRow(manager, Minutes, minutes.id, { state: 'concept' });
    const { id: sessionId, reopeningReason: text } = session;
    await this.versions.note(manager, minutes, by, { kind: 'reopened', sessionId, text });
  }

  private async minutesOf(manager: EntityManager, sessionId: string): Promise<Minutes> {
    const found = await manager.findOneBy(Minutes, { sessionId });
    if (found) return found;
    const minutes: Minutes = {
      id: newId(),
      sessionId,
      state: 'concept',
      currentNumber: 0,
      sentAt: null,
      adoptedAt: null,
      adoptedInId: null,
      version: 0,
    };
    await manager.insert(Minutes, { ...minutes });
    return minutes;
  }
}

/** The open text of the version in force. */
function openText(
  manager: EntityManager,
  { id, currentNumber }: Minutes,
): Promise<{ content: OpenContent } | undefined> {
  return row<{ content: OpenContent }>(
    manager,
    `SELECT p."content" FROM "minutes_parts" p JOIN "minutes_versions" v ON v."id" = p."versionId"
     WHERE v."minutesId" = $1 AND v."number" = $2 AND p."label" = '${OPEN_PART}' AND p."content" IS NOT NULL`,
    [id, currentNumber],
    { content: 'json' },
  );
}

function mustNotBeAdopted({ state }: Minutes): void {
  if (state === 'adopted') throw conflict('MINUTES_ADOPTED', 'Adopted minutes can no longer change.');
}
