import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Caller } from '../../platform/access/caller.js';
import { dialectOf } from '../../platform/database/dialect.js';
import { row, rows } from '../../platform/database/rows.js';
import { InitiativeDecisions } from '../../budget/decisions.service.js';
import { ChangeInitiativeDto, CreateInitiativeDto, DecideInitiativeDto } from '../../budget/initiatives.dto.js';
import { Initiatives } from '../../budget/initiatives.service.js';
import type { InitiativeState } from '../../budget/initiative.entity.js';
import { toInitiativeView } from '../../budget/initiatives.views.js';
import { amountCell, toInitiativeRow, yesOrNo } from '../../budget/tables/budget-tables.rules.js';
import { INITIATIVE_STATE_WORDS, RESIDENTS } from '../../budget/words.js';
import { budgetAreaIn } from './budget-rows.js';
import { type Change, changesBetween, dayOrNothing } from './register-cells.rules.js';
import type { Cells, RegisterColumn } from './register-columns.rules.js';
import { organisationIn } from './register-lookups.js';
import { RowReader } from './row-reader.js';
import type { Done, RowWriter } from './row-writer.js';

/** The contents of a row as API input; undefined changes nothing. */
interface Given {
  create: Record<string, unknown>;
  decide: Record<string, unknown> & { outcome?: InitiativeState };
  spend: Record<string, unknown>;
}

const DECISION: readonly RegisterColumn[] = ['besluit', 'toegekend', 'reden', 'besloten op'];
const SYNONYMS: Record<string, InitiativeState> = {
  open: 'requested',
  ...{ toekennen: 'granted', gehonoreerd: 'granted', ja: 'granted' },
  ...{ afwijzen: 'refused', nee: 'refused' },
};

/**
 * Initiative rows, identified by area, year, title and who asked. A decision is by mandate, because a file cannot refer
 * to a session; it decides only undecided ones.
 */
@Injectable()
export class InitiativeRows implements RowWriter {
  constructor(
    private readonly initiatives: Initiatives,
    private readonly decisions: InitiativeDecisions,
  ) {}

  async put(manager: EntityManager, cells: Cells, by: Caller): Promise<Done> {
    const read = new RowReader(cells);
    const area = await budgetAreaIn(manager, read, by);
    const year = read.year('jaar');
    const title = read.text('initiatief');
    if (title === '') read.refuse('initiatief', 'Vul in waar het om gaat.');
    const isOfResidents = read.text('gevraagd door').toLowerCase() === RESIDENTS;
    const asker = isOfResidents ? null : await organisationIn(manager, read, 'gevraagd door');
    const { given, after } = cellsIn(read);
    read.mustBeRight();
    const budgetId = await budgetIn(manager, read, area!.id, year!);
    const known = await knownInitiative(manager, read, { budgetId, title, askerId: asker === null ? null : asker?.id });
    if (!known) {
      const input = read.input(CreateInitiativeDto, {
        budgetId,
        title,
        requestedById: asker?.id ?? null,
        ...given.create,
      });
      const { id } = await this.initiatives.add(manager, input, by);
      await this.goOn(manager, read, { id, version: 1 }, given, by);
      const head = {
        gebied: area!.code,
        jaar: String(year),
        initiatief: title,
        'gevraagd door': asker?.name ?? RESIDENTS,
      };
      return { outcome: 'new', changes: changesBetween({}, { ...head, ...after }), subject: id };
    }
    const found = await this.initiatives.initiativeRow(manager, known.id, by);
    const changes = changesBetween(toInitiativeRow(toInitiativeView(found, []), area!.code), after);
    if (changes.length === 0) return { outcome: 'unchanged', changes, subject: known.id };
    mustBeUndecided(read, found.state, changes);
    const isDecided = changes.some(({ column }) => DECISION.includes(column));
    await this.goOn(manager, read, known, { ...given, decide: isDecided ? given.decide : {} }, by, given.create);
    return { outcome: 'changed', changes, subject: known.id };
  }

