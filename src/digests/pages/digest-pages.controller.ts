import { isPermitted } from '../../platform/access/access.rules.js';
import { PagingDto } from '../../platform/common/paging.js';
import type { DigestMessageView, DigestRunView } from '../digests.dto.js';
import { Digests } from '../digests.service.js';
import { type RejectedForm, toInput } from '../../web/forms.js';
import { PageContext, SubmittedForm } from '../../web/page-context.js';
import { CurrentPage, FormPost, Page, PageController, PathId, Submitted } from '../../web/page-kit.js';
import { cell, listQuery, pagerOf } from '../../web/tables.rules.js';
import { shortMoment } from '../../web/moments.rules.js';
import { formOf } from '../../web/fields.rules.js';
import { BACK } from '../../web/records.rules.js';
import { outcomeWords } from '../../web/mail.words.js';
import { MESSAGE_BADGES, MESSAGE_STATE_WORDS, RUN_STATE_WORDS } from '../../web/words.js';
import { RETRY_WORDS, SKIP_REASON_WORDS } from '../words.js';

const PATH = '/beheer/weekberichten';
const SENDING = {
  title: 'Nu versturen',
  text: 'Versturen gaat vanzelf, elke week. Is er iets blijven liggen, dan kunt u het nu laten versturen. Niemand krijgt een bericht twee keer.',
};
const RETRIABLE = new Set(['failed', 'deferred', 'uncertain']);

/** Per week what was sent, what was not, and the mail server's responses. */
@PageController('beheer/weekberichten')
export class DigestPagesController {
  constructor(private readonly digests: Digests) {}

  @Page('', 'digests.read')
  async list(@CurrentPage() page: PageContext): Promise<string> {
    const found = await this.digests.list(toInput(PagingDto, listQuery(page.query)), page.caller);
    const mayRun = isPermitted(page.caller, 'digests.run');
    return page.showRegister(found, {
      title: 'Weekberichten',
      intro:
        'Een voorzitter ziet hier de mensen van de eigen gebieden. Wat er in een bericht staat, ziet niemand hier.',
      back: BACK,
      links: [{ href: `${PATH}/weken`, label: 'Weken zonder weekbericht' }],
      columns: {
        Week: ({ id, week, year }) => cell(`week ${week} van ${year}`, `${PATH}/${id}`),
        Stand: ({ state, reason }) => RUN_STATE_WORDS[state] + (reason ? `: ${SKIP_REASON_WORDS[reason]}` : ''),
        Berichten: (run) => countWords(run),
        'Aan de beurt': ({ dueAt }) => shortMoment(dueAt, page.caller.today),
      },
      empty: 'Er is nog geen weekbericht gemaakt.',
      emptyHint: 'Dat gebeurt elke week, als er acties te laat zijn en de mail werkt.',
      forms: mayRun ? [{ ...SENDING, form: formOf(`${PATH}/nu`, 'Nu versturen wat nog moet', []) }] : [],
    });
  }

  @FormPost('nu', 'digests.run')
  async run(@Submitted() form: SubmittedForm): Promise<string> {
    const { run } = await this.digests.run(form.caller);
    const notice = run
      ? `Week ${run.week}: ${countWords(run)}.`
      : 'Er is nu niets te versturen, of de mail werkt niet.';
    return form.goOn(PATH, notice);
  }

  @Page(':id', 'digests.read')
  async show(@CurrentPage() page: PageContext, @PathId() id: string, rejected?: RejectedForm): Promise<string> {
    const found = await this.digests.messages(id, toInput(PagingDto, listQuery(page.query)), page.caller);
    const { week, year } = await this.digests.weekOf(id);
    const mayRetry = isPermitted(page.caller, 'digests.run');
    return page.show('digests/pages/digest-messages', {
      title: `Weekberichten van week ${week} van ${year}`,
      back: { href: PATH, label: 'Alle weekberichten' },
      path: `${PATH}/${id}`,
      messages: found.items.map((message) => toMessage(message, page.caller.today, mayRetry)),
      pager: pagerOf(found, `${PATH}/${id}`, page.query),
      problem: rejected?.problem,
    });
  }

  @FormPost(':id/berichten/:messageId', 'digests.run')
  async retry(
    @Submitted() form: SubmittedForm,
    @PathId() id: string,
    @PathId('messageId') messageId: string,
  ): Promise<string> {
    form.ifRejected(RETRY_WORDS, (rejected) => this.show(form, id, rejected));
    const { address, state } = await this.digests.retry(id, messageId, form.caller);
    return form.goOn(`${PATH}/${id}`, `${address}: ${MESSAGE_STATE_WORDS[state]}.`);
  }
}

function toMessage(message: DigestMessageView, today: string, mayRetry: boolean) {
  const { id, address, state, attempts, lines, serverWords, sentAt, refusedAt, nextAttemptAt } = message;
  const at = (moment: string): string => shortMoment(moment, today);
  return {
    id,
    address,
    attempts,
    isRepeated: attempts > 1,
    lines,
    // What the server said of a mail that it took tells nobody anything.
    words: outcomeWords(state === 'sent' ? null : serverWords),
    stateName: MESSAGE_STATE_WORDS[state],
    badge: MESSAGE_BADGES[state] ?? 'neutral',
    when: sentAt ? at(sentAt) : state === 'deferred' ? `weer op ${at(nextAttemptAt)}` : '',
    isRefused: refusedAt !== null,
    mayRetry: mayRetry && RETRIABLE.has(state),
  };
}

/** "41 verstuurd, 1 uitgesteld". */
function countWords({ messages }: Pick<DigestRunView, 'messages'>): string {
  const parts = Object.entries(messages).filter(([, count]) => count > 0);
  return parts.map(([state, count]) => `${count} ${MESSAGE_STATE_WORDS[state]}`).join(', ') || 'geen berichten';
}
