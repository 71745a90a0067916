import { Inject, Injectable } from '@nestjs/common';
import type { AuditOperation } from '../../platform/audit/operations.js';
import type { EntityManager } from 'typeorm';
import type { Actor } from '../../platform/access/caller.js';
import { Audit } from '../../platform/audit/audit.service.js';
import { Clock } from '../../platform/common/clock.js';
import { Database } from '../../platform/database/database.js';
import { execute, row, rows, type Source } from '../../platform/database/rows.js';
import { lockOne, Transactions } from '../../platform/database/transactions.js';
import { Minutes } from '../../minutes/minutes.entity.js';
import { Destruction } from '../redaction/destruction.service.js';
import { SETTINGS, type Settings } from '../../platform/settings.js';
import { OLD_MINUTES, type Step, type TableClass, tableClasses } from './classes.js';
import { inWords, keptFrom, type Term, termOf } from './retention.rules.js';
import { TrailDestruction } from './trail-destruction.service.js';

/** The data of one class that is past its retention period, or was destroyed because of it. */
interface RetentionLine {
  name: string;
  what: string;
  term: string;
  /** The first day that is kept. */
  keptFrom: string;
  count: number;
}

interface Class {
  name: string;
  what: string;
  term: Term;
  count(source: Source, from: string): Promise<number>;
  /** Destroys one batch in one transaction and returns its size; 0 if nothing is left. */
  destroySome(manager: EntityManager, from: string, by: Actor): Promise<number>;
}

const AT_ONCE = 500;

/** Destroys data that is past its retention period, class by class, with a preview first. Hash chains remain valid. */
@Injectable()
export class Retention {
  private readonly classes: Class[];

  constructor(
    private readonly database: Database,
    private readonly transactions: Transactions,
    private readonly audit: Audit,
    private readonly clock: Clock,
    private readonly destruction: Destruction,
    private readonly trail: TrailDestruction,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {
    this.classes = [this.minutes(), ...tableClasses(settings).map(ofTable), this.auditTrail()];
  }

  /** What would be destroyed today, per class; changes nothing. */
  async preview(): Promise<RetentionLine[]> {
    const lines: RetentionLine[] = [];
    for (const one of this.classes) {
      const from = keptFrom(one.term, this.clock.today());
      lines.push(lineOf(one, from, await one.count(this.database.reader, from)));
    }
    return lines;
  }

  /** Destroys it in small transactions, so that the service keeps working; returns what was destroyed. */
  async execute(by: Actor): Promise<RetentionLine[]> {
    const lines: RetentionLine[] = [];
    for (const one of this.classes) {
      const from = keptFrom(one.term, this.clock.today());
      const count = await one.count(this.database.reader, from);
      while ((await this.transactions.run((manager) => one.destroySome(manager, from, by))) > 0);
      if (count > 0) {
        const name = one.name.replaceAll('-', '_');
        const operation = `retention.${name}_destroyed` as AuditOperation;
        const subject = { type: 'retention', id: null };
        await this.transactions.run((manager) => this.audit.record(manager, by, operation, subject));
      }
      lines.push(lineOf(one, from, count));
    }
    await this.transactions.removeForGood(async () => {});
    return lines;
  }

  private minutes(): Class {
    const { MINUTES_RETENTION_YEARS: years } = this.settings;
    return {
      name: 'minutes',
      what: 'text of minutes, with the notes, decisions and guests of the session',
      term: termOf(this.settings, 'MINUTES_RETENTION_YEARS'),
      count: (source, from) => countOf(source, `SELECT count(*) AS "count" ${OLD_MINUTES}`, from),
      destroySome: async (manager, from, by) => {
        const sql = `SELECT m."id", g."areaId" ${OLD_MINUTES.replace('WHERE', 'JOIN "meetings" g ON g."id" = s."meetingId" WHERE')} LIMIT 20`;
        const old = await rows<{ id: string; areaId: string }>(manager, sql, [from]);
        for (const { id, areaId } of old) {
          const minutes = await lockOne(manager, Minutes, id);
          await this.destruction.ofMinutes(manager, minutes, `Einde van de bewaartermijn van ${years} jaar.`, by);
          await this.audit.record(manager, by, 'minutes.destroyed', { type: 'minutes', id, areaId });
        }
        return old.length;
      },
    };
  }

  private auditTrail(): Class {
    return {
      name: 'audit',
      what: 'audit entries; the rest remains a valid chain',
      term: termOf(this.settings, 'AUDIT_RETENTION_YEARS'),
      count: (source, from) => this.trail.count(source, from),
      destroySome: (manager, from, by) => this.trail.destroy(manager, from, by),
    };
  }
}

const lineOf = ({ name, what, term }: Class, from: string, count: number): RetentionLine => ({
  ...{ name, what, term: inWords(term), keptFrom: from, count },
});

const countOf = async (source: Source, sql: string, from: string): Promise<number> =>
  (await row<{ count: number }>(source, sql, [from]))!.count;

function ofTable({ steps, ...facts }: TableClass): Class {
  const { table, where } = steps.at(-1)!;
  return {
    ...facts,
    count: (source, from) => countOf(source, `SELECT count(*) AS "count" FROM "${table}" WHERE ${where}`, from),
    destroySome: async (manager, from) => {
      for (const step of steps) {
        const done = await destroySome(manager, step, from);
        if (done > 0) return done;
      }
      return 0;
    },
  };
}

function destroySome(manager: EntityManager, { table, key = 'id', where, set }: Step, from: string): Promise<number> {
  const some = `WHERE ${where} AND "${key}" IN (SELECT "${key}" FROM "${table}" WHERE ${where} LIMIT ${AT_ONCE})`;
  const change = set ? `UPDATE "${table}" SET ${set}` : `DELETE FROM "${table}"`;
  return execute(manager, `${change} ${some}`, [from]);
}
