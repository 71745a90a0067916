import { Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { readableActions } from '../../actions/action-conditions.js';
import { readableSessions, writableSessions } from '../../meetings/meetings.access.js';
import type { SessionState } from '../../meetings/session.entity.js';
import type { Caller } from '../../platform/access/caller.js';
import { ACTION_PARTIES, ITEM_PARTIES, knownTo } from '../../platform/access/confidentiality.js';
import { notFound } from '../../platform/common/problems.js';
import { Database } from '../../platform/database/database.js';
import { dialectOf } from '../../platform/database/dialect.js';
import { Params, rows, type Source } from '../../platform/database/rows.js';

/** The rows that count: SQL over an agenda item `i`, a discussed action `a`, an action `a` recorded in the session. */
interface Counted {
  items: string;
  discussed: string;
  recorded: string;
  /** Over the current item: its agenda item `i` (all null for a part of the session) and the session `s`. */
  current: string;
}

interface Parts {
  id: string;
  session: string;
  attendances: unknown[];
  items: unknown[];
  discussed: unknown[];
  recorded: unknown[];
  current: string | null;
  decided: number;
}

export interface Stamped {
  state: SessionState;
  /** Stays the same as long as nothing changes that the caller may know. */
  version: string;
}

const SHAPE = { attendances: 'json', items: 'json', discussed: 'json', recorded: 'json' } as const;
const EVERYTHING: Counted = { items: 'TRUE', discussed: 'TRUE', recorded: 'TRUE', current: 'TRUE' };
const TEXT_OF_ALL = ['session', 'attendances', 'items', 'discussed', 'recorded', 'current', 'decided']
  .map((part) => `coalesce(CAST(w."${part}" AS text), '')`)
  .join(` || ' ' || `);
const VERSIONED = (alias: string) => `${alias}."id" || ' ' || ${alias}."version"`;

/**
 * Versions of whole sessions. Every change in a session increments the version of its own row; this is a digest of
 * those versions, over the rows that the caller may know. It therefore reveals nothing that reading the session would
 * not: a change of something confidential does not change the version for others.
 */
@Injectable()
export class SessionStamps {
  constructor(private readonly database: Database) {}

  /** The session for a caller; 404 if they may not know it. */
  async of(id: string, caller: Caller): Promise<Stamped> {
    const source = this.database.reader;
    const params = new Params();
    const known: Counted = {
      items: knownTo(caller, 'i', ITEM_PARTIES, params),
      discussed: knownTo(caller, 'a', ACTION_PARTIES, params),
      recorded: readableActions(source, caller, params),
      current: `${writableSessions(caller, 's', 'm', params)} AND (i."id" IS NULL OR ${knownTo(caller, 'i', ITEM_PARTIES, params)})`,
    };
    const sql = `${this.select(source, [id], known, params)} AND ${readableSessions(caller, params)}`;
    const [found] = await rows<Parts & { state: SessionState }>(source, sql, params.values, SHAPE);
    if (!found) throw notFound();
    const { state, ...parts } = found;
    return { state, version: digestOf(parts) };
  }

  /**
   * A value that changes with any of these sessions, regardless of the reader. Never leaves the service: it is the text of all
   * those versions, since a hundred open sessions are compared after every commit.
   */
  async whole(ids: readonly string[]): Promise<Map<string, string>> {
    const params = new Params();
    const parts = this.select(this.database.reader, ids, EVERYTHING, params);
    const sql = `SELECT w."id", ${TEXT_OF_ALL} AS "whole" FROM (${parts}) w`;
    const found = await rows<{ id: string; whole: string }>(this.database.reader, sql, params.values);
    return new Map(found.map(({ id, whole }) => [id, whole]));
  }

  private select(source: Source, ids: readonly string[], known: Counted, params: Params): string {
    const list = (value: string, orderBy?: string) => dialectOf(source).jsonList(value, orderBy);
    return `SELECT s."id", s."state", s."version" || ' ' || s."state" AS "session",
      (SELECT ${list(VERSIONED('t'))} FROM "attendances" t WHERE t."sessionId" = s."id") AS "attendances",
      (SELECT ${list(VERSIONED('i'), 'i."position", i."id"')} FROM "agenda_items" i
         WHERE i."sessionId" = s."id" AND ${known.items}) AS "items",
      (SELECT ${list(`${VERSIONED('d')} || ' ' || a."version"`)} FROM "discussions" d JOIN "actions" a ON a."id" = d."actionId"
         WHERE d."sessionId" = s."id" AND NOT a."isWithdrawn" AND ${known.discussed}) AS "discussed",
      (SELECT ${list(VERSIONED('a'))} FROM "actions" a
         WHERE a."sessionId" = s."id" AND NOT a."isWithdrawn" AND ${known.recorded}) AS "recorded",
      (SELECT coalesce(c."part", CAST(c."agendaItemId" AS varchar)) FROM "current_items" c
         LEFT JOIN "agenda_items" i ON i."id" = c."agendaItemId" WHERE c."sessionId" = s."id" AND ${known.current}) AS "current",
      (SELECT count(*) FROM "initiative_changes" x WHERE x."sessionId" = s."id")
        + (SELECT count(*) FROM "question_changes" y WHERE y."sessionId" = s."id") AS "decided"
      FROM "sessions" s JOIN "meetings" m ON m."id" = s."meetingId" WHERE s."id" IN (${params.list(ids)})`;
  }
}

const digestOf = (parts: Parts): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 16);
