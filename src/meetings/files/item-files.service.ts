import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { isPermittedAt } from '../../platform/access/access.rules.js';
import type { Caller } from '../../platform/access/caller.js';
import { ITEM_PARTIES, knownTo, mayKnow } from '../../platform/access/confidentiality.js';
import { grouped } from '../../platform/common/grouped.js';
import type { IncomingForm } from '../../platform/common/form-files.js';
import { conflict, forbidden, notFound } from '../../platform/common/problems.js';
import { Params, row, rows, type Source } from '../../platform/database/rows.js';
import { lockOne, Transactions } from '../../platform/database/transactions.js';
import { fileBlock, type FileRights } from '../../files/file-blocks.rules.js';
import type { Thing } from '../../files/file.entity.js';
import { FileStaging } from '../../files/file-staging.service.js';
import { Files } from '../../files/files.service.js';
import type { FileView } from '../../files/files.views.js';
import type { RejectedForm } from '../../web/forms.js';
import { partiesOf } from '../agenda/held-items.js';
import { AgendaItemViews } from '../agenda/agenda-item-views.service.js';
import { AgendaItem } from '../agenda/agenda-item.entity.js';
import { Meeting } from '../meeting.entity.js';
import { mayReadSession } from '../meetings.access.js';
import type { ItemFileView } from './item-files.views.js';
import { itemsWithPapersOf } from '../agenda/papers-of-items.js';
import { Session } from '../session.entity.js';

const thingOf = (id: string): Thing => ({ kind: 'agenda_item', id });

/** The facts that determine who may change the papers of an item. */
interface Standing {
  id: string;
  proposedById: string | null;
  sessionId: string;
  state: Session['state'];
  areaId: string;
  meetingId: string;
  isFixed: boolean;
}

const STANDING = `SELECT i."id", i."proposedById", s."id" AS "sessionId", s."state", m."areaId", m."id" AS "meetingId",
    EXISTS (SELECT 1 FROM "minutes" v JOIN "minutes_events" e ON e."minutesId" = v."id"
      WHERE v."sessionId" = s."id" AND e."kind" = 'sent') AS "isFixed"
  FROM "agenda_items" i JOIN "sessions" s ON s."id" = i."sessionId" JOIN "meetings" m ON m."id" = s."meetingId"
  WHERE i."id" = $1`;

/**
 * The papers of an agenda item. Those who may read the item may read them; they are fixed once its minutes have been
 * sent.
 */
@Injectable()
export class ItemFiles {
  constructor(
    private readonly transactions: Transactions,
    private readonly views: AgendaItemViews,
    private readonly files: Files,
    private readonly staging: FileStaging,
  ) {}

  /**
   * Its papers, with those of the items it was carried over from first. Reading those of a confidential item is recorded as
   * reading the item.
   */
  async list(itemId: string, caller: Caller): Promise<ItemFileView[]> {
    await this.views.read(itemId, caller);
    return this.listOf(itemId, caller);
  }

  async one(itemId: string, fileId: string, caller: Caller): Promise<ItemFileView & { isConfidential: boolean }> {
    const { isConfidential } = await this.views.read(itemId, caller);
    const found = (await this.listOf(itemId, caller)).find(({ id }) => id === fileId);
    if (!found) throw notFound();
    return { ...found, isConfidential };
  }

  private async listOf(itemId: string, caller: Caller): Promise<ItemFileView[]> {
    const params = new Params();
    const isKnown = (earlier: string) => knownTo(caller, earlier, ITEM_PARTIES, params);
    const ids = await rows<{ id: string; heldOn: string }>(
      this.files.reader,
      `SELECT n."id", s."heldOn" FROM "agenda_items" i JOIN "agenda_items" n ON n."id" IN (${itemsWithPapersOf('i', isKnown)})
       JOIN "sessions" s ON s."id" = n."sessionId" WHERE i."id" = ${params.add(itemId)} ORDER BY s."heldOn", n."id"`,
      params.values,
    );
    const files = await this.files.listOf(
      'agenda_item',
      ids.map(({ id }) => id),
    );
    return ids.flatMap(({ id, heldOn }) =>
      (files.get(id) ?? []).map((file) => ({ ...file, sentForOn: id === itemId ? null : heldOn })),
    );
  }

  /**
   * Adds the file of a form: allowed for those who write in the session and, before it, for the proposer of the item.
   * 409 once the minutes have been sent. Permissions are checked before any of it is stored, and again when it is
   * kept.
   */
  async add(itemId: string, incoming: IncomingForm | undefined, by: Caller): Promise<FileView> {
    await this.views.read(itemId, by);
    mustBeAddable(by, await standingOf(this.files.reader, itemId));
    await this.files.mustHaveRoom(this.files.reader, thingOf(itemId));
    return this.staging.takeOne(thingOf(itemId), incoming, by, (staged) =>
      this.transactions.run(async (manager) => {
        const { standing, subject } = await this.hold(manager, itemId, by);
        mustBeAddable(by, standing);
        return this.files.keep(manager, staged, by, subject);
      }, by.once),
    );
  }

