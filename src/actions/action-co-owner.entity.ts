import { Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Organisation } from '../directory/organisations/organisation.entity.js';
import { Action } from './action.entity.js';

/** An organisation that does the action together with the owner. */
@Entity('action_co_owners')
@Index(['organisationId'])
export class ActionCoOwner {
  @ForeignKey(() => Action)
  @PrimaryColumn({ type: 'uuid' })
  actionId: string;
  @ForeignKey(() => Organisation)
  @PrimaryColumn({ type: 'uuid' })
  organisationId: string;
}
