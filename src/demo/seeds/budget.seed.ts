import type { EntityManager } from 'typeorm';
import { BudgetChange } from '../../budget/budget-change.entity.js';
import { Budget } from '../../budget/budget.entity.js';
import { InitiativeChange } from '../../budget/initiative-change.entity.js';
import { Initiative } from '../../budget/initiative.entity.js';
import type { Session } from '../../meetings/session.entity.js';
import { addDays, momentOf } from '../../platform/common/calendar-date.js';
import { newId } from '../../platform/common/ids.js';
import { EARLIER, type InitiativeData, INITIATIVES, REFUSED, WAITING, WHO_DECIDES_HERE } from '../data/budget.data.js';
import { PINNED_AREA } from '../data/pinned.data.js';
import type { Series } from './meetings.seed.js';
import type { Registers } from './registers.seed.js';

const AMOUNT = 3_000_000;
const CARRIED = 125_000;
/** The first year started halfway. */
const SECOND_HALF = '07';
const ASKED_BEFORE = 21;
/** How many days after the decision bills are received and accounted for. */
const SETTLED_AFTER = 120;

/** The leefbaarheidsbudget of one area, this year and the year before: decided on in its sessions. */
export class BudgetOfTheArea {
  private budget: Budget | undefined;
  private next = 0;

  constructor(
    private readonly registers: Registers,
    private readonly series: Series,
    private readonly today: string,
  ) {}

  /** What an open session decides. */
  async decideIn(manager: EntityManager, session: Session): Promise<void> {
    const { data } = this.series;
    const year = Number(session.heldOn.slice(0, 4));
    if (data.area !== PINNED_AREA || data.kind !== 'professionals' || year < Number(this.today.slice(0, 4)) - 1) return;
    const by = session.chairId!;
    if (this.budget?.year !== year) {
      this.budget = await this.begin(manager, year, session.heldOn, by);
      this.next = 0;
    }
    const isThisYear = year === Number(this.today.slice(0, 4));
    const initiative = isThisYear ? INITIATIVES[this.next] : EARLIER[this.next];
    if (initiative && (isThisYear || session.heldOn.slice(5, 7) >= SECOND_HALF)) {
      await this.grant(manager, initiative, session, by);
      this.next += 1;
      if (this.next === INITIATIVES.length) await this.refuse(manager, session, by);
    }
    const isLast = session === this.series.sessions.filter(({ state }) => state === 'closed').at(-1);
    if (isLast) for (const one of WAITING) await this.ask(manager, one, addDays(this.today, -9), by);
  }

  private async begin(manager: EntityManager, year: number, day: string, by: string): Promise<Budget> {
    const carryOverCents = this.budget ? CARRIED : 0;
    const budget: Budget = {
      ...{ id: newId(), areaId: this.registers.areaId(PINNED_AREA), year, amountCents: AMOUNT, carryOverCents },
      ...{ inhabitants: null, rateCents: null, closesOn: `${year}-12-31`, decidedBy: WHO_DECIDES_HERE },
      ...{ isPublic: true, version: 1 },
    };
    await manager.insert(Budget, { ...budget });
    await manager.insert(BudgetChange, {
      ...{ id: newId(), budgetId: budget.id, amountCents: AMOUNT, carryOverCents, isPublic: true },
      ...{ recordedById: by, recordedAt: momentOf(day, '09:00') },
    });
    return budget;
  }

  private async grant(manager: EntityManager, data: InitiativeData, session: Session, by: string): Promise<void> {
    const { heldOn, id: sessionId } = session;
    const isSettled = addDays(heldOn, SETTLED_AFTER) <= this.today;
    const grantedCents = (data.granted ?? data.requested) * 100;
    const asked = await this.ask(manager, data, addDays(heldOn, -ASKED_BEFORE), by);
    const granted: Initiative = { ...asked, state: 'granted', grantedCents, decidedOn: heldOn, sessionId, version: 2 };
    await this.change(manager, granted, 'granted', momentOf(heldOn, '10:30'), by);
    if (!isSettled) return;
    const { spent: spentCents, result } = data;
    const settled: Initiative = { ...granted, spentCents, isAccountedFor: true, result, version: 3 };
    await this.change(manager, settled, 'changed', momentOf(addDays(heldOn, SETTLED_AFTER), '14:00'), by);
  }

  private async refuse(manager: EntityManager, { heldOn, id: sessionId }: Session, by: string): Promise<void> {
    const asked = await this.ask(manager, { ...REFUSED, asker: null }, addDays(heldOn, -ASKED_BEFORE), by);
    const refused = { state: 'refused', reason: REFUSED.reason, decidedOn: heldOn, sessionId, version: 2 } as const;
    await this.change(manager, { ...asked, ...refused }, 'refused', momentOf(heldOn, '10:40'), by);
  }

  private async ask(
    manager: EntityManager,
    { title, asker, theme, requested }: Pick<InitiativeData, 'title' | 'asker' | 'theme' | 'requested'>,
    requestedOn: string,
    by: string,
  ): Promise<Initiative> {
    const requestedById = asker === null ? null : this.registers.organisationId(asker);
    const initiative: Initiative = {
      ...{ id: newId(), budgetId: this.budget!.id, title, requestedById, theme, requestedCents: requested * 100 },
      ...{ requestedOn, state: 'requested', grantedCents: null, reason: null, decidedOn: null, sessionId: null },
      ...{ agendaItemId: null, reference: null, spentCents: null, isAccountedFor: false, result: null },
      ...{ isPublic: true, version: 1 },
    };
    await manager.insert(Initiative, { ...initiative });
    await this.append(manager, initiative, 'recorded', momentOf(requestedOn, '11:00'), by);
    return initiative;
  }

  private async change(
    manager: EntityManager,
    initiative: Initiative,
    verb: InitiativeChange['verb'],
    at: string,
    by: string,
  ): Promise<void> {
    await manager.update(Initiative, initiative.id, initiative);
    await this.append(manager, initiative, verb, at, by);
  }

  private async append(
    manager: EntityManager,
    initiative: Initiative,
    verb: InitiativeChange['verb'],
    recordedAt: string,
    recordedById: string,
  ): Promise<void> {
    const { id, state, requestedCents, grantedCents, spentCents, isAccountedFor, decidedOn, sessionId } = initiative;
    await manager.insert(InitiativeChange, {
      ...{ id: newId(), initiativeId: id, verb, state, requestedCents, grantedCents, spentCents, isAccountedFor },
      ...{ decidedOn, sessionId, recordedById, recordedAt },
    });
  }
}
