import { Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Flag, Whole } from '../platform/database/columns.js';
import { Goal } from '../goals/goal.entity.js';
import { Wijkagenda } from './wijkagenda.entity.js';

/** A goal on a wijkagenda. A goal that continues is on next year's as well. */
@Entity('wijkagenda_goals')
@Index(['goalId'])
export class WijkagendaGoal {
  @ForeignKey(() => Wijkagenda)
  @PrimaryColumn({ type: 'uuid' })
  wijkagendaId: string;
  @ForeignKey(() => Goal)
  @PrimaryColumn({ type: 'uuid' })
  goalId: string;
  @Whole()
  position: number;
  /** Whether it is included in the publication. */
  @Flag(true)
  isPublic: boolean;
}
