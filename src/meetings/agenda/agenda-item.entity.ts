import { Entity, Index, Unique } from 'typeorm';
import { Flag, Id, Line, Prose, Reference, Version, Whole } from '../../platform/database/columns.js';
import { Organisation } from '../../directory/organisations/organisation.entity.js';
import { type ItemKind } from '../meeting.entity.js';
import { Session } from '../session.entity.js';

export const ITEM_STATES = ['proposed', 'declined', 'accepted', 'discussed', 'not_discussed', 'adjourned'] as const;
export type ItemState = (typeof ITEM_STATES)[number];

@Entity('agenda_items')
@Unique(['sessionId', 'number'])
@Index(['carriedFromId'])
export class AgendaItem {
  @Id()
  id: string;
  @Reference(() => Session)
  sessionId: string;
  /** `3`, `3a` if added after the numbers were sent out, or `V1` in the series of confidential items. */
  @Line(10)
  number: string;
  /** The order on the agenda. */
  @Whole()
  position: number;
  @Line(20)
  kind: ItemKind;
  @Line()
  title: string;
  @Prose({ nullable: true })
  notes: string | null;
  @Prose({ nullable: true })
  decision: string | null;
  @Line(20)
  state: ItemState;
  @Reference(() => Organisation, { nullable: true })
  proposedById: string | null;
  /** How long it is planned to take. */
  @Whole({ nullable: true })
  plannedMinutes: number | null;
  @Prose({ nullable: true })
  declineReason: string | null;
  @Reference(() => AgendaItem, { nullable: true })
  carriedFromId: string | null;
  /** Known only to the organisations in `agenda_item_parties`. */
  @Flag()
  isConfidential: boolean;
  @Version()
  version: number;
}
