import { Entity, Index } from 'typeorm';
import { Person } from '../directory/people/person.entity.js';
import { Flag, Id, Moment, Reference, Whole } from '../platform/database/columns.js';
import { Budget } from './budget.entity.js';

/** The state of a budget after a change. Append-only. */
@Entity('budget_changes')
@Index(['budgetId'])
export class BudgetChange {
  @Id()
  id: string;
  @Reference(() => Budget)
  budgetId: string;
  @Whole()
  amountCents: number;
  @Whole()
  carryOverCents: number;
  @Flag()
  isPublic: boolean;
  @Reference(() => Person)
  recordedById: string;
  @Moment()
  recordedAt: string;
}
