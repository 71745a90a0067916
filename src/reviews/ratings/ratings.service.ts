import { Injectable } from '@nestjs/common';
import type { Actor } from '../../platform/access/caller.js';
import { Audit } from '../../platform/audit/audit.service.js';
import { Clock } from '../../platform/common/clock.js';
import { conflict, forbidden, notFound } from '../../platform/common/problems.js';
import { lockOne, Transactions } from '../../platform/database/transactions.js';
import { updateRow } from '../../platform/database/writes.js';
import { RatingRound } from './rating-round.entity.js';
import { ownRating } from './rating-rounds.service.js';
import { Rating } from './rating.entity.js';
import type { GiveRatingDto, OwnRating } from './ratings.dto.js';

/** Records the answers of the people asked. */
@Injectable()
export class Ratings {
  constructor(
    private readonly transactions: Transactions,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** Gives or changes the caller's answer. 403 with `maySeeRound`, else 404, if not asked; 409 if it is closed. */
  give(
    roundId: string,
    input: GiveRatingDto,
    by: Actor & { personId: string },
    maySeeRound: (areaId: string) => boolean,
  ): Promise<OwnRating> {
    return this.transactions.run(async (manager) => {
      const round = await lockOne(manager, RatingRound, roundId);
      const rating = await ownRating(manager, roundId, by.personId, this.clock.today());
      if (!rating) throw maySeeRound(round.areaId) ? forbidden() : notFound();
      if (round.closedAt)
        throw conflict('RATING_ROUND_CLOSED', 'This round is closed; answers can no longer be changed.');
      const { mark, speaksAsOne, keptAgreements, wentWell = null, canBeBetter = null } = input;
      const answer = { mark, speaksAsOne, keptAgreements, wentWell, canBeBetter };
      const answeredAt = this.clock.moment();
      await updateRow(manager, Rating, rating.id, { ...answer, answeredAt });
      const subject = { type: 'rating', id: rating.id, areaId: round.areaId };
      await this.audit.record(manager, by, rating.answeredAt ? 'rating.changed' : 'rating.given', subject);
      return { id: rating.id, roundId, ...answer, answeredAt, version: rating.version + 1 };
    }, by.once);
  }
}
