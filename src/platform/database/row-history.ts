import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../common/clock.js';
import { newId } from '../common/ids.js';
import type { Dialect } from './dialect.js';
import { type Params, row } from './rows.js';
import { insertRow } from './writes.js';

/**
 * The columns that reviews read from rows that are updated in place. Actions, measurements, courses and judgements have
 * a history of their own; none of these columns holds a person's name.
 */
const KEPT = {
  actions: ['goalId', 'opgaveId', 'followsOnId'],
  area_names: ['areaId', 'name', 'untilOn'],
  area_parents: ['areaId', 'parentId', 'fromOn', 'untilOn'],
  attendances: ['sessionId', 'organisationId', 'personId', 'isReplacement', 'status', 'alsoForIds'],
  discussions: ['sessionId', 'actionId', 'outcome'],
  goals: [
    ...['areaId', 'kind', 'activatedOn', 'title', 'theme', 'opgaveId', 'indicator', 'unit', 'target', 'direction'],
    ...['metric', 'baseline', 'baselineOn', 'courseKind', 'startsOn', 'endsOn'],
  ],
  invitations: ['meetingId', 'organisationId', 'role', 'agendaItemId', 'fromOn', 'untilOn'],
  meetings: ['areaId', 'name'],
  opgaven: ['title'],
  organisations: ['name', 'kind', 'mergedIntoId'],
  sessions: ['meetingId', 'heldOn', 'state', 'openedAt', 'closedAt'],
} satisfies Record<string, string[]>;
type KeptTable = keyof typeof KEPT;

/** Saves the previous state of rows in the transaction that changes them. */
@Injectable()
export class RowHistory {
  constructor(private readonly clock: Clock) {}

  /**
   * Saves the state of a row before it is changed or deleted; does nothing if no review reads what `changes`.
   * `countsFrom` is the day from which the change takes effect; if omitted, the change corrects something that was
   * never true.
   */
  async keep(
    manager: EntityManager,
    table: KeptTable,
    id: string,
    changes?: object,
    countsFrom: string | null = null,
  ): Promise<void> {
    if (changes && !KEPT[table].some((column) => column in changes)) return;
    const columns = KEPT[table].map((column) => `"${column}"`).join(', ');
    const state = await row<object>(manager, `SELECT "id", ${columns} FROM "${table}" WHERE "id" = $1`, [id]);
    await this.insert(manager, { tableName: table, rowId: id, state: JSON.stringify(state), countsFrom });
  }

  /** Saves that a row did not exist, before it is created. */
  keepAbsence(manager: EntityManager, table: KeptTable, id: string): Promise<void> {
    return this.insert(manager, { tableName: table, rowId: id, state: null, countsFrom: null });
  }

  private insert(manager: EntityManager, former: Record<string, string | null>): Promise<void> {
    return insertRow(manager, 'former_states', { id: newId(), ...former, untilAt: this.clock.moment() });
  }
}

/** SQL for rows as of a day, as known at a point in time. */
export class PointInTime {
  private on: string | undefined;
  private known: string | undefined;

  /** The two dates; each is added to the parameters on first use. */
  constructor(
    private readonly dates: { asOf: string; knownAt: string },
    private readonly params: Params,
    private readonly database: { dialect: Dialect },
  ) {}

  /**
   * The rows of a table with their id and the saved columns: unchanged rows and former states of changed ones. `where`
   * receives the row's alias and filters both, because neither database pushes the condition down.
   */
  rows(table: KeptTable, where: (row: string) => string = () => 'TRUE'): string {
    const columns = ['id', ...KEPT[table]].map((column) => `t."${column}"`).join(', ');
    return `(SELECT ${columns} FROM "${table}" t WHERE ${where('t')} AND NOT ${this.isOtherwise('t')}
      UNION ALL SELECT * FROM ${this.changed(table)} c WHERE ${where('c')})`;
  }

  /** Only the rows that changed since, in their former state. */
  changed(table: KeptTable): string {
    const columns = ['id', ...KEPT[table]];
    const { isPostgres } = this.database.dialect;
    const read = isPostgres
      ? columns.map((column) => `r."${column}"`)
      : columns.map((column) => `f."state" ->> '$.${column}' AS "${column}"`);
    const record = isPostgres
      ? ` CROSS JOIN LATERAL json_populate_record(CAST(NULL AS "${table}"), CAST(f."state" AS json)) r`
      : '';
    return `(SELECT ${read.join(', ')} FROM "former_states" f${record}
      WHERE f."tableName" = '${table}' AND f."state" IS NOT NULL AND ${this.isLater('f')}
        AND NOT EXISTS (SELECT 1 FROM "former_states" e
          WHERE e."rowId" = f."rowId" AND e."id" < f."id" AND ${this.isLater('e')}))`;
  }

  /** Whether the row was different or did not exist yet. */
  isOtherwise(row: string): string {
    return `EXISTS (SELECT 1 FROM "former_states" l WHERE l."rowId" = ${row}."id" AND ${this.isLater('l')})`;
  }

  private isLater(former: string): string {
    this.on ??= this.params.add(this.dates.asOf);
    this.known ??= this.params.add(this.dates.knownAt);
    return `(${former}."untilAt" > ${this.known} OR ${former}."countsFrom" > ${this.on})`;
  }
}
