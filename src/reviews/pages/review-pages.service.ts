import { Injectable } from '@nestjs/common';
import { isPermittedIn } from '../../platform/access/access.rules.js';
import type { Caller } from '../../platform/access/caller.js';
import { dayOf, inDutch } from '../../platform/common/calendar-date.js';
import { type FieldSpec, filled } from '../../web/fields.rules.js';
import type { RejectedForm } from '../../web/forms.js';
import { recordForm, VERSION } from '../../web/records.rules.js';
import { chartsOf } from '../documents/review-charts.rules.js';
import { share, textsOf, titleOf } from '../documents/review-page.rules.js';
import type { ReviewView } from '../reviews.dto.js';
import { Reviews } from '../reviews.service.js';

export const REVIEWS = '/jaarevaluatie';

const TEXTS: FieldSpec[] = [
  { name: 'succeeded', label: 'Wat is gelukt?', type: 'prose', maximum: 4000 },
  { name: 'notSucceeded', label: 'Wat is niet gelukt?', type: 'prose', maximum: 4000 },
  { name: 'learned', label: 'Wat leren we ervan?', type: 'prose', maximum: 4000 },
  { name: 'nextYear', label: 'Wat doen we volgend jaar?', type: 'prose', maximum: 4000 },
];
const REASON: FieldSpec = {
  name: 'reason',
  label: 'Waarom eerder dan na veertien dagen?',
  type: 'prose',
  maximum: 1000,
  hint: 'Alleen nodig als de partijen nog geen veertien dagen hadden om te reageren. De reden komt in de jaarevaluatie.',
};

/** A review with its figures and the chair's actions at each stage. */
@Injectable()
export class ReviewPages {
  constructor(private readonly reviews: Reviews) {}

  async view(id: string, caller: Caller, rejected?: RejectedForm) {
    const review = await this.reviews.read(id, caller);
    const isDraft = review.state === 'draft';
    const mayWrite = isPermittedIn(caller, 'reviews.write', review.areaId);
    return {
      title: titleOf(review),
      problem: rejected?.problem,
      id,
      version: review.version,
      notice: review.notice,
      period: `${inDutch(review.fromOn)} tot en met ${inDutch(review.asOf)}`,
      state: isDraft
        ? 'Concept: de cijfers kunnen nog veranderen'
        : `Definitief sinds ${inDutch(dayOf(review.frozenAt!))}`,
      figures: figuresOf(review),
      charts: chartsOf(review),
      texts: textsOf(review),
      reactions: review.reactions.map((one) => ({
        ...one,
        who: one.organisation ?? 'een partij',
        on: inDutch(one.reactedOn),
      })),
      mayWrite,
      mayEdit: mayWrite && isDraft,
      mayCirculate: mayWrite && isDraft && !review.circulatedAt,
      reactionsUntil: isDraft && review.reactionsUntilOn ? inDutch(review.reactionsUntilOn) : null,
      mayPublish: mayWrite && !isDraft,
      isPublished: review.publishedAt !== null,
      form: mayWrite && isDraft ? recordForm(`${REVIEWS}/${id}`, 'Teksten opslaan', TEXTS, review, rejected) : null,
      freezing: filled(
        [REASON, VERSION],
        { reason: rejected?.fields.reason ?? '', version: String(review.version) },
        rejected?.problem,
      ),
    };
  }
}

/** The figures that link to their cases. */
function figuresOf({ figures: { total, collaboration, goals, escalations } }: ReviewView) {
  return [
    { name: 'agreed', count: total.agreed, words: 'afspraken gemaakt' },
    { name: 'realised', count: total.realised, words: `gelukt (${share(total.realisedShare)})` },
    { name: 'partly', count: total.partly, words: 'deels gelukt' },
    { name: 'notRealised', count: total.notRealised, words: 'vervallen' },
    { name: 'onTime', count: total.onTime, words: `op tijd gereed (${share(total.onTimeShare)})` },
    { name: 'overdue', count: total.overdue, words: 'te laat op de peildatum' },
    { name: 'sessionsHeld', count: collaboration.sessionsHeld, words: 'keer vergaderd' },
    { name: 'minutesSent', count: collaboration.minutesSent, words: 'keer een verslag verstuurd' },
    ...(goals.total > 0
      ? [{ name: 'goals.total', count: goals.total, words: goals.total === 1 ? 'doel' : 'doelen' }]
      : []),
    ...(escalations.asked > 0
      ? [{ name: 'escalations.asked', count: escalations.asked, words: 'keer aan de bel getrokken' }]
      : []),
  ];
}
