import { Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Organisation } from '../../directory/organisations/organisation.entity.js';
import { AgendaItem } from './agenda-item.entity.js';

/** The organisations that may know a confidential item. */
@Entity('agenda_item_parties')
@Index(['organisationId'])
export class AgendaItemParty {
  @ForeignKey(() => AgendaItem)
  @PrimaryColumn({ type: 'uuid' })
  agendaItemId: string;
  @ForeignKey(() => Organisation)
  @PrimaryColumn({ type: 'uuid' })
  organisationId: string;
}
