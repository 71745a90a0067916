import { Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Organisation } from '../directory/organisations/organisation.entity.js';
import { Action } from './action.entity.js';

/** The organisations that may know a confidential action. */
@Entity('action_parties')
@Index(['organisationId'])
export class ActionParty {
  @ForeignKey(() => Action)
  @PrimaryColumn({ type: 'uuid' })
  actionId: string;
  @ForeignKey(() => Organisation)
  @PrimaryColumn({ type: 'uuid' })
  organisationId: string;
}
