import { Entity, Index } from 'typeorm';
import { Id, Moment, Prose, Reference } from '../platform/database/columns.js';
import { Organisation } from '../directory/organisations/organisation.entity.js';
import { Person } from '../directory/people/person.entity.js';
import { Review } from './review.entity.js';

/** A party's reaction to a draft. It is printed unchanged, so it can never be edited. */
@Entity('review_reactions')
@Index(['reviewId'])
export class ReviewReaction {
  @Id()
  id: string;
  @Reference(() => Review)
  reviewId: string;
  @Reference(() => Organisation)
  organisationId: string;
  @Reference(() => Person)
  personId: string;
  @Prose()
  text: string;
  @Moment()
  reactedAt: string;
}
