import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Actor, Subject } from '../access/caller.js';
import { Clock } from '../common/clock.js';
import { dialectOf } from '../database/dialect.js';
import { execute, row } from '../database/rows.js';
import { insertRows } from '../database/writes.js';
import { linkOf, type AuditFact } from './audit.rules.js';
import type { AuditOperation } from './operations.js';

type Result = 'done' | 'refused';

/** Records every change in the transaction of the change. Ids only, never values. */
@Injectable()
export class Audit {
  constructor(private readonly clock: Clock) {}

  /**
   * Appends one entry. On PostgreSQL this locks the head row, so call it late in the transaction. `digest` is the hash
   * of the object: from then on, the object cannot be forged without the trail showing it.
   */
  record(
    manager: EntityManager,
    by: Actor,
    operation: AuditOperation,
    subject: Subject,
    digest: string | null = null,
  ): Promise<void> {
    return this.recordAll(manager, by, [{ operation, subject, digest }]);
  }

  /** The same for a refused operation. */
  recordRefusal(manager: EntityManager, by: Actor, operation: AuditOperation, subject: Subject): Promise<void> {
    return this.recordAll(manager, by, [{ operation, subject, result: 'refused' }]);
  }

  /** The same for several entries, in order. */
  async recordAll(
    manager: EntityManager,
    by: Actor,
    entries: readonly { operation: AuditOperation; subject: Subject; digest?: string | null; result?: Result }[],
  ): Promise<void> {
    if (entries.length === 0) return;
    for (const { subject } of entries) by.once?.note(subject);
    const head = (await row<{ sequence: number; hash: string }>(
      manager,
      `SELECT "sequence", "hash" FROM "audit_head" WHERE "id" = 1${dialectOf(manager).forUpdate}`,
    ))!;
    const at = this.clock.moment();
    let last = head;
    await insertRows(manager, 'audit_entries', entries, ({ operation, subject, digest = null, result = 'done' }) => {
      const fact: AuditFact = {
        sequence: last.sequence + 1,
        at,
        actorId: by.personId,
        clientId: by.clientId ?? null,
        how: by.how,
        operation,
        objectType: subject.type,
        objectId: subject.id,
        areaId: subject.areaId ?? null,
        isConfidential: subject.isConfidential ?? false,
        result,
        digest,
      };
      const link = { ...fact, previousHash: last.hash, hash: linkOf(last.hash, fact) };
      last = link;
      return link;
    });
    await execute(
      manager,
      `UPDATE "audit_head" SET "sequence" = $1, "hash" = $2 WHERE "id" = 1${dialectOf(manager).tellingAll}`,
      [last.sequence, last.hash],
    );
  }
}
