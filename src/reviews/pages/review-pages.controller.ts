import { isPermitted } from '../../platform/access/access.rules.js';
import { SelectOptions } from '../../web/select-options.service.js';
import { recordForm } from '../../web/records.rules.js';
import { periodInDutch } from '../../platform/common/calendar-date.js';
import type { FieldSpec } from '../../web/fields.rules.js';
import { orNull, type RejectedForm, toInput } from '../../web/forms.js';
import { PageContext, SubmittedForm } from '../../web/page-context.js';
import { CurrentPage, FormPost, Page, PageController, PathId, Submitted } from '../../web/page-kit.js';
import { OpgaveListDto } from '../../goals/opgaven/opgaven.dto.js';
import { Opgaven } from '../../goals/opgaven/opgaven.service.js';
import { cell, listQuery } from '../../web/tables.rules.js';
import { ReviewPublication } from '../review-publication.service.js';
import { ReviewVoice } from '../review-voice.service.js';
import { ChangeReviewDto, CreateReviewDto, FreezeReviewDto, ReviewListDto } from '../reviews.dto.js';
import { Reviews } from '../reviews.service.js';
import { ofArea, ofOpgave } from '../../wijkagenda/quarterly-results/review-form.rules.js';
import { askingSection } from '../../wijkagenda/publications/by-mail.rules.js';
import { PublicationRequestDto } from '../../wijkagenda/publications/publication-requests.dto.js';
import { PublicationRequests } from '../../wijkagenda/publications/publication-requests.service.js';
import { PUBLICATION_REQUEST_WORDS, REVIEW_WORDS } from '../../wijkagenda/words.js';
import { ReviewPages, REVIEWS } from './review-pages.service.js';
import { REVIEW_STATE_WORDS } from '../words.js';

@PageController('jaarevaluatie')
export class ReviewPagesController {
  constructor(
    private readonly reviews: Reviews,
    private readonly review: ReviewPages,
    private readonly voice: ReviewVoice,
    private readonly publication: ReviewPublication,
    private readonly selectOptions: SelectOptions,
    private readonly opgaven: Opgaven,
    private readonly requests: PublicationRequests,
  ) {}

  @Page('', 'reviews.read')
  async list(@CurrentPage() page: PageContext, rejected?: RejectedForm): Promise<string> {
    const found = await this.reviews.list(toInput(ReviewListDto, listQuery(page.query)), page.caller);
    const areas = await this.selectOptions.areas('alle gebieden', { caller: page.caller, permission: 'reviews.read' });
    const mayWrite = isPermitted(page.caller, 'reviews.write');
    return page.showRegister(found, {
      title: 'Jaarevaluaties',
      links: [{ href: '/jaarevaluaties', label: 'Openbare jaarevaluaties' }],
      add: mayWrite ? { href: `${REVIEWS}/nieuw`, label: 'Jaarevaluatie maken' } : null,
      search: [{ name: 'area', label: 'Gebied', type: 'choice', options: areas }],
      submit: 'Tonen',
      columns: {
        'Gebied en periode': ({ id, areaName, opgave, fromOn, asOf }) =>
          cell(`${opgave ? `${areaName}: ${opgave}` : areaName}, ${periodInDutch(fromOn, asOf)}`, `${REVIEWS}/${id}`),
        Stand: ({ state }) => REVIEW_STATE_WORDS[state],
        Publicatie: ({ publishedAt }) => (publishedAt ? 'openbaar' : 'niet openbaar'),
      },
      nothingFound: 'Hier is geen jaarevaluatie.',
      empty: mayWrite ? 'Er is nog geen jaarevaluatie.' : 'Er is nog geen jaarevaluatie voor u.',
      emptyHint: mayWrite
        ? 'Maak er hierboven een. De cijfers komen vanzelf uit de acties en verslagen.'
        : 'De voorzitter maakt er een. Wat is gepubliceerd, staat bij de openbare jaarevaluaties.',
      forms: [askingSection(REVIEWS, [{ value: '', label: 'alles wat ik mag lezen' }, ...areas.slice(1)], rejected)],
      problem: rejected?.problem,
    });
  }

  @FormPost('mail', 'reviews.read')
  async askByMail(@Submitted() form: SubmittedForm): Promise<string> {
    form.ifRejected(PUBLICATION_REQUEST_WORDS, (rejected) => this.list(form, rejected));
    const wanted = { subject: 'reviews', areaId: form.fields.areaId ?? '' };
    await this.requests.ask(toInput(PublicationRequestDto, wanted), form.caller);
    return form.goOn('/mijn-mail', 'U krijgt een mail zodra er een nieuwe jaarevaluatie openbaar is.');
  }

