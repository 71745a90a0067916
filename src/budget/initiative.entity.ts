import { Column, Entity, Index } from 'typeorm';
import { Organisation } from '../directory/organisations/organisation.entity.js';
import { Session } from '../meetings/session.entity.js';
import { Day, Flag, Id, Line, Prose, Reference, Version, Whole } from '../platform/database/columns.js';
import { Budget } from './budget.entity.js';

export const INITIATIVE_STATES = ['requested', 'granted', 'refused'] as const;
export type InitiativeState = (typeof INITIATIVE_STATES)[number];

/**
 * A request for money from a budget. It is never confidential: it cannot be granted under a confidential agenda item,
 * and it has no fields for the name, address or bank account of a resident.
 */
@Entity('initiatives')
@Index(['budgetId', 'state'])
@Index(['sessionId'])
@Index(['requestedById'])
export class Initiative {
  @Id()
  id: string;
  @Reference(() => Budget)
  budgetId: string;
  @Line()
  title: string;
  /** Null if residents asked. */
  @Reference(() => Organisation, { nullable: true })
  requestedById: string | null;
  @Line(100, { nullable: true })
  theme: string | null;
  @Whole()
  requestedCents: number;
  @Day()
  requestedOn: string;
  @Line(10)
  state: InitiativeState;
  /** Null unless granted. */
  @Whole({ nullable: true })
  grantedCents: number | null;
  /** Why it was refused, or why more was granted than was left. */
  @Prose({ nullable: true })
  reason: string | null;
  @Day({ nullable: true })
  decidedOn: string | null;
  /** The session that decided; null by mandate, and before a decision. */
  @Reference(() => Session, { nullable: true })
  sessionId: string | null;
  /** The agenda item, which may be removed later. */
  @Column({ type: 'uuid', nullable: true })
  agendaItemId: string | null;
  /** The zaaknummer. */
  @Line(100, { nullable: true })
  reference: string | null;
  /** What it actually cost; null until known. */
  @Whole({ nullable: true })
  spentCents: number | null;
  @Flag()
  isAccountedFor: boolean;
  /** The result. */
  @Prose({ nullable: true })
  result: string | null;
  /** Whether its line is on the public page, once granted. */
  @Flag()
  isPublic: boolean;
  @Version()
  version: number;
}
