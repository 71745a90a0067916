import { Injectable } from '@nestjs/common';
import type { Actor, Caller } from '../platform/access/caller.js';
import { Audit } from '../platform/audit/audit.service.js';
import { addDays, dayOf } from '../platform/common/calendar-date.js';
import { Clock } from '../platform/common/clock.js';
import { newId } from '../platform/common/ids.js';
import { conflict, forbidden } from '../platform/common/problems.js';
import { Database } from '../platform/database/database.js';
import { lockOne, Transactions } from '../platform/database/transactions.js';
import { insertAll, updateRow } from '../platform/database/writes.js';
import { Parties } from '../meetings/parties.service.js';
import { findReview, lockDraft, partyOf } from './review-access.js';
import { reactionsOf } from './review-composing.service.js';
import { ReviewDraftMail } from './review-draft-mail.service.js';
import { ReviewParty } from './review-party.entity.js';
import { ReviewReaction } from './review-reaction.entity.js';
import { Review } from './review.entity.js';
import type { ReactDto, ReactionView, ReviewView } from './reviews.dto.js';
import { DAYS_TO_REACT } from './reviews.rules.js';
import { Reviews } from './reviews.service.js';

/** Sends the draft to the parties and collects their reactions, which are printed unchanged. */
@Injectable()
export class ReviewVoice {
  constructor(
    private readonly database: Database,
    private readonly transactions: Transactions,
    private readonly audit: Audit,
    private readonly clock: Clock,
    private readonly parties: Parties,
    private readonly mails: ReviewDraftMail,
    private readonly reviews: Reviews,
  ) {}

  /** Sends a draft to the parties and those who replace them, once, for fourteen days. 409 if final or already sent, or nobody gets mail. */
  async circulate(id: string, version: number, by: Caller): Promise<ReviewView> {
    const { summary } = await findReview(this.database.reader, id, by);
    const today = this.clock.today();
    const { areaId, opgaveId } = summary;
    const parties = opgaveId
      ? await this.parties.ofOpgave(this.database.reader, opgaveId, areaId, today)
      : await this.parties.of(this.database.reader, areaId, today);
    await this.transactions.run(async (manager) => {
      const review = await lockDraft(manager, id, version, by);
      if (review.circulatedAt) throw conflict('REVIEW_CIRCULATED', 'This draft has already been sent to the parties.');
      if (parties.length === 0)
        throw conflict('NOBODY_TO_ASK', 'No participant of a meeting in this area can receive mail.');
      const reactionsUntilOn = addDays(today, DAYS_TO_REACT);
      const circulatedAt = this.clock.moment();
      await updateRow(manager, Review, id, { circulatedAt, reactionsUntilOn });
      await insertAll(
        manager,
        ReviewParty,
        parties.map(({ personId, organisationId }) => ({ reviewId: id, personId, organisationId })),
      );
      await this.mails.plan(manager, id, reactionsUntilOn, parties);
      await this.audit.record(manager, by, 'review.circulated', { type: 'review', id, areaId: review.areaId });
    });
    return this.reviews.read(id, by);
  }

  /** The parties' reactions, for readers of the review. */
  async list(id: string, by: Caller) {
    const { document, seesOrganisations } = await findReview(this.database.reader, id, by);
    const found = document?.reactions ?? (await reactionsOf(this.database.reader, id));
    const items = found.map((one) => (seesOrganisations ? one : { ...one, organisation: null }));
    return { items, total: items.length, page: 1, pageSize: Math.max(1, items.length) };
  }

  /** Adds a party's reaction. 403 unless the draft was sent to the caller, 409 once the review is final. */
  async react(id: string, input: ReactDto, by: Caller): Promise<ReactionView> {
    await findReview(this.database.reader, id, by);
    return this.addReaction(id, input, by);
  }

  /** The same for a person identified by the link in the mail. */
  addReaction(id: string, { text }: ReactDto, by: Actor): Promise<ReactionView> {
    return this.transactions.run(async (manager) => {
      const review = await lockOne(manager, Review, id);
      const party = await partyOf(manager, id, by.personId!, this.clock.today());
      if (!party) throw forbidden();
      if (review.state === 'final') throw conflict('REVIEW_FINAL', 'This review is final and cannot be changed.');
      const reactedAt = this.clock.moment();
      const reaction = { id: newId(), text, reactedAt };
      await manager.insert(ReviewReaction, {
        ...reaction,
        reviewId: id,
        organisationId: party.organisationId,
        personId: by.personId!,
      });
      await this.audit.record(manager, by, 'review.reacted', { type: 'review', id, areaId: review.areaId });
      return { id: reaction.id, organisation: party.organisation, text, reactedOn: dayOf(reactedAt) };
    }, by.once);
  }
}
