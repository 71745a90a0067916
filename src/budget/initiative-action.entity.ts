import { ForeignKey, Entity, Index, PrimaryColumn } from 'typeorm';
import { Action } from '../actions/action.entity.js';
import { Initiative } from './initiative.entity.js';

/** An action that carries out an initiative. */
@Entity('initiative_actions')
@Index(['actionId'])
export class InitiativeAction {
  @ForeignKey(() => Initiative)
  @PrimaryColumn({ type: 'uuid' })
  initiativeId: string;
  @ForeignKey(() => Action)
  @PrimaryColumn({ type: 'uuid' })
  actionId: string;
}