  /** The decision of a row, and then what was spent, which requires a grant. */
  private async goOn(
    manager: EntityManager,
    read: RowReader,
    { id, version }: { id: string; version: number },
    { decide, spend }: Given,
    by: Caller,
    more: Record<string, unknown> = {},
  ): Promise<void> {
    let at = version;
    if (decide.outcome === 'granted' || decide.outcome === 'refused') {
      const input = read.input(DecideInitiativeDto, decide);
      at = (await this.decisions.enterWithin(manager, id, input, { version: at }, by)).version;
    }
    const changed = { ...more, ...spend };
    if (Object.keys(changed).length === 0) return;
    await this.initiatives.alter(manager, id, read.input(ChangeInitiativeDto, changed), at, by);
  }
}

function cellsIn(read: RowReader): { given: Given; after: Cells } {
  const [requested, granted, spent] = [read.amount('gevraagd'), read.amount('toegekend'), read.amount('uitgegeven')];
  const [requestedOn, decidedOn] = [read.day('gevraagd op'), read.day('besloten op')];
  const [isPublic, isAccountedFor] = [read.yesOrNo('openbaar'), read.yesOrNo('verantwoord')];
  const outcome = read.word('besluit', INITIATIVE_STATE_WORDS, SYNONYMS);
  const words = (column: RegisterColumn) => read.text(column) || undefined;
  const [theme, reference, reason, result] = [words('thema'), words('zaaknummer'), words('reden'), words('resultaat')];
  const isDecided = outcome === 'granted' || outcome === 'refused';
  if (!isDecided && (granted ?? reason ?? decidedOn) !== undefined) {
    read.refuse('besluit', 'Vul in of het is toegekend of afgewezen.');
  }
  const yesNo = (value: boolean | undefined) => (value === undefined ? '' : yesOrNo(value));
  const after: Cells = {
    ...{ thema: theme ?? '', gevraagd: amountCell(requested ?? null), 'gevraagd op': dayOrNothing(requestedOn) },
    ...{ besluit: outcome === undefined ? '' : INITIATIVE_STATE_WORDS[outcome], reden: reason ?? '' },
    ...{ toegekend: amountCell(granted ?? null), 'besloten op': dayOrNothing(decidedOn), zaaknummer: reference ?? '' },
    ...{ uitgegeven: amountCell(spent ?? null), verantwoord: yesNo(isAccountedFor), resultaat: result ?? '' },
    openbaar: yesNo(isPublic),
  };
  const given = {
    create: filled({ requested, requestedOn, theme, reference, isPublic }),
    decide: filled({ outcome, granted, reason, decidedOn }),
    spend: filled({ spent, isAccountedFor, result }),
  };
  return { given, after };
}

const filled = <T extends object>(values: T) =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Partial<T>;

function mustBeUndecided(read: RowReader, state: InitiativeState, changes: readonly Change[]): void {
  const turned = changes.find(({ column }) => DECISION.includes(column));
  if (state === 'requested' || !turned) return;
  read.refuse(turned.column, 'Dit is al besloten. Leg een ander besluit vast op de pagina van het initiatief.');
  read.mustBeRight();
}

async function budgetIn(manager: EntityManager, read: RowReader, areaId: string, year: number): Promise<string> {
  const sql = 'SELECT b."id" FROM "budgets" b WHERE b."areaId" = $1 AND b."year" = $2';
  const found = await row<{ id: string }>(manager, sql, [areaId, year]);
  if (!found) read.refuse('jaar', `Dit gebied heeft voor ${year} geen leefbaarheidsbudget. Begin daarmee.`);
  read.mustBeRight();
  return found!.id;
}

/** Without an asker in the row, the only one with that title. Refuses the row if there are more. */
async function knownInitiative(
  manager: EntityManager,
  read: RowReader,
  { budgetId, title, askerId }: { budgetId: string; title: string; askerId: string | null | undefined },
): Promise<{ id: string; version: number } | undefined> {
  const named = await rows<{ id: string; version: number; requestedById: string | null }>(
    manager,
    `SELECT i."id", i."version", i."requestedById" FROM "initiatives" i
     WHERE i."budgetId" = $1 AND ${dialectOf(manager).folded('i."title"')} = $2`,
    [budgetId, title.toLowerCase()],
  );
  const found = named.filter(({ requestedById }) => askerId === undefined || requestedById === askerId);
  if (found.length > 1) read.refuse('initiatief', `Er zijn meer initiatieven die "${title}" heten.`);
  read.mustBeRight();
  return found[0];
}
