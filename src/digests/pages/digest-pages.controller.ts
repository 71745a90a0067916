import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { NotInDocument } from '../../platform/common/describe.js';
import { isPermitted } from '../../platform/access/access.rules.js';
import { type Caller, CurrentCaller } from '../../platform/access/caller.js';
import { Requires } from '../../platform/access/requires.js';
import { IdPipe } from '../../platform/common/ids.js';
import { PagingDto } from '../../platform/common/paging.js';
import type { DigestMessageView, DigestRunView } from '../digests.dto.js';
import { Digests } from '../digests.service.js';
import { type Fields, fieldsOf, type FormProblem, toInput } from '../../web/forms.js';
import { Pages } from '../../web/pages.service.js';
import { cell, listQuery, pagerOf, tableOfRows } from '../../web/tables.rules.js';
import { CurrentVisit, type Visit } from '../../web/visit.js';
import { momentWords } from '../../web/moments.rules.js';
import { BACK } from '../../web/records.rules.js';
import { MESSAGE_BADGES, MESSAGE_STATE_WORDS, RUN_STATE_WORDS } from '../../web/words.rules.js';

const PATH = '/beheer/weekberichten';
const RETRY_WORDS = {
  codes: {
    MESSAGE_NOT_WAITING: 'Dit bericht is al verstuurd, of wordt nu verstuurd.',
    DIGEST_WEEK_OVER: 'Deze week is voorbij: dit bericht gaat niet meer uit.',
  },
};
const RETRIABLE = new Set(['failed', 'deferred', 'uncertain']);

/** Per week what was sent, what was not, and the words of the mail server. */
@NotInDocument()
@Controller('beheer/weekberichten')
export class DigestPagesController {
  constructor(
    private readonly pages: Pages,
    private readonly digests: Digests,
  ) {}

  @Get()
  @Requires('digests.read')
  async list(@CurrentVisit() visit: Visit, @CurrentCaller() caller: Caller, @Query() wanted: unknown): Promise<string> {
    const query = fieldsOf(wanted);
    const page = await this.digests.list(toInput(PagingDto, listQuery(query)), caller);
    const rows = page.items.map((run) => [
      cell(`week ${run.week} van ${run.year}`, `${PATH}/${run.id}`),
      cell(RUN_STATE_WORDS[run.state] + (run.reason ? `: ${run.reason}` : '')),
      cell(countWords(run)),
      cell(momentWords(run.dueAt)),
    ]);
    const mayRun = isPermitted(caller, 'digests.run');
    const text =
      'Versturen gaat vanzelf, op maandagochtend. Is er iets blijven liggen, dan kunt u het nu laten versturen. Niemand krijgt een bericht twee keer.';
    const form = { action: `${PATH}/nu`, submit: 'Nu versturen wat nog moet', fields: [], isDanger: false };
    return this.pages.show(visit, 'web/pages/register', {
      title: 'Weekberichten',
      intro:
        'Een voorzitter ziet hier de mensen van de eigen gebieden. Wat er in een bericht staat, ziet niemand hier.',
      back: BACK,
      table: tableOfRows('Weekberichten', ['Week', 'Stand', 'Berichten', 'Aan de beurt'], rows),
      pager: pagerOf(page, PATH, query),
      empty: 'Er is nog geen weekbericht gemaakt.',
      emptyHint: 'Dat gebeurt op maandagochtend, als er acties te laat zijn en de mail werkt.',
      forms: mayRun ? [{ title: 'Nu versturen', text, form }] : [],
    });
  }

  @Post('nu')
  @HttpCode(200)
  @Requires('digests.run')
  async run(@CurrentVisit() visit: Visit, @CurrentCaller() caller: Caller): Promise<string> {
    const { run } = await this.digests.run(caller);
    const notice = run
      ? `Week ${run.week}: ${countWords(run)}.`
      : 'Er is nu niets te versturen, of de mail werkt niet.';
    return this.pages.goOn(visit, PATH, notice);
  }

  @Get(':id')
  @Requires('digests.read')
  show(
    @CurrentVisit() visit: Visit,
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @Query() query: unknown,
  ): Promise<string> {
    return this.showOne(visit, caller, id, fieldsOf(query));
  }

  @Post(':id/berichten/:messageId')
  @HttpCode(200)
  @Requires('digests.run')
  async retry(
    @CurrentVisit() visit: Visit,
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @Param('messageId', IdPipe) messageId: string,
  ): Promise<string> {
    return this.pages.take(
      visit,
      RETRY_WORDS,
      async () => {
        const { address, state } = await this.digests.retry(id, messageId, caller);
        return { path: `${PATH}/${id}`, notice: `${address}: ${MESSAGE_STATE_WORDS[state]}.` };
      },
      (problem) => this.showOne(visit, caller, id, {}, problem),
    );
  }

  private async showOne(
    visit: Visit,
    caller: Caller,
    id: string,
    query: Fields,
    problem?: FormProblem,
  ): Promise<string> {
    const page = await this.digests.messages(id, toInput(PagingDto, listQuery(query)), caller);
    const mayRetry = isPermitted(caller, 'digests.run');
    const messages = page.items.map((message) => toMessage(message, mayRetry));
    return this.pages.show(visit, 'digests/pages/digest-messages', {
      title: 'Berichten van deze week',
      back: { href: PATH, label: 'Alle weekberichten' },
      path: `${PATH}/${id}`,
      messages,
      pager: pagerOf(page, `${PATH}/${id}`, query),
      problem,
    });
  }
}

function toMessage(message: DigestMessageView, mayRetry: boolean) {
  const { id, address, state, attempts, lines, serverWords, sentAt, refusedAt, nextAttemptAt } = message;
  return {
    id,
    address,
    attempts,
    lines,
    serverWords,
    stateName: MESSAGE_STATE_WORDS[state],
    badge: MESSAGE_BADGES[state] ?? 'neutral',
    when: sentAt ? momentWords(sentAt) : state === 'deferred' ? `weer om ${momentWords(nextAttemptAt)}` : '',
    isRefused: refusedAt !== null,
    mayRetry: mayRetry && RETRIABLE.has(state),
  };
}

/** "41 verstuurd, 1 uitgesteld". */
export function countWords({ messages }: Pick<DigestRunView, 'messages'>): string {
  const parts = Object.entries(messages).filter(([, count]) => count > 0);
  return parts.map(([state, count]) => `${count} ${MESSAGE_STATE_WORDS[state]}`).join(', ') || 'geen berichten';
}
