import { Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { Action } from '../action.entity.js';

/**
 * An action of an old list that its owner does not know of yet: nobody is mailed about it until the first session that
 * discusses it is closed. The row is deleted then.
 */
@Entity('untold_actions')
export class UntoldAction {
  @ForeignKey(() => Action)
  @PrimaryColumn({ type: 'uuid' })
  actionId: string;
}
