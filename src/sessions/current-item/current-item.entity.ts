import { Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { Line, Reference } from '../../platform/database/columns.js';
import { AgendaItem } from '../../meetings/agenda/agenda-item.entity.js';
import { Session } from '../../meetings/session.entity.js';

/** `agreements`: the actions agreed in the session are reviewed before it is closed. */
export const CURRENT_PARTS = ['agreements'] as const;
export type CurrentPart = (typeof CURRENT_PARTS)[number];

/**
 * The current item of an open session ("nu aan de orde"): an agenda item or a part, never both. Deleted when it is
 * closed.
 */
@Entity('current_items')
export class CurrentItem {
  @ForeignKey(() => Session)
  @PrimaryColumn({ type: 'uuid' })
  sessionId: string;
  @Reference(() => AgendaItem, { nullable: true })
  agendaItemId: string | null;
  @Line(20, { nullable: true })
  part: CurrentPart | null;
}
