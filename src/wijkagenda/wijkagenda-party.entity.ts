import { Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Organisation } from '../directory/organisations/organisation.entity.js';
import { Wijkagenda } from './wijkagenda.entity.js';

/** A party that adopted a wijkagenda. */
@Entity('wijkagenda_parties')
@Index(['organisationId'])
export class WijkagendaParty {
  @ForeignKey(() => Wijkagenda)
  @PrimaryColumn({ type: 'uuid' })
  wijkagendaId: string;
  @ForeignKey(() => Organisation)
  @PrimaryColumn({ type: 'uuid' })
  organisationId: string;
}
