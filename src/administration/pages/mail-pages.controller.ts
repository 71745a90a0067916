import { PagingDto } from '../../platform/common/paging.js';
import { toInput } from '../../web/forms.js';
import { PageContext } from '../../web/page-context.js';
import { CurrentPage, Page, PageController } from '../../web/page-kit.js';
import { cell, listQuery, pagerOf, tableOf } from '../../web/tables.rules.js';
import { MailState } from './mail-state.service.js';
import { momentWords } from '../../web/moments.rules.js';
import { BACK } from '../../web/records.rules.js';
import { outcomeWords } from '../../web/mail.words.js';
import { MAIL_KIND_WORDS, MESSAGE_BADGES, MESSAGE_STATE_WORDS } from '../../web/words.js';

const PATH = '/beheer/mail';

/** Whether mail works, and what was and was not sent. */
@PageController('beheer/mail')
export class MailPagesController {
  constructor(private readonly mail: MailState) {}

  @Page('', 'digests.run')
  async show(@CurrentPage() page: PageContext): Promise<string> {
    const [counts, found] = await Promise.all([
      this.mail.counts(),
      this.mail.stuck(toInput(PagingDto, listQuery(page.query))),
    ]);
    return page.show('administration/pages/mail-state', {
      title: 'Mail',
      back: BACK,
      isConfigured: this.mail.isConfigured,
      stuck: tableOf('Blijven liggen', found.items, {
        Aan: ({ address }) => address,
        Soort: ({ kind }) => kindOf(kind),
        Stand: ({ state }) => cell(MESSAGE_STATE_WORDS[state], null, MESSAGE_BADGES[state] ?? 'neutral'),
        Pogingen: ({ attempts }) => attempts,
        Reden: ({ serverWords }) => reasonOf(serverWords),
        Gemaakt: ({ plannedAt }) => momentWords(plannedAt),
      }),
      pager: pagerOf(found, PATH, page.query),
      sums: tableOf('Alle mail', counts, {
        Soort: ({ kind }) => kindOf(kind),
        Stand: ({ state }) => MESSAGE_STATE_WORDS[state],
        Aantal: ({ count }) => count,
      }),
    });
  }
}

function reasonOf(serverWords: string | null): string | null {
  const { own, server } = outcomeWords(serverWords);
  return server === null ? own : `De mailserver zei: ${server}`;
}

const kindOf = (kind: string): string => MAIL_KIND_WORDS[kind] ?? kind;