  @Page('nieuw', 'reviews.write')
  async fresh(@CurrentPage() page: PageContext, rejected?: RejectedForm): Promise<string> {
    const areas = await this.selectOptions.areasToChoose(page.caller, 'reviews.write');
    const opgaven = await this.opgaven.list(toInput(OpgaveListDto, { pageSize: '200' }));
    const specs: FieldSpec[] = [
      ofArea(areas),
      ...(opgaven.total > 0 ? [ofOpgave(opgaven.items)] : []),
      { name: 'fromOn', label: 'Eerste dag', type: 'date', isRequired: true },
      { name: 'asOf', label: 'Tot en met (laatste dag)', type: 'date', isRequired: true },
    ];
    const stored = { ...(await this.reviews.proposedPeriod(page.caller)), ...page.query };
    const form = recordForm(`${REVIEWS}/nieuw`, 'Jaarevaluatie maken', specs, stored, rejected);
    const back = { href: REVIEWS, label: 'Jaarevaluaties' };
    return page.showRecord({ title: 'Jaarevaluatie maken', back, form }, rejected);
  }

  @FormPost('nieuw', 'reviews.write')
  async create(@Submitted() form: SubmittedForm): Promise<string> {
    form.ifRejected(REVIEW_WORDS, (rejected) => this.fresh(form, rejected));
    const input = toInput(CreateReviewDto, form.fields);
    const [former] = await this.reviews.ofPeriod(input, form.caller);
    if (former?.state === 'draft') return form.goOn(`${REVIEWS}/${former.id}`, 'Dit concept was er al.');
    const { id } = await this.reviews.create(input, form.caller);
    const besides = former ? ' Let op: over deze periode is er al een definitieve.' : '';
    return form.goOn(`${REVIEWS}/${id}`, `De jaarevaluatie staat klaar als concept.${besides}`);
  }

  @Page(':id', 'reviews.read')
  async show(@CurrentPage() page: PageContext, @PathId() id: string, rejected?: RejectedForm): Promise<string> {
    return page.show('reviews/pages/review', await this.review.view(id, page.caller, rejected));
  }

  @FormPost(':id', 'reviews.write')
  async change(@Submitted() form: SubmittedForm, @PathId() id: string): Promise<string> {
    form.ifRejected(REVIEW_WORDS, (rejected) => this.show(form, id, rejected));
    const texts = orNull(form.fields, 'succeeded', 'notSucceeded', 'learned', 'nextYear');
    await this.reviews.change(id, toInput(ChangeReviewDto, texts), form.version, form.caller);
    return form.goOn(`${REVIEWS}/${id}`, 'De teksten zijn opgeslagen.');
  }

  @FormPost(':id/rondsturen', 'reviews.write')
  async circulate(@Submitted() form: SubmittedForm, @PathId() id: string): Promise<string> {
    form.ifRejected(REVIEW_WORDS, (rejected) => this.show(form, id, rejected));
    await this.voice.circulate(id, form.version, form.caller);
    return form.goOn(`${REVIEWS}/${id}`, 'Het concept gaat naar de partijen. Zij hebben veertien dagen.');
  }

  @FormPost(':id/definitief', 'reviews.write')
  async freeze(@Submitted() form: SubmittedForm, @PathId() id: string): Promise<string> {
    form.ifRejected(REVIEW_WORDS, (rejected) => this.show(form, id, rejected));
    const input = toInput(FreezeReviewDto, { reason: form.fields.reason });
    await this.reviews.freeze(id, input, form.version, form.caller);
    return form.goOn(`${REVIEWS}/${id}`, 'De jaarevaluatie is definitief.');
  }

  @FormPost(':id/publicatie', 'reviews.write')
  async publish(@Submitted() form: SubmittedForm, @PathId() id: string): Promise<string> {
    form.ifRejected(REVIEW_WORDS, (rejected) => this.show(form, id, rejected));
    await this.publication.publish(id, form.version, form.caller);
    return form.goOn(`${REVIEWS}/${id}`, 'Iedereen kan de jaarevaluatie nu lezen.');
  }

  @FormPost(':id/publicatie/einde', 'reviews.write')
  async withdraw(@Submitted() form: SubmittedForm, @PathId() id: string): Promise<string> {
    form.ifRejected(REVIEW_WORDS, (rejected) => this.show(form, id, rejected));
    await this.publication.withdraw(id, form.version, form.caller);
    return form.goOn(`${REVIEWS}/${id}`, 'De jaarevaluatie is niet meer openbaar.');
  }
}
