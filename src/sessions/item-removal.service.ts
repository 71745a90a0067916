import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Files } from '../files/files.service.js';
import { Agenda } from '../meetings/agenda/agenda.service.js';
import { holdItem } from '../meetings/agenda/held-items.js';
import { agendaItemViolation } from '../meetings/agenda/agenda-items.rules.js';
import type { Caller } from '../platform/access/caller.js';
import { Audit } from '../platform/audit/audit.service.js';
import { mustMatch } from '../platform/common/etag.js';
import { conflict } from '../platform/common/problems.js';
import { row } from '../platform/database/rows.js';
import { Transactions } from '../platform/database/transactions.js';
import { forgetCurrentAt } from './current-item/forget-current.js';
import { hasOutcomeSql } from '../meetings/agenda/item-states.rules.js';

/** SQL for whether anything refers to item `i`: an action, an invitation for it, a later item carried over from it. */
export const IS_IN_USE = `(i."notes" IS NOT NULL OR i."decision" IS NOT NULL OR ${hasOutcomeSql('i')}
  OR EXISTS (SELECT 1 FROM "actions" a WHERE a."agendaItemId" = i."id")
  OR EXISTS (SELECT 1 FROM "invitations" n WHERE n."agendaItemId" = i."id")
  OR EXISTS (SELECT 1 FROM "agenda_items" later WHERE later."carriedFromId" = i."id"))`;
const IN_USE = `SELECT 1 AS "found" FROM "agenda_items" i WHERE i."id" = $1 AND ${IS_IN_USE}`;

/** Takes items off an agenda. */
@Injectable()
export class ItemRemoval {
  constructor(
    private readonly transactions: Transactions,
    private readonly agenda: Agenda,
    private readonly audit: Audit,
    private readonly files: Files,
  ) {}

  /**
   * Removes an item of a session that is planned or open; one that was carried over waits for the next opening again.
   * 409 `ITEM_IN_USE` once anything is recorded under it, and `ITEM_PROPOSED` for a proposal, which must be answered
   * instead.
   */
  remove(id: string, version: number, by: Caller): Promise<void> {
    return this.transactions.run(async (manager) => {
      const { item, session, subject } = await holdItem(manager, id, 'sessions.write', by);
      mustMatch(item, version);
      const violation = agendaItemViolation({}, item, session.state);
      if (violation) throw conflict(violation.code, violation.detail);
      if (item.state === 'proposed') throw conflict('ITEM_PROPOSED', 'Accept or decline this proposal instead.');
      await mustBeUnused(manager, id);
      await this.audit.record(manager, by, 'agenda_item.removed', subject);
      await forgetCurrentAt(manager, id);
      await this.files.removeAllOf(manager, { kind: 'agenda_item', id }, by, subject);
      await this.agenda.remove(manager, item);
    });
  }
}

async function mustBeUnused(manager: EntityManager, id: string): Promise<void> {
  if (!(await row(manager, IN_USE, [id]))) return;
  throw conflict('ITEM_IN_USE', 'Something was recorded under this item; mark it not discussed instead.');
}
