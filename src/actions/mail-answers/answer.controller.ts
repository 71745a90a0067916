import { TakesFiles } from '../../platform/common/form-files.js';
import { LinkContext } from '../../web/link-pages.js';
import { CurrentLink, LinkFormPost, LinkPage } from '../../web/mail-link.js';
import { PageController } from '../../web/page-kit.js';
import { type Outcome, toAnswers } from './answer-page.rules.js';
import { ANSWERED_FROM, AnswerPages, type OpenLink } from './answer-pages.service.js';

/** The page behind a link in a mail. */
@PageController('antwoord')
export class AnswerController {
  constructor(private readonly pages: AnswerPages) {}

  @LinkPage(':key', ...ANSWERED_FROM)
  async show(@CurrentLink() link: LinkContext): Promise<string> {
    const open = await this.pages.open(link.token);
    if (typeof open === 'string') return link.closed(open);
    const { klaar = '' } = link.query;
    return this.page(link, open, { saved: klaar.split(' '), refused: new Map(), isEmpty: false });
  }

  @LinkFormPost(':key', ...ANSWERED_FROM)
  @TakesFiles()
  async answer(@CurrentLink() link: LinkContext): Promise<string> {
    const open = await this.pages.open(link.token);
    if (typeof open === 'string') return link.closed(open);
    const photos = await this.pages.receive(open, link.upload);
    const outcome = await this.pages.answer(open, toAnswers(link.fields, open.link.subjectIds), photos);
    if (!outcome.isEmpty && outcome.refused.size === 0)
      return link.goBack(`${new URLSearchParams({ klaar: outcome.saved.join(' ') })}`);
    // Opened again, to include what was just saved.
    const now = await this.pages.open(link.token);
    return typeof now === 'string' ? link.closed(now) : this.page(link, now, outcome);
  }

  private async page(link: LinkContext, open: OpenLink, outcome: Outcome): Promise<string> {
    const { actie: first = '', antwoord: answer = '' } = link.query;
    return link.show('actions/pages/answer', await this.pages.view(open, { first, answer }, outcome));
  }
}
