import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Actor, Subject } from '../access/caller.js';
import { Clock } from '../common/clock.js';
import { execute, row } from '../database/rows.js';
import { linkOf, type AuditFact } from './audit.rules.js';

/** Records every change, in the transaction of the change itself. Ids only, never values. */
@Injectable()
export class Audit {
  constructor(private readonly clock: Clock) {}

  /**
   * Appends one entry. The head row is locked on PostgreSQL, so call it late in the transaction. `digest` is the hash of
   * what it is about: from then on that cannot be made anew without the trail showing it.
   */
  async record(
    manager: EntityManager,
    by: Actor,
    operation: string,
    subject: Subject,
    digest: string | null = null,
  ): Promise<void> {
    by.once?.note(subject);
    const lock = manager.dataSource.options.type === 'postgres' ? ' FOR UPDATE' : '';
    const head = (await row<{ sequence: number; hash: string }>(
      manager,
      `SELECT "sequence", "hash" FROM "audit_head" WHERE "id" = 1${lock}`,
    ))!;
    const fact: AuditFact = {
      sequence: head.sequence + 1,
      at: this.clock.moment(),
      actorId: by.personId,
      how: by.how,
      operation,
      objectType: subject.type,
      objectId: subject.id,
      areaId: subject.areaId ?? null,
      isConfidential: subject.isConfidential ?? false,
      result: 'done',
      digest,
    };
    const hash = linkOf(head.hash, fact);
    await execute(
      manager,
      `INSERT INTO "audit_entries" ("sequence", "at", "actorId", "how", "operation", "objectType", "objectId", "areaId",
         "isConfidential", "result", "digest", "previousHash", "hash")
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
      [
        fact.sequence,
        fact.at,
        fact.actorId,
        fact.how,
        operation,
        fact.objectType,
        fact.objectId,
        fact.areaId,
        fact.isConfidential,
        fact.result,
        digest,
        head.hash,
        hash,
      ],
    );
    await execute(manager, 'UPDATE "audit_head" SET "sequence" = $1, "hash" = $2 WHERE "id" = 1', [
      fact.sequence,
      hash,
    ]);
  }
}
