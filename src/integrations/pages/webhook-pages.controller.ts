import { type RejectedForm, toInput } from '../../web/forms.js';
import { momentWords } from '../../web/moments.rules.js';
import { PageContext, SubmittedForm } from '../../web/page-context.js';
import { CurrentPage, FormPost, Page, PageController, PathId, Submitted } from '../../web/page-kit.js';
import { BACK } from '../../web/records.rules.js';
import { SelectOptions } from '../../web/select-options.service.js';
import { cell, listQuery } from '../../web/tables.rules.js';
import { ChangeWebhookDto, CreateWebhookDto, WebhookListDto, type WebhookView } from '../webhooks.dto.js';
import { Webhooks } from '../webhooks.service.js';
import { WEBHOOK_WORDS } from '../words.js';
import { WebhookPage, WEBHOOKS } from './webhook-page.service.js';

/** Which other systems get events. A secret is shown once, in the response to the form. */
@PageController('beheer/berichten')
export class WebhookPagesController {
  constructor(
    private readonly webhooks: Webhooks,
    private readonly record: WebhookPage,
    private readonly selectOptions: SelectOptions,
  ) {}

  @Page('', 'webhooks.read')
  async list(@CurrentPage() page: PageContext): Promise<string> {
    const found = await this.webhooks.list(toInput(WebhookListDto, listQuery(page.query)));
    return page.showRegister(found, {
      title: 'Berichten aan systemen',
      intro:
        'Een ander systeem krijgt vanzelf bericht als er iets gebeurt, zoals een actie die te laat is. In een bericht staat geen tekst. Over vertrouwelijke dingen gaat nooit een bericht.',
      back: BACK,
      add: { href: `${WEBHOOKS}/nieuw`, label: 'Systeem toevoegen' },
      columns: {
        Systeem: ({ id, name }) => cell(name, `${WEBHOOKS}/${id}`),
        Gebied: ({ areaName }) => areaName,
        'Laatst aangekomen': ({ lastDeliveredAt }) => (lastDeliveredAt ? momentWords(lastDeliveredAt) : 'nog niets'),
        Wacht: ({ waiting }) => waiting,
        Stand: standOf,
      },
      empty: 'Er is nog geen systeem dat berichten krijgt.',
      emptyHint: 'Het hoeft niet. Voeg er een toe als een ander programma meteen moet weten wat er verandert.',
    });
  }

  @Page('nieuw', 'webhooks.write')
  async fresh(@CurrentPage() page: PageContext, rejected?: RejectedForm): Promise<string> {
    return this.record.showNew(page, await this.selectOptions.areas('Kies een gebied'), rejected);
  }

  @FormPost('nieuw', 'webhooks.write')
  async create(@Submitted() form: SubmittedForm): Promise<string> {
    form.ifRejected(WEBHOOK_WORDS, (rejected) => this.fresh(form, rejected));
    const input = { ...form.fields, kinds: form.values('kinds') };
    const needed = ['name', 'url', 'areaId', 'kinds'];
    const found = this.webhooks.violations(form.fields);
    const { id, secret } = await this.webhooks.create(toInput(CreateWebhookDto, input, needed, found), form.caller);
    return this.record.show(form, id, { secret });
  }

  @Page(':id', 'webhooks.read')
  show(@CurrentPage() page: PageContext, @PathId() id: string): Promise<string> {
    return this.record.show(page, id);
  }

  @FormPost(':id', 'webhooks.write')
  async change(@Submitted() form: SubmittedForm, @PathId() id: string): Promise<string> {
    form.ifRejected(WEBHOOK_WORDS, (rejected) => this.record.show(form, id, { rejected }));
    const { name, url } = form.fields;
    const input = { name, url, kinds: form.values('kinds') };
    const found = this.webhooks.violations(form.fields);
    const change = toInput(ChangeWebhookDto, input, ['name', 'url', 'kinds'], found);
    await this.webhooks.change(id, change, form.version, form.caller);
    return form.goOn(`${WEBHOOKS}/${id}`, 'Opgeslagen.');
  }

  @FormPost(':id/geheim', 'webhooks.write')
  async rotate(@Submitted() form: SubmittedForm, @PathId() id: string): Promise<string> {
    form.ifRejected(WEBHOOK_WORDS, (rejected) => this.record.show(form, id, { rejected }));
    const { secret } = await this.webhooks.rotate(id, form.caller);
    return this.record.show(form, id, { secret });
  }

  @FormPost(':id/einde', 'webhooks.write')
  async end(@Submitted() form: SubmittedForm, @PathId() id: string): Promise<string> {
    form.ifRejected(WEBHOOK_WORDS, (rejected) => this.record.show(form, id, { rejected }));
    const { name } = await this.webhooks.end(id, form.version, form.caller);
    return form.goOn(WEBHOOKS, `${name} krijgt geen berichten meer.`);
  }
}

function standOf({ endedAt, dead }: WebhookView) {
  if (endedAt !== null) return cell('beëindigd', null, 'neutral');
  return dead > 0 ? cell(`${dead} opgegeven`, null, 'danger') : cell('in orde', null, 'success');
}
