import { type FormProblem, type FormWords, problemWith, type RejectedForm } from '../../web/forms.js';
import { PageContext, SubmittedForm } from '../../web/page-context.js';
import { CurrentPage, FormPost, Page, PageController, PathId, Submitted } from '../../web/page-kit.js';
import { INVITING_WORDS, tableWords } from '../words.js';
import { newPeopleIn, type NewPerson } from './new-people.rules.js';
import { placeIn } from './places.rules.js';
import { ADDRESS, addressesIn, kindsIn, mailField, type Ticks, withAddresses } from './table-form.rules.js';
import { TableInvitations } from './table-invitations.service.js';
import { KIND_ID, MAIL_ID, TableScreen } from './table-screen.service.js';

const MEETINGS = '/overleggen';

/** Invites a whole table at once: people of the area, people of another meeting, and new ones. */
@PageController('overleggen/:id')
export class InvitingController {
  constructor(
    private readonly screen: TableScreen,
    private readonly invitations: TableInvitations,
  ) {}

  @Page('uitnodigen', 'meetings.write')
  async show(@CurrentPage() page: PageContext, @PathId() id: string): Promise<string> {
    return this.form(page, id, page.query.van ?? '');
  }

  @FormPost('uitnodigen', 'meetings.write')
  async invite(@Submitted() form: SubmittedForm, @PathId() id: string): Promise<string> {
    const { fields } = form;
    const ticks: Ticks = { values: form.values('wie'), fields };
    const { people, unread } = newPeopleIn(fields.nieuw ?? '');
    if (unread.length > 0) {
      const problem = problemWith({ nieuw: INVITING_WORDS.unread(unread) });
      return this.form(form, id, fields.van ?? '', { fields, problem }, ticks);
    }
    form.ifRejected(wordsFor(people), ({ problem, ...rejected }) =>
      this.form(form, id, fields.van ?? '', { ...rejected, problem: gathered(problem, people) }, ticks),
    );
    const places = ticks.values.flatMap((value) => placeIn(value) ?? []);
    const newcomers = withAddresses(people, fields);
    const wanted = { places, newcomers, addresses: addressesIn(fields), kinds: kindsIn(fields) };
    await this.invitations.invite(id, wanted, form.caller);
    const { seated, unreachable } = await this.screen.reach(id, form.caller);
    const notice = tableWords(seated, unreachable);
    return form.goOn(unreachable.length > 0 ? `${MEETINGS}/${id}/deelnemers` : `${MEETINGS}/${id}`, notice);
  }

  private async form(
    page: PageContext,
    id: string,
    from: string,
    rejected?: RejectedForm,
    ticks?: Ticks,
  ): Promise<string> {
    return page.show('sessions/pages/inviting', await this.screen.inviting(id, from, page.caller, rejected, ticks));
  }
}

/** For each unknown organisation its kind is asked under its own name, and for each new person their address. */
const wordsFor = (people: readonly NewPerson[]): FormWords => ({
  fields: {
    newcomers: INVITING_WORDS.newcomers,
    ...Object.fromEntries(people.map(({ organisation }) => [organisation, INVITING_WORDS.unknown([organisation])])),
    ...Object.fromEntries(people.map((one) => [mailField(one), INVITING_WORDS.addressless([one.name])])),
  },
  violations: { address: INVITING_WORDS.address, nobody: INVITING_WORDS.nobody },
  codes: { ALREADY_INVITED: 'Iemand die u aanvinkt, zit intussen al aan tafel. Er is niemand toegevoegd.' },
  idOf: (field) => (field.startsWith(ADDRESS) ? field : 'nieuw'),
});

/** However many addresses or kinds are missing, the summary has one line for each, which links to the first question. */
function gathered(problem: FormProblem, people: readonly NewPerson[]): FormProblem {
  const isAsked = (field: string) => problem.byField[field] !== undefined;
  const unknown = [...new Set(people.map(({ organisation }) => organisation))].filter(isAsked);
  const addressless = people.filter((one) => isAsked(mailField(one)));
  const lines = new Set([...unknown, ...addressless.map(mailField)].map((field) => problem.byField[field]));
  const questions = [
    { names: addressless.map(({ name }) => name), words: INVITING_WORDS.addressless, id: MAIL_ID },
    { names: unknown, words: INVITING_WORDS.unknown, id: KIND_ID },
  ].filter(({ names }) => names.length > 0);
  return {
    ...problem,
    summary: [
      ...questions.map(({ names, words, id }) => ({ text: words(names), href: `#${id}-1` })),
      ...problem.summary.filter(({ text }) => !lines.has(text)),
    ],
  };
}
