import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { DueKind } from '../../actions/action.entity.js';
import { Clock } from '../../platform/common/clock.js';
import { ACTION_PARTIES, isParty } from '../../platform/access/confidentiality.js';
import { inForce, Params, row, rows, type Source } from '../../platform/database/rows.js';
import { type Mail, type MailKind, MakesMail } from '../../platform/mail/mail-kinds.js';
import { MailLinks } from '../../platform/mail/mail-links.service.js';
import type { OutgoingMessage } from '../../platform/mail/outgoing-message.entity.js';
import { Renderer } from '../../platform/rendering/renderer.js';
import { SETTINGS, type Settings } from '../../platform/settings.js';
import { MINUTES_MAIL } from './dispatch-reports.service.js';
import { toActionLine } from '../documents/action-lines.rules.js';
import { type MinutesDocument, toDocument } from '../documents/minutes-document.rules.js';
import { whatChanged } from './changed-minutes.rules.js';
import { MinutesPapers } from '../documents/minutes-papers.service.js';
import { deadlineWords } from '../../actions/words.js';
import { OPEN_PART } from '../minutes-content.js';
import type { MinutesView } from '../minutes.dto.js';
import { MinutesService } from '../minutes.service.js';
import { actingByMail } from '../../directory/organisations/merged.conditions.js';
import { Recipients } from './recipients.service.js';

const ANSWER_DAYS = 14;

interface Addressee {
  name: string;
}

/**
 * The mail with the minutes: the recipient's own new actions, then the open text. Confidential text is never mailed.
 */
