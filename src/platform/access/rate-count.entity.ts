import { Column, Entity, PrimaryColumn } from 'typeorm';

/** How often something was done, for the limits of several instances together. The key is a keyed hash. */
@Entity('rate_counts')
export class RateCount {
  @PrimaryColumn({ type: 'varchar', length: 255 })
  key: string;
  @Column({ type: 'integer', default: 0 })
  points: number;
  /** Milliseconds since 1970; null when it never ends. */
  @Column({ type: 'bigint', nullable: true })
  expire: number | null;
}
