import { Injectable } from '@nestjs/common';
import { isPermittedIn } from '../../platform/access/access.rules.js';
import type { Caller } from '../../platform/access/caller.js';
import { dayOf, inDutch, periodInDutch } from '../../platform/common/calendar-date.js';
import { type FieldSpec, filled } from '../../web/fields.rules.js';
import type { RejectedForm } from '../../web/forms.js';
import { recordForm, VERSION } from '../../web/records.rules.js';
import { sentencesOf } from '../documents/review-sentences.rules.js';
import { chartsOf, outcomeCharts } from '../documents/review-charts.rules.js';
import { FEWEST_FOR_SHARE, isEmpty, share, textsOf, titleOf } from '../documents/review-page.rules.js';
import { byMail } from '../../wijkagenda/publications/by-mail.rules.js';
import { PublicationRequests } from '../../wijkagenda/publications/publication-requests.service.js';
import type { FigureName } from '../../wijkagenda/figures/figure-names.js';
import { figureWords } from '../words.js';
import type { ReviewView } from '../reviews.dto.js';
import { tasksOf } from './review-tasks.rules.js';
import { groupTables } from './review-groups.rules.js';
import { ReviewPhotos } from '../documents/review-photos.service.js';
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
  constructor(
    private readonly reviews: Reviews,
    private readonly requests: PublicationRequests,
    private readonly photos: ReviewPhotos,
  ) {}

  async view(id: string, caller: Caller, rejected?: RejectedForm) {
    const review = await this.reviews.read(id, caller);
    const isDraft = review.state === 'draft';
    const mayWrite = isPermittedIn(caller, 'reviews.write', review.areaId);
    const mayEdit = mayWrite && isDraft;
    const mayCirculate = mayEdit && !review.circulatedAt;
    const texts = textsOf(review);
    return {
      title: titleOf(review),
      problem: rejected?.problem,
      id,
      hasPhotos: await this.photos.areThere(review, caller),
      version: review.version,
      notice: review.notice,
      period: periodInDutch(review.fromOn, review.asOf),
      state: isDraft
        ? 'Concept: de cijfers kunnen nog veranderen'
        : `Definitief sinds ${inDutch(dayOf(review.frozenAt!))}`,
      sentences: sentencesOf(review),
      figures: figuresOf(review).filter(({ count }) => count > 0 || !isEmpty(review)),
      groups: groupTables(review, `${REVIEWS}/${id}`),
      charts: [...outcomeCharts(review), ...chartsOf(review)],
      texts,
      tasks: mayEdit ? tasksOf(review, `${REVIEWS}/${id}`, caller.today) : [],
      reactions: review.reactions.map((one) => ({
        ...one,
        who: one.organisation ?? 'een partij',
        on: inDutch(one.reactedOn),
      })),
      mail: byMail(REVIEWS, review.areaId, review.areaName, await this.requests.of('reviews', caller)),
      mayWrite,
      mayEdit,
      mayCirculate,
      reactionsUntil: isDraft && review.reactionsUntilOn ? inDutch(review.reactionsUntilOn) : null,
      mayPublish: mayWrite && !isDraft,
      isPublished: review.publishedAt !== null,
      form: mayEdit
        ? {
            ...recordForm(`${REVIEWS}/${id}`, 'Teksten opslaan', TEXTS, review, rejected),
            // Once there are texts, the page is for sending them round.
            isAside: mayCirculate && texts.length > 0,
          }
        : null,
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
  const figure = (
    name: FigureName,
    count: number,
    part: number | null = null,
    whole = 0,
    words = figureWords(name),
  ) => ({
    name,
    count,
    words: part === null || whole < FEWEST_FOR_SHARE ? words : `${words} (${share(part)})`,
  });
  const { onTime, onTimeShare, doneWithDeadline: dated } = total;
  const ofDated = `${figureWords('onTime')}${dated > 0 ? `, van de ${dated} met een datum` : ''}`;
  return [
    { ...figure('agreed', total.agreed), ...(total.agreed === 1 && { words: 'afspraak gemaakt' }) },
    figure('realised', total.realised, total.realisedShare, total.agreed),
    figure('partly', total.partly),
    figure('notRealised', total.notRealised),
    figure('onTime', onTime, onTimeShare, dated, ofDated),
    figure('overdue', total.overdue),
    figure('sessionsHeld', collaboration.sessionsHeld),
    figure('minutesSent', collaboration.minutesSent),
    ...(goals.total > 0
      ? [{ ...figure('goals.total', goals.total), ...(goals.total === 1 && { words: 'doel' }) }]
      : []),
    ...(escalations.asked > 0 ? [figure('escalations.asked', escalations.asked)] : []),
  ];
}
