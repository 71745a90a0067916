import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Caller, Subject } from '../platform/access/caller.js';
import { Audit } from '../platform/audit/audit.service.js';
import { notFound } from '../platform/common/problems.js';
import { SETTINGS, type Settings } from '../platform/settings.js';
import { Database } from '../platform/database/database.js';
import { dialectOf } from '../platform/database/dialect.js';
import { Params, row, type Source } from '../platform/database/rows.js';
import { Transactions } from '../platform/database/transactions.js';
import { referencesKnownTo } from './references/action-references.service.js';
import { allowedTo, type Guarded, visibilityOf } from './action-access.rules.js';
import { writableSessions } from '../meetings/meetings.access.js';
import { discussedInIds, isProvisional, rowInSession } from './history/as-of-session.js';
import { coOwnersOf, LINE_COLUMNS, organisationIdsOf, roomFor, VIEW_COLUMNS, VIEW_SHAPE } from './action-columns.js';
import { type ActionView, type PublicActionLine, toPublicLine, toView, type ViewRow } from './actions.views.js';

type FoundRow = ViewRow & { sessionState: string | null; isProvisional: boolean; discussedInIds: string[] };

/**
 * SQL for the days of the sessions in which `a` was discussed or reported finished, as a JSON list in order; `writable` is
 * the condition for sessions in which the caller writes.
 */
function discussedOn(source: Source, writable: string): string {
  const days = dialectOf(source).jsonList('held."heldOn"');
  return `(SELECT ${days} FROM "discussions" d JOIN "sessions" held ON held."id" = d."sessionId"
    JOIN "meetings" hm ON hm."id" = held."meetingId"
    WHERE d."actionId" = a."id" AND (held."state" <> 'open' OR ${writable}) AND (d."outcome" <> 'not_discussed' OR EXISTS (
      SELECT 1 FROM "action_updates" f WHERE f."id" = ${rowInSession('a', 'held')} AND f."closedOn" IS NOT NULL)))`;
}

const newViewSql = (source: Source, id: string, writable: string): string => `
  SELECT ${LINE_COLUMNS}, ${coOwnersOf(source)} AS "coOwners", m."name" AS "meetingName", s."heldOn" AS "sessionHeldOn",
    s."state" AS "sessionState", i."title" AS "agendaItemTitle", ${VIEW_COLUMNS}, r."name" AS "requestedByName",
    ${roomFor('followsOnNumber', 'allowed', 'referenceUrl')},
    ${organisationIdsOf(source, 'action_parties')} AS "partyIds", ${discussedOn(source, writable)} AS "discussedOn",
    ${isProvisional('a')} AS "isProvisional", ${discussedInIds(source, 'a')} AS "discussedInIds"
  FROM "actions" a
  LEFT JOIN "meetings" m ON m."id" = a."meetingId" LEFT JOIN "sessions" s ON s."id" = a."sessionId"
  LEFT JOIN "agenda_items" i ON i."id" = a."agendaItemId" LEFT JOIN "organisations" r ON r."id" = a."requestedById"
  WHERE a."id" = ${id}`;

const viewTexts = new Map<string, string>();
const MOST_TEXTS = 100;

/** SQL of one action; its three thousand characters are put together once for each number of areas of a caller. */
function viewSql(source: Source, id: string, caller: Caller, params: Params): string {
  const writable = writableSessions(caller, 'held', 'hm', params);
  const place = params.add(id);
  const key = `${dialectOf(source).name} ${place} ${writable}`;
  let text = viewTexts.get(key);
  if (!text) {
    if (viewTexts.size >= MOST_TEXTS) viewTexts.clear();
    viewTexts.set(key, (text = newViewSql(source, place, writable)));
  }
  return text;
}

const SHAPE = { ...VIEW_SHAPE, isProvisional: 'boolean', discussedInIds: 'json' } as const;

@Injectable()
export class ActionReading {
  constructor(
    private readonly database: Database,
    private readonly transactions: Transactions,
    private readonly audit: Audit,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  /** One action as visible to the caller; 404 if unknown or hidden. Reading a confidential one is recorded. */
  async read(id: string, caller: Caller): Promise<ActionView | PublicActionLine> {
    const { found, guarded } = await this.find(undefined, id, caller);
    const visibility = visibilityOf(caller, guarded);
    if (visibility === 'none') throw notFound();
    if (visibility === 'public') return toPublicLine(found, caller.today);
    const { areaId, isConfidential, partyIds } = found;
    if (isConfidential) await this.log(caller, { type: 'action', id, areaId, isConfidential, partyIds });
    return this.toView(this.database.reader, found, guarded, caller);
  }

  /** The view inside a write, for a caller already authorised, who may just have handed the action back. */
  async view(manager: EntityManager, id: string, caller: Caller): Promise<ActionView> {
    const { found, guarded } = await this.find(manager, id, caller);
    return this.toView(manager, found, guarded, caller);
  }

  /** One entry per request: who read confidential text and when, never the text itself. */
  async log(caller: Caller, subject: Subject): Promise<void> {
    await this.transactions.run((manager) => this.audit.record(manager, caller, 'action.read', subject));
  }

  private async find(manager: EntityManager | undefined, id: string, caller: Caller) {
    const source = manager ?? this.database.reader;
    const params = new Params();
    const sql = viewSql(source, id, caller, params);
    const read = () => row<FoundRow>(source, sql, params.values, SHAPE);
    const found = await (manager ? read() : this.database.together(read));
    if (!found) throw notFound();
    const { areaId, meetingId, sessionId, ownerId, isConfidential, isPublic, isWithdrawn, status, partyIds } = found;
    const { isProvisional: provisional, discussedInIds: inIds } = found;
    const coOwnerIds = found.coOwners.map((one) => one.id);
    const isOriginOpen = found.sessionState === 'open';
    const guarded: Guarded = {
      areaId,
      meetingId,
      sessionId,
      ownerId,
      isConfidential,
      isPublic,
      isWithdrawn,
      status,
      partyIds,
      coOwnerIds,
      isOriginOpen,
      isProvisional: provisional,
      discussedInIds: inIds,
    };
    return { found, guarded };
  }

  private async toView(source: Source, found: FoundRow, guarded: Guarded, caller: Caller): Promise<ActionView> {
    const allowed = allowedTo(caller, guarded);
    const known = await referencesKnownTo(source, found, caller);
    return Object.assign(toView(found, allowed, caller.today, this.settings), known, {
      ...{ sessionState: undefined, isProvisional: undefined, discussedInIds: undefined },
    });
  }
}
