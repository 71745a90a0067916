import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Actor, Subject } from '../access/caller.js';
import { Clock } from '../common/clock.js';
import { dialectOf } from '../database/dialect.js';
import { holdBack } from '../common/held-writes.js';
import { execute, row } from '../database/rows.js';
import { insertRows } from '../database/writes.js';
import { linkOf, type AuditFact, type ChainEnd } from './audit.rules.js';
import type { AuditOperation } from './operations.js';

type Result = 'done' | 'refused';
/** An entry without its place in the chain. */
type Recorded = Omit<AuditFact, 'sequence' | 'at'>;

/**
 * Records every change in the transaction of the change. Ids only, never values. Entries are held back and written right before
 * the commit, because writing them locks the head of the chain for everybody: what a transaction records itself is not in the
 * trail until then (`writeHeld`).
 */
@Injectable()
export class Audit {
  constructor(private readonly clock: Clock) {}

  /**
   * Appends one entry. `digest` is the hash of the object: from then on, the object cannot be forged without the trail
   * showing it.
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
    const recorded = entries.map(({ operation, subject, digest = null, result = 'done' }): Recorded => {
      by.once?.note(subject);
      return {
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
    });
    holdBack(manager, this.append, recorded);
  }

  /** Appends entries to the chain, whose head stays locked until the commit on PostgreSQL. */
  private readonly append = async (manager: EntityManager, entries: readonly Recorded[]): Promise<void> => {
    const { forUpdate, tellingAll } = dialectOf(manager);
    const head = `SELECT "sequence", "hash" FROM "audit_head" WHERE "id" = 1${forUpdate}`;
    let last = (await row<ChainEnd>(manager, head))!;
    const at = this.clock.moment();
    await insertRows(manager, 'audit_entries', entries, (entry) => {
      const fact: AuditFact = { sequence: last.sequence + 1, at, ...entry };
      const link = { ...fact, previousHash: last.hash, hash: linkOf(last.hash, fact) };
      last = link;
      return link;
    });
    await execute(manager, `UPDATE "audit_head" SET "sequence" = $1, "hash" = $2 WHERE "id" = 1${tellingAll}`, [
      last.sequence,
      last.hash,
    ]);
  };
}
