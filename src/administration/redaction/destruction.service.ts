import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Actor } from '../../platform/access/caller.js';
import { execute, Params, rows } from '../../platform/database/rows.js';
import { NEXT_VERSION, updateRow } from '../../platform/database/writes.js';
import { Minutes } from '../../minutes/minutes.entity.js';
import { ERASED_NAME } from '../../minutes/name-book.rules.js';
import { VersionWriter } from '../../minutes/version-writer.service.js';
import { takeOutOfAnswers, takeOutOfAnswersAbout } from '../copies/copies.js';
import { forgetMails } from './mail-redaction.js';

/** Replaces the title of an agenda item destroyed with its minutes. */
const DESTROYED = '(vernietigd)';

/** Redacts the papers of its items: the bytes are deleted by the next sweep, the hashes are kept. */
const NO_PAPERS = `UPDATE "files" SET "state" = 'redacted', "name" = '', "isPublic" = FALSE, "removedGround" = $2, ${NEXT_VERSION}
  WHERE "kind" = 'agenda_item' AND "state" = 'stored' AND "thingId" IN (SELECT "id" FROM "agenda_items" WHERE "sessionId" = $1)`;

const SHORTEST_SEARCHED = 12;
const MOST_SEARCHED = 50;

/** Destroys the text of minutes: the bytes are deleted, the hashes kept. The caller must check that it is allowed. */
@Injectable()
export class Destruction {
  constructor(private readonly versions: VersionWriter) {}

  /**
   * Destroys everything of minutes whose retention period has passed: every version, names, notes of the session, what
   * was mailed, and stored responses with any of it. Returns the longest of the destroyed texts, to find them
   * elsewhere.
   */
  async ofMinutes(manager: EntityManager, minutes: Minutes, ground: string, by: Actor): Promise<string[]> {
    const { id, sessionId, currentNumber } = minutes;
    const texts = await textsOf(manager, minutes);
    if (texts.length > 0) await takeOutOfAnswers(manager, texts);
    await takeOutOfAnswersAbout(manager, sessionId);
    await this.ofText(manager, minutes, null, currentNumber + 1);
    const items = `UPDATE "agenda_items" SET "title" = '${DESTROYED}', "notes" = NULL, "decision" = NULL, ${NEXT_VERSION} WHERE "sessionId" = $1`;
    await execute(manager, items, [sessionId]);
    await execute(manager, 'UPDATE "discussions" SET "note" = NULL WHERE "sessionId" = $1', [sessionId]);
    await execute(manager, NO_PAPERS, [sessionId, ground.slice(0, 500)]);
    const guests = `UPDATE "attendances" SET "guestName" = '${ERASED_NAME}' WHERE "sessionId" = $1 AND "guestName" IS NOT NULL`;
    await execute(manager, guests, [sessionId]);
    await execute(manager, 'UPDATE "minutes_names" SET "name" = NULL, "function" = NULL WHERE "minutesId" = $1', [id]);
    const remarks = `UPDATE "minutes_events" SET "text" = NULL WHERE "minutesId" = $1 AND "kind" IN ('remark', 'objection')`;
    await execute(manager, remarks, [id]);
    await forgetMails(manager, minutes, []);
    await this.versions.note(manager, minutes, by, { kind: 'destroyed', sessionId, text: ground });
    await updateRow(manager, Minutes, id);
    return texts;
  }

  /** Destroys the text of the versions before this number: of these parts, or (null) of all. */
  async ofText(manager: EntityManager, { id }: Minutes, labels: string[] | null, before: number): Promise<void> {
    const params = new Params();
    const versions = `SELECT v."id" FROM "minutes_versions" v WHERE v."minutesId" = ${params.add(id)} AND v."number" < ${params.add(before)}`;
    const which = labels === null ? '' : ` AND "label" IN (${params.list(labels)})`;
    await execute(
      manager,
      `UPDATE "minutes_parts" SET "content" = NULL, "salt" = NULL WHERE "versionId" IN (${versions})${which}`,
      params.values,
    );
  }
}

/** The titles, notes, decisions and remarks of a session that are long enough to be its own words, longest first. */
async function textsOf(manager: EntityManager, { id, sessionId }: Minutes): Promise<string[]> {
  const found = await rows<{ text: string }>(
    manager,
    `SELECT DISTINCT t."text", length(t."text") AS "size" FROM (
       SELECT "title" AS "text" FROM "agenda_items" WHERE "sessionId" = $1 AND "kind" = 'topic'
       UNION SELECT "notes" FROM "agenda_items" WHERE "sessionId" = $1
       UNION SELECT "decision" FROM "agenda_items" WHERE "sessionId" = $1
       UNION SELECT "note" FROM "discussions" WHERE "sessionId" = $1
       UNION SELECT "text" FROM "minutes_events" WHERE "minutesId" = $2 AND "kind" IN ('remark', 'objection')) t
     WHERE length(t."text") >= ${SHORTEST_SEARCHED} ORDER BY "size" DESC, t."text" LIMIT ${MOST_SEARCHED}`,
    [sessionId, id],
  );
  return found.map(({ text }) => text);
}
