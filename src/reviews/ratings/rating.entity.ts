import { Entity, Index, Unique } from 'typeorm';
import { Id, Line, Moment, Prose, Reference, Version, Whole } from '../../platform/database/columns.js';
import { Organisation } from '../../directory/organisations/organisation.entity.js';
import { Person } from '../../directory/people/person.entity.js';
import { RatingRound } from './rating-round.entity.js';

export const RATING_ANSWERS = ['yes', 'partly', 'no'] as const;
export type RatingAnswer = (typeof RATING_ANSWERS)[number];

/** One person who was asked, on behalf of an organisation, and their answer. */
@Entity('ratings')
@Unique(['roundId', 'personId'])
@Index(['personId'])
export class Rating {
  @Id()
  id: string;
  @Reference(() => RatingRound)
  roundId: string;
  @Reference(() => Person)
  personId: string;
  @Reference(() => Organisation)
  organisationId: string;
  /** 1 to 10; null until answered. */
  @Whole({ nullable: true })
  mark: number | null;
  /** "Spreekt de gemeente met één mond?" */
  @Line(10, { nullable: true })
  speaksAsOne: RatingAnswer | null;
  /** "Zijn afspraken nagekomen?" */
  @Line(10, { nullable: true })
  keptAgreements: RatingAnswer | null;
  @Prose({ nullable: true })
  wentWell: string | null;
  @Prose({ nullable: true })
  canBeBetter: string | null;
  /** Null until answered. */
  @Moment({ nullable: true })
  answeredAt: string | null;
  @Version()
  version: number;
}
