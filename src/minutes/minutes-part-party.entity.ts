import { Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Organisation } from '../directory/organisations/organisation.entity.js';
import { MinutesPart } from './minutes-part.entity.js';

/** The organisations that may read a confidential part. */
@Entity('minutes_part_parties')
@Index(['organisationId'])
export class MinutesPartParty {
  @ForeignKey(() => MinutesPart)
  @PrimaryColumn({ type: 'uuid' })
  partId: string;
  @ForeignKey(() => Organisation)
  @PrimaryColumn({ type: 'uuid' })
  organisationId: string;
}