@Injectable()
@MakesMail([MINUTES_MAIL])
export class MinutesMail implements MailKind {
  constructor(
    private readonly minutes: MinutesService,
    private readonly papers: MinutesPapers,
    private readonly recipients: Recipients,
    private readonly links: MailLinks,
    private readonly renderer: Renderer,
    private readonly clock: Clock,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  /** Null if the person can no longer receive mail, or if a later version of the minutes was sent meanwhile. */
  async make(manager: EntityManager, message: OutgoingMessage): Promise<Mail | null> {
    const versionId = String(message.payload.versionId);
    const addressee = await this.addressee(manager, message);
    const copy = addressee && (await this.minutes.openCopy(manager, versionId));
    if (!copy) return null;
    const { isOutdated, isChanged } = await this.otherSendings(manager, versionId, message);
    if (isOutdated) return null;
    const ids = await this.ownIds(manager, copy.sessionId, message.personId!);
    const ownActions = await this.ownActions(manager, copy, ids, message);
    const confidential = await this.confidentialActions(manager, ids, message.personId!);
    const document = toDocument(copy);
    const view = {
      ...document,
      name: addressee.name,
      ownActions,
      confidential,
      hasOwn: ownActions.length + confidential.length > 0,
      loginUrl: `${this.settings.PUBLIC_URL}/mijn-acties`,
      unsubscribeUrl: null,
      isChanged,
      changes: await this.changes(manager, versionId, document),
      municipality: this.settings.MUNICIPALITY,
      url: `${this.settings.PUBLIC_URL}/verslagen/${copy.sessionId}`,
    };
    return {
      ...this.renderer.renderMessage('minutes/mails/minutes', view),
      replyTo: await this.chairAddress(manager, copy.sessionId),
      attachments: [this.papers.attachmentOf(copy)],
      lines: ownActions.length + confidential.length,
    };
  }

  /** Prevents a retry from sending text that was redacted, destroyed or replaced since. */
  async isStillWanted(manager: EntityManager, message: OutgoingMessage): Promise<boolean> {
    const versionId = String(message.payload.versionId);
    const copy = await this.minutes.openCopy(manager, versionId);
    if (copy === null || (await this.addressee(manager, message)) === undefined) return false;
    return !(await this.otherSendings(manager, versionId, message)).isOutdated;
  }

  private addressee(source: Source, { personId, address }: OutgoingMessage): Promise<Addressee | undefined> {
    const sql = 'SELECT "name" FROM "people" WHERE "id" = $1 AND "email" = $2 AND "active"';
    return row<Addressee>(source, sql, [personId, address]);
  }

  /** The recipient's new actions in the open text, each with its answer link. */
  private async ownActions(
    manager: EntityManager,
    copy: MinutesView,
    ids: ReadonlyMap<string, string>,
    message: OutgoingMessage,
  ) {
    const own = copy.actions.filter(({ number }) => ids.has(number));
    if (own.length === 0) return [];
    const token = await this.links.issue(manager, {
      purpose: 'minutes',
      personId: message.personId!,
      messageId: message.id,
      subjectIds: own.map(({ number }) => ids.get(number)!),
      days: ANSWER_DAYS,
    });
    const url = `${this.settings.PUBLIC_URL}/antwoord/${token}`;
    return own.map((action) => ({ ...toActionLine(action), url: `${url}?actie=${action.number}#${action.number}` }));
  }

  /** New confidential actions, by number and deadline only: for those who may know them, never in a shared mailbox. */
  private async confidentialActions(source: Source, ids: ReadonlyMap<string, string>, personId: string) {
    const params = new Params();
    const own = actingByMail(params.add(personId), params.add(this.clock.today()));
    const found = await rows<{ number: string; dueKind: DueKind; dueOn: string | null }>(
      source,
      `SELECT a."number", a."dueKind", a."dueOn" FROM "actions" a
       WHERE a."isConfidential" AND a."id" IN (${params.list([...ids.values()])})
         AND ${isParty('a."id"', ACTION_PARTIES, own)}
       ORDER BY a."id"`,
      params.values,
    );
    return found.map(({ number, ...deadline }) => ({ number, when: deadlineWords(deadline) }));
  }

  /** The ids of the unfinished actions this person is responsible for, by number: nobody is asked about the rest. */
  private async ownIds(source: Source, sessionId: string, personId: string): Promise<Map<string, string>> {
    const today = this.clock.today();
    const people = await this.recipients.represented(source, personId, today);
    const owned = await this.recipients.ownedActions(source, sessionId, today);
    const own = owned.filter((action) => action.people.some((one) => people.includes(one.personId)));
    const params = new Params();
    const unfinished = await rows<{ id: string }>(
      source,
      `SELECT a."id" FROM "actions" a WHERE a."id" IN (${params.list(own.map(({ id }) => id))}) AND a."closedOn" IS NULL`,
      params.values,
    );
    const asked = new Set(unfinished.map(({ id }) => id));
    return new Map(own.filter(({ id }) => asked.has(id)).map(({ id, number }) => [number, id]));
  }

  /**
   * Whether a newer open text or a newer mail to this address was sent since; and whether a version was sent before.
   */
  private async otherSendings(source: Source, versionId: string, { id, address }: OutgoingMessage) {
    const sent = `SELECT 1 FROM "minutes_versions" x JOIN "minutes_events" e ON e."versionId" = x."id" AND e."kind" = 'sent'
      JOIN "minutes_parts" p ON p."versionId" = x."id" AND p."label" = '${OPEN_PART}' WHERE x."minutesId" = v."minutesId"`;
    return (await row<{ isOutdated: boolean; isChanged: boolean }>(
      source,
      `SELECT (EXISTS (${sent} AND coalesce(p."sinceNumber", x."number") > v."number") OR EXISTS (
           SELECT 1 FROM "outgoing_messages" o WHERE o."batchId" = v."minutesId" AND o."kind" = '${MINUTES_MAIL}'
             AND o."address" = $3 AND o."id" > $2)) AS "isOutdated",
         EXISTS (${sent} AND x."number" < v."number") AS "isChanged" FROM "minutes_versions" v WHERE v."id" = $1`,
      [versionId, id, address],
      { isOutdated: 'boolean', isChanged: 'boolean' },
    ))!;
  }

  /** The differences from the version that was sent before; empty if there was none, or if its text was destroyed. */
  private async changes(manager: EntityManager, versionId: string, document: MinutesDocument): Promise<string[]> {
    const former = await row<{ id: string }>(
      manager,
      `SELECT x."id" FROM "minutes_versions" x JOIN "minutes_versions" v ON v."minutesId" = x."minutesId" AND x."number" < v."number"
       WHERE v."id" = $1 AND EXISTS (SELECT 1 FROM "minutes_events" e WHERE e."versionId" = x."id" AND e."kind" = 'sent')
       ORDER BY x."number" DESC LIMIT 1`,
      [versionId],
    );
    const copy = former && (await this.minutes.openCopy(manager, former.id));
    return copy ? whatChanged(toDocument(copy), document) : [];
  }

  /** The voorzitter of the session, else a chair of the meeting. */
  private async chairAddress(source: Source, sessionId: string): Promise<string | undefined> {
    const chair = await row<{ email: string }>(
      source,
      `SELECT p."email" FROM "people" p JOIN (
         SELECT s."chairId" AS "id", 0 AS "place" FROM "sessions" s WHERE s."id" = $1
         UNION ALL SELECT i."personId", 1 FROM "sessions" s JOIN "invitations" i ON i."meetingId" = s."meetingId"
         WHERE s."id" = $1 AND i."role" = 'chair' AND ${inForce('i', '$2')}) c ON c."id" = p."id"
       WHERE p."active" AND p."email" IS NOT NULL ORDER BY c."place", p."id" LIMIT 1`,
      [sessionId, this.clock.today()],
    );
    return chair?.email;
  }
}
