import { isPermitted } from '../../platform/access/access.rules.js';
import { isPausedOn, mayPauseUntil } from '../../actions/recipients/recipients.rules.js';
import { inDutch } from '../../platform/common/calendar-date.js';
import { problemWith } from '../../platform/rendering/form-problem.js';
import { KoersoverzichtRequests } from '../../wijkagenda/koersoverzicht/requests.service.js';
import { PublicationRequests } from '../../wijkagenda/publications/publication-requests.service.js';
import type { PublicationRequestView } from '../../wijkagenda/publications/publication-requests.dto.js';
import { PUBLICATION_WORDS } from '../../wijkagenda/words.js';
import type { RejectedForm } from '../../web/forms.js';
import { PageContext, SubmittedForm } from '../../web/page-context.js';
import { CurrentPage, FormPost, Page, PageController, PathId, Submitted } from '../../web/page-kit.js';
import { Replacing } from '../replacing.service.js';
import { Unsubscribing } from '../unsubscribing.service.js';

const PATH = '/mijn-mail';

/** Regular and requested mails, which their recipient can stop here. */
@PageController('mijn-mail')
export class MyMailController {
  constructor(
    private readonly unsubscribing: Unsubscribing,
    private readonly replacing: Replacing,
    private readonly koersoverzicht: KoersoverzichtRequests,
    private readonly publications: PublicationRequests,
  ) {}

  @Page('', 'me.read')
  async show(@CurrentPage() page: PageContext, rejected?: RejectedForm): Promise<string> {
    const { caller } = page;
    const [{ isDigestStopped: isStopped, digestPausedUntilOn: pausedUntilOn }, monthly, asked, replacing] =
      await Promise.all([
        this.unsubscribing.preferences(caller.personId),
        this.koersoverzicht.find(caller),
        Promise.all([this.publications.of('quarterly_results', caller), this.publications.of('reviews', caller)]),
        this.replacing.of(caller.personId, caller.today),
      ]);
    const isPaused = isPausedOn(pausedUntilOn, caller.today);
    return page.show('digests/pages/my-mail', {
      title: 'Mijn mail',
      path: PATH,
      problem: rejected?.problem ?? null,
      form: { form: 'weekbericht', errors: rejected?.problem.byField ?? {} },
      until: rejected?.fields.until ?? '',
      isComing: !isStopped && !isPaused,
      isStopped,
      pausedUntil: isPaused ? inDutch(pausedUntilOn) : null,
      monthly,
      asked: asked.flat().map(toLine),
      replacing,
      ownPage: isPermitted(caller, 'people.write') ? `/beheer/mensen/${caller.personId}#vervanger` : null,
      mayAskReviews: isPermitted(caller, 'reviews.read'),
      mayAskMonthly: isPermitted(caller, 'koersoverzicht.read'),
    });
  }

  @FormPost('weekbericht/pauze', 'me.write')
  async pause(@Submitted() form: SubmittedForm): Promise<string> {
    const { until = '' } = form.fields;
    if (!mayPauseUntil(until, form.caller.today))
      return this.show(form, { fields: form.fields, problem: problemWith({ until: 'Kies een dag vanaf vandaag.' }) });
    await this.unsubscribing.pause(form.caller, until);
    return form.goOn(PATH, `Het weekbericht staat stil tot en met ${inDutch(until)}.`);
  }

  @FormPost('weekbericht/einde', 'me.write')
  async stop(@Submitted() form: SubmittedForm): Promise<string> {
    await this.unsubscribing.stop(form.caller);
    return form.goOn(PATH, 'U krijgt het weekbericht niet meer.');
  }

  @FormPost('weekbericht', 'me.write')
  async resume(@Submitted() form: SubmittedForm): Promise<string> {
    await this.unsubscribing.resume(form.caller);
    return form.goOn(PATH, 'U krijgt het weekbericht weer.');
  }

  @FormPost('koersoverzicht/einde', 'me.write')
  async stopMonthly(@Submitted() form: SubmittedForm): Promise<string> {
    await this.koersoverzicht.stop(form.version, form.caller);
    return form.goOn(PATH, 'U krijgt het koersoverzicht niet meer per mail.');
  }

  @FormPost(':id/einde', 'me.write')
  async stopAsked(@Submitted() form: SubmittedForm, @PathId() id: string): Promise<string> {
    const stopped = await this.publications.stop(id, form.version, form.caller);
    return form.goOn(PATH, `U krijgt dit niet meer per mail: ${nameOf(stopped)}.`);
  }
}

const toLine = (one: PublicationRequestView) => ({ id: one.id, version: one.version, name: nameOf(one) });

/** "Gelukt per kwartaal: Boskoop" */
const nameOf = ({ subject, areaName }: PublicationRequestView): string =>
  `${PUBLICATION_WORDS[subject]}: ${areaName ?? 'alles wat u mag lezen'}`;
