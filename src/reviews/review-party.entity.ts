import { Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Reference } from '../platform/database/columns.js';
import { Organisation } from '../directory/organisations/organisation.entity.js';
import { Person } from '../directory/people/person.entity.js';
import { Review } from './review.entity.js';

/** A recipient of the draft of a review, with the organisation they represent; they may read it and react. */
@Entity('review_parties')
@Index(['personId'])
export class ReviewParty {
  @ForeignKey(() => Review)
  @PrimaryColumn({ type: 'uuid' })
  reviewId: string;
  @ForeignKey(() => Person)
  @PrimaryColumn({ type: 'uuid' })
  personId: string;
  @Reference(() => Organisation)
  organisationId: string;
}
