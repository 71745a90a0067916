import { Inject, Injectable } from '@nestjs/common';
import { hasJustSignedIn, MINUTES_RECENT } from '../../platform/access/recent-sign-in.js';
import { Clock } from '../../platform/common/clock.js';
import { EVENT_KINDS } from '../../platform/events/event.entity.js';
import { SETTINGS, type Settings } from '../../platform/settings.js';
import type { FieldSpec, FormBlock, Option } from '../../web/fields.rules.js';
import type { RejectedForm } from '../../web/forms.js';
import { momentWords } from '../../web/moments.rules.js';
import { PageContext, SubmittedForm } from '../../web/page-context.js';
import { recordForm } from '../../web/records.rules.js';
import type { WebhookView } from '../webhooks.dto.js';
import { SECRET_OVERLAP_HOURS } from '../webhooks.rules.js';
import { Webhooks } from '../webhooks.service.js';
import { EVENT_WORDS } from '../words.js';

export const WEBHOOKS = '/beheer/berichten';
const ALL = { href: WEBHOOKS, label: 'Alle berichten aan systemen' };

const NAME: FieldSpec = {
  ...{ name: 'name', label: 'Naam', type: 'line', maximum: 100, isRequired: true },
  hint: 'Het systeem dat de berichten krijgt, zoals “zaaksysteem”.',
};
const TARGET: FieldSpec = {
  ...{ name: 'url', label: 'Adres', type: 'line', maximum: 500, isRequired: true },
  hint: 'Dit krijgt u van wie het systeem beheert. Het begint met https://.',
};

/** The result of a form on the page: a rejection, or a new secret. */
interface Outcome {
  rejected?: RejectedForm;
  secret?: string;
}

/** The page of one webhook, and that of a new one. */
@Injectable()
export class WebhookPage {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly webhooks: Webhooks,
    private readonly clock: Clock,
  ) {}

  showNew(page: PageContext, areas: readonly Option[], rejected?: RejectedForm): string {
    const area: FieldSpec = {
      ...{ name: 'areaId', label: 'Gebied', type: 'choice', isRequired: true, options: areas },
      hint: 'Met alles wat eronder valt.',
    };
    const form = recordForm(`${WEBHOOKS}/nieuw`, 'Toevoegen', [NAME, TARGET, area], {}, rejected);
    return page.show('integrations/pages/new-webhook', {
      ...{ title: 'Systeem toevoegen', back: ALL, problem: rejected?.problem, hasOin: this.settings.OIN !== '' },
      ...{ form: withKinds(form, ticked(page, []), rejected), ...this.recent(page) },
    });
  }

  async show(page: PageContext, id: string, { rejected, secret }: Outcome = {}): Promise<string> {
    const webhook = await this.webhooks.read(id);
    const path = `${WEBHOOKS}/${id}`;
    const form = recordForm(path, 'Opslaan', [NAME, TARGET], webhook, rejected);
    return page.show('integrations/pages/webhook', {
      ...{ title: webhook.name, back: ALL, problem: rejected?.problem, made: secret, path, version: webhook.version },
      ...{ isEnded: webhook.endedAt !== null, overlapHours: SECRET_OVERLAP_HOURS, facts: factsOf(webhook) },
      form: withKinds(form, ticked(rejected ? page : undefined, webhook.kinds), rejected),
      ...this.recent(page),
    });
  }

  private recent({ caller }: PageContext) {
    return { isRecent: hasJustSignedIn(caller, this.clock.now()), minutes: MINUTES_RECENT };
  }
}

const factsOf = ({ areaName, url, lastDeliveredAt, waiting, dead, endedAt }: WebhookView) => [
  { term: 'Gebied', text: areaName },
  { term: 'Adres', text: url },
  { term: 'Laatst aangekomen', text: lastDeliveredAt ? momentWords(lastDeliveredAt) : 'nog niets' },
  { term: 'Wacht', text: String(waiting) },
  { term: 'Opgegeven', text: String(dead) },
  ...(endedAt ? [{ term: 'Beëindigd', text: momentWords(endedAt) }] : []),
];

/** What was ticked in the submitted form, otherwise what is stored. */
const ticked = (page: PageContext | undefined, stored: readonly string[]): readonly string[] =>
  page instanceof SubmittedForm ? page.values('kinds') : stored;

const withKinds = (form: FormBlock, chosen: readonly string[], rejected?: RejectedForm) => ({
  ...form,
  kindsError: rejected?.problem.byField.kinds ?? null,
  kinds: EVENT_KINDS.map((value) => ({ value, label: EVENT_WORDS[value], isChosen: chosen.includes(value) })),
});
