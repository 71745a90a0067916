import { type FieldSpec, filled } from '../../web/fields.rules.js';
import { type RejectedForm, toInput } from '../../web/forms.js';
import { shortMoment } from '../../web/moments.rules.js';
import { PageContext, SubmittedForm } from '../../web/page-context.js';
import { CurrentPage, FormPost, Page, PageController, PathId, Submitted } from '../../web/page-kit.js';
import { listQuery, pagerOf } from '../../web/tables.rules.js';
import { Deliveries } from '../deliveries.service.js';
import { DELIVERY_STATES } from '../webhook-delivery.entity.js';
import { DeliveryListDto, type DeliveryView } from '../webhooks.dto.js';
import { HOURS_TRIED } from '../webhooks.rules.js';
import { Webhooks } from '../webhooks.service.js';
import { DELIVERY_WORDS, EVENT_WORDS, reasonWords, WEBHOOK_WORDS } from '../words.js';
import { WEBHOOKS } from './webhook-page.service.js';

const STATE: FieldSpec = {
  ...{ name: 'state', label: 'Stand', type: 'choice' },
  options: [
    { value: '', label: 'Alle' },
    ...DELIVERY_STATES.map((value) => ({ value, label: DELIVERY_WORDS[value].word })),
  ],
};

/** What was delivered to another system and what was not, with a button that sends it again. */
@PageController('beheer/berichten/:id/bezorgingen')
export class DeliveryPagesController {
  constructor(
    private readonly webhooks: Webhooks,
    private readonly deliveries: Deliveries,
  ) {}

  @Page('', 'webhooks.read')
  async list(@CurrentPage() page: PageContext, @PathId() id: string, rejected?: RejectedForm): Promise<string> {
    const { name, endedAt } = await this.webhooks.read(id);
    const query = page instanceof SubmittedForm ? {} : page.query;
    const found = await this.deliveries.list(id, toInput(DeliveryListDto, listQuery(query)));
    const path = `${WEBHOOKS}/${id}/bezorgingen`;
    return page.show('integrations/pages/deliveries', {
      ...{ title: `Bezorgingen aan ${name}`, back: { href: `${WEBHOOKS}/${id}`, label: name } },
      ...{ problem: rejected?.problem, path, daysTried: HOURS_TRIED / 24, isEnded: endedAt !== null },
      search: { action: path, fields: filled([STATE], query), submit: 'Tonen' },
      deliveries: found.items.map((delivery) => lineOf(delivery, page.caller.today)),
      pager: pagerOf(found, path, query),
    });
  }

  @FormPost(':deliveryId', 'webhooks.write')
  async retry(@Submitted() form: SubmittedForm, @PathId() id: string, @PathId('deliveryId') deliveryId: string) {
    form.ifRejected(WEBHOOK_WORDS, (rejected) => this.list(form, id, rejected));
    await this.deliveries.retry(id, deliveryId, form.caller);
    return form.goOn(`${WEBHOOKS}/${id}/bezorgingen`, 'Het bericht wordt opnieuw verstuurd.');
  }
}

function lineOf(delivery: DeliveryView, today: string) {
  const { id, kind, subjectId, state, plannedAt, attempts } = delivery;
  return {
    ...{ id, attempts, ...DELIVERY_WORDS[state], what: EVENT_WORDS[kind], at: shortMoment(plannedAt, today) },
    href: kind.startsWith('action.') ? `/acties/${subjectId}` : null,
    remark: remarkOf(delivery, today),
    mayRetry: state !== 'claimed',
  };
}

function remarkOf(delivery: DeliveryView, today: string): string | null {
  const { state, reason, status, deliveredAt, nextAttemptAt } = delivery;
  if (state === 'delivered') return deliveredAt && shortMoment(deliveredAt, today);
  const why = reason ? reasonWords(reason) : status && `Het systeem antwoordde met code ${status}.`;
  const again = state === 'deferred' && `Opnieuw: ${shortMoment(nextAttemptAt, today)}.`;
  return [why, again].filter(Boolean).join(' ') || null;
}
