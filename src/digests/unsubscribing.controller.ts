import { inDutch, isCalendarDate } from '../platform/common/calendar-date.js';
import { Clock } from '../platform/common/clock.js';
import { type FormProblem, problemWith } from '../platform/rendering/form-problem.js';
import { LinkContext } from '../web/link-pages.js';
import { CurrentLink, LinkFormPost, LinkPage } from '../web/mail-link.js';
import { PageController } from '../web/page-kit.js';
import { KoersoverzichtRequests } from '../wijkagenda/koersoverzicht/requests.service.js';
import { type Unsubscriber, Unsubscribing } from './unsubscribing.service.js';

/** One-click `List-Unsubscribe` (RFC 8058): the POST takes effect at once; the GET shows a page with buttons. */
@PageController('afmelden')
export class UnsubscribingController {
  constructor(
    private readonly unsubscribing: Unsubscribing,
    private readonly requests: KoersoverzichtRequests,
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
    if (person.isMonthly) {
      await this.requests.stopFor(person.personId);
      return link.say(200, 'U krijgt het koersoverzicht niet meer per mail', [
        'Het overzicht zelf blijft te zien nadat u zich hebt aangemeld. Daar kunt u de mail ook weer aanvragen.',
      ]);
    }
    const until = (link.request.body as { until?: unknown } | undefined)?.until;
    if (until === undefined) {
      await this.unsubscribing.apply(person.personId, null);
      return link.say(200, 'U krijgt het weekbericht niet meer', [
        'Uw acties blijven gewoon staan. De voorzitter kan zien dat u het weekbericht niet krijgt.',
      ]);
    }
    if (!isCalendarDate(until) || until < this.clock.today())
      return this.page(link, person, problemWith({ until: 'Kies een dag vanaf vandaag.' }));
    await this.unsubscribing.apply(person.personId, until);
    return link.say(200, 'Het weekbericht staat stil', [`Tot en met ${inDutch(until)} krijgt u het niet.`]);
  }

  private page(link: LinkContext, { name, isMonthly }: Unsubscriber, problem: FormProblem | null = null): string {
    return link.show('digests/pages/unsubscribe', {
      title: isMonthly ? 'Koersoverzicht per mail stoppen' : 'Weekbericht stoppen of stilzetten',
      isMonthly,
      name,
      problem,
    });
  }
}