  /**
   * Allowed for the person who added it, and for those who write in the session; 409 once the minutes have been sent.
   */
  async remove(itemId: string, fileId: string, version: number, by: Caller): Promise<void> {
    await this.transactions.run(async (manager) => {
      const { standing, subject } = await this.hold(manager, itemId, by);
      const { addedById } = await this.files.one(thingOf(itemId), fileId, manager);
      if (!mayWriteIn(by, standing) && !(addedById === by.personId && mayAdd(by, standing))) throw forbidden();
      mustNotBeFixed(standing);
      await this.files.remove(manager, thingOf(itemId), { id: fileId, version }, by, subject);
    });
    await this.files.afterwards(fileId);
  }

  /**
   * Redacts a file of papers that are fixed, stating the ground (weglakken): its bytes and name are destroyed, its hash
   * is kept.
   */
  async redact(itemId: string, fileId: string, ground: string, version: number, by: Caller): Promise<void> {
    await this.transactions.removeForGood(async (manager) => {
      const { standing, subject } = await this.hold(manager, itemId, by);
      if (!isPermittedAt(by, 'minutes.redact', { id: standing.sessionId, areaId: standing.areaId })) throw forbidden();
      if (!standing.isFixed)
        throw conflict('MINUTES_NOT_SENT', 'The minutes have not been sent yet: remove the file instead.');
      await this.files.redact(manager, thingOf(itemId), { id: fileId, version, ground }, by, subject);
    });
    await this.files.afterwards(fileId);
  }

  /** The page of the papers of an item. */
  async view(itemId: string, caller: Caller, rejected?: RejectedForm) {
    const item = await this.views.read(itemId, caller);
    const standing = (await standingOf(this.files.reader, itemId))!;
    const all = await this.list(itemId, caller);
    const files = all.filter(({ sentForOn }) => sentForOn === null);
    const [mayAddOne, mayWrite] = [mayAdd(caller, standing), mayWriteIn(caller, standing)];
    const rights = {
      mayAdd: mayAddOne && !standing.isFixed,
      mayRemove: ({ addedById }: FileView) =>
        !standing.isFixed && (mayWrite || (mayAddOne && addedById === caller.personId)),
      mayPublish: false,
    };
    const at = { id: standing.sessionId, areaId: standing.areaId };
    const place = { page: `/agendapunten/${itemId}`, api: `/v1/agenda-items/${itemId}/files` };
    return {
      title: `Stukken bij ${item.number}. ${item.title}`,
      number: item.number,
      itemTitle: item.title,
      isConfidential: item.isConfidential,
      session: `/vergaderingen/${standing.sessionId}`,
      isFixed: standing.isFixed,
      mayRedact: standing.isFixed && isPermittedAt(caller, 'minutes.redact', at),
      ...fileBlock(files, place, rights, rejected),
      earlier: groupsOf(all).map(([heldOn, sent]) => ({ heldOn, ...fileBlock(sent, place, NO_RIGHTS) })),
    };
  }

  /** Locks the session of the item; 404 if the caller may not know the item. */
  private async hold(manager: EntityManager, itemId: string, by: Caller) {
    const { sessionId } = await manager.findOneByOrFail(AgendaItem, { id: itemId });
    const session = await lockOne(manager, Session, sessionId);
    const { isConfidential } = await manager.findOneByOrFail(AgendaItem, { id: itemId });
    const partyIds = await partiesOf(manager, { id: itemId, isConfidential });
    const meeting = await manager.findOneByOrFail(Meeting, { id: session.meetingId });
    if (!mayKnow(by, isConfidential, partyIds) || !mayReadSession(by, session, meeting)) throw notFound();
    const standing = (await standingOf(manager, itemId))!;
    return { standing, subject: { areaId: meeting.areaId, isConfidential, partyIds } };
  }
}

const NO_RIGHTS: FileRights = { mayAdd: false, mayRemove: () => false, mayPublish: false };

/** The papers sent for earlier sessions, by the day of the session. */
const groupsOf = (files: readonly ItemFileView[]): [string, ItemFileView[]][] => [
  ...grouped(
    files.flatMap((file) => (file.sentForOn === null ? [] : [{ ...file, sentForOn: file.sentForOn }])),
    ({ sentForOn }) => sentForOn,
  ),
];

const standingOf = (source: Source, id: string): Promise<Standing | undefined> =>
  row<Standing>(source, STANDING, [id], { isFixed: 'boolean' });

const mayWriteIn = (by: Caller, { sessionId, areaId }: Standing): boolean =>
  isPermittedAt(by, 'sessions.write', { id: sessionId, areaId });

/** The proposer of an item may add its papers before the session. */
const mayAdd = (by: Caller, standing: Standing): boolean =>
  mayWriteIn(by, standing) ||
  (standing.state === 'planned' &&
    by.meetingIds.includes(standing.meetingId) &&
    standing.proposedById !== null &&
    by.organisationIds.includes(standing.proposedById));

function mustBeAddable(by: Caller, standing: Standing | undefined): void {
  if (!standing) throw notFound();
  if (!mayAdd(by, standing)) throw forbidden();
  mustNotBeFixed(standing);
  if (standing.state === 'cancelled') throw conflict('SESSION_CLOSED', 'This session is closed or cancelled.');
}

function mustNotBeFixed({ isFixed }: Standing): void {
  if (isFixed) throw conflict('MINUTES_SENT', 'The minutes have been sent; the papers of the session are fixed.');
}
