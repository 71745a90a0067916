import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Rate-limit counters shared by several instances. The key is a keyed hash. */
@Entity('rate_counts')
export class RateCount {
  @PrimaryColumn({ type: 'varchar', length: 255 })
  key: string;
  @Column({ type: 'integer', default: 0 })
  points: number;
  /** Expiry in milliseconds since 1970; null when it never expires. */
  @Column({ type: 'bigint', nullable: true })
  expire: number | null;
}
