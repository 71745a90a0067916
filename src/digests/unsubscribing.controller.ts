import { mayPauseUntil } from '../actions/recipients/recipients.rules.js';
import { inDutch } from '../platform/common/calendar-date.js';
import { Clock } from '../platform/common/clock.js';
import { type FormProblem, problemWith } from '../platform/rendering/form-problem.js';
import { LinkContext } from '../web/link-pages.js';
import { CurrentLink, LinkFormPost, LinkPage } from '../web/mail-link.js';
import { PageController } from '../web/page-kit.js';
import { KoersoverzichtRequests } from '../wijkagenda/koersoverzicht/requests.service.js';
import { PublicationRequests } from '../wijkagenda/publications/publication-requests.service.js';
import { type Unsubscriber, Unsubscribing } from './unsubscribing.service.js';
import { STOP_WORDS } from './words.js';

/** One-click `List-Unsubscribe` (RFC 8058): the POST takes effect immediately; the GET shows a page with buttons. */
@PageController('afmelden')
export class UnsubscribingController {
  constructor(
    private readonly unsubscribing: Unsubscribing,
    private readonly requests: KoersoverzichtRequests,
    private readonly publications: PublicationRequests,
    private readonly clock: Clock,
  ) {}

  @LinkPage(':key', 'unsubscribe')
  async show(@CurrentLink() link: LinkContext): Promise<string> {
    const person = await this.unsubscribing.open(link.token);
    return typeof person === 'string' ? link.closed(person) : this.page(link, person);
  }

  @LinkFormPost(':key', 'unsubscribe')
  async apply(@CurrentLink() link: LinkContext): Promise<string> {
    const person = await this.unsubscribing.open(link.token);
    if (typeof person === 'string') return link.closed(person);
    if (person.what === 'digest') return this.applyToDigest(link, person);
    if (person.what === 'monthly') await this.requests.stopFor(person.personId);
    else await this.publications.stopAll(person.personId, person.what);
    const { stopped, still } = STOP_WORDS[person.what];
    return link.say(200, stopped, [still]);
  }

  private async applyToDigest(link: LinkContext, person: Unsubscriber): Promise<string> {
    const by = { personId: person.personId, how: 'link' as const };
    const until = (link.request.body as { until?: unknown } | undefined)?.until;
    if (until === undefined) {
      await this.unsubscribing.stop(by);
      return link.say(200, 'U krijgt het weekbericht niet meer', [
        'Uw acties blijven gewoon staan. De voorzitter kan zien dat u het weekbericht niet krijgt.',
      ]);
    }
    if (!mayPauseUntil(until, this.clock.today()))
      return this.page(link, person, problemWith({ until: 'Kies een dag vanaf vandaag.' }));
    await this.unsubscribing.pause(by, until);
    return link.say(200, 'Het weekbericht staat stil', [`Tot en met ${inDutch(until)} krijgt u het niet.`]);
  }

  private page(link: LinkContext, { name, what }: Unsubscriber, problem: FormProblem | null = null): string {
    const words = what === 'digest' ? null : STOP_WORDS[what];
    return link.show('digests/pages/unsubscribe', {
      title: words?.title ?? 'Weekbericht stoppen of stilzetten',
      asks: words?.asks ?? null,
      name,
      problem,
    });
  }
}
