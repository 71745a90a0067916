import { Controller, Get, Query } from '@nestjs/common';
import { NotInDocument } from '../../platform/common/describe.js';
import { Requires } from '../../platform/access/requires.js';
import { PagingDto } from '../../platform/common/paging.js';
import { fieldsOf, toInput } from '../../web/forms.js';
import { Pages } from '../../web/pages.service.js';
import { cell, listQuery, pagerOf, tableOf } from '../../web/tables.rules.js';
import { CurrentVisit, type Visit } from '../../web/visit.js';
import { MailState } from './mail-state.service.js';
import { momentWords } from '../../web/moments.rules.js';
import { BACK } from '../../web/records.rules.js';
import { MAIL_KIND_WORDS, MESSAGE_BADGES, MESSAGE_STATE_WORDS } from '../../web/words.js';

const PATH = '/beheer/mail';

/** Whether mail works, what left, and what did not. */
@NotInDocument()
@Controller('beheer/mail')
export class MailPagesController {
  constructor(
    private readonly pages: Pages,
    private readonly mail: MailState,
  ) {}

  @Get()
  @Requires('digests.run')
  async show(@CurrentVisit() visit: Visit, @Query() wanted: unknown): Promise<string> {
    const query = fieldsOf(wanted);
    const [counts, page] = await Promise.all([
      this.mail.counts(),
      this.mail.stuck(toInput(PagingDto, listQuery(query))),
    ]);
    const kindOf = (kind: string): string => MAIL_KIND_WORDS[kind] ?? kind;
    const stuck = page.items.map(({ address, kind, state, attempts, serverWords, plannedAt }) => [
      cell(address),
      cell(kindOf(kind)),
      cell(MESSAGE_STATE_WORDS[state], null, MESSAGE_BADGES[state] ?? 'neutral'),
      cell(attempts),
      cell(serverWords),
      cell(momentWords(plannedAt)),
    ]);
    const sums = counts.map(({ kind, state, count }) => [
      cell(kindOf(kind)),
      cell(MESSAGE_STATE_WORDS[state]),
      cell(count),
    ]);
    return this.pages.show(visit, 'administration/pages/mail-state', {
      title: 'Mail',
      back: BACK,
      isConfigured: this.mail.isConfigured,
      stuck: tableOf('Blijven liggen', ['Aan', 'Soort', 'Stand', 'Pogingen', 'De mailserver zei', 'Gemaakt'], stuck),
      pager: pagerOf(page, PATH, query),
      sums: tableOf('Alle mail', ['Soort', 'Stand', 'Aantal'], sums),
    });
  }
}
