import { type FormProblem, type FormWords, problemWith, type RejectedForm } from '../../web/forms.js';
import { PageContext, SubmittedForm } from '../../web/page-context.js';
import { CurrentPage, FormPost, Page, PageController, PathId, Submitted } from '../../web/page-kit.js';
import { INVITING_WORDS, tableWords } from '../words.js';
import { newPeopleIn } from './new-people.rules.js';
import { placeIn } from './places.rules.js';
import { ADDRESS, addressesIn, kindsIn, type Ticks } from './table-form.rules.js';
import { TableInvitations } from './table-invitations.service.js';
import { KIND_ID, TableScreen } from './table-screen.service.js';

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
    const organisations = new Set(people.map(({ organisation }) => organisation));
    form.ifRejected(wordsFor(organisations), ({ problem, ...rejected }) =>
      this.form(form, id, fields.van ?? '', { ...rejected, problem: gathered(problem, organisations) }, ticks),
    );
    const places = ticks.values.flatMap((value) => placeIn(value) ?? []);
    const wanted = { places, newcomers: people, addresses: addressesIn(fields), kinds: kindsIn(fields) };
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

/** For each unknown organisation, its kind is asked under its own name. */
const wordsFor = (organisations: ReadonlySet<string>): FormWords => ({
  fields: {
    newcomers: INVITING_WORDS.newcomers,
    ...Object.fromEntries([...organisations].map((name) => [name, INVITING_WORDS.unknown([name])])),
  },
  violations: { address: INVITING_WORDS.address, nobody: INVITING_WORDS.nobody },
  codes: { ALREADY_INVITED: 'Iemand die u aanvinkt, zit intussen al aan tafel. Er is niemand toegevoegd.' },
  idOf: (field) => (field.startsWith(ADDRESS) ? field : 'nieuw'),
});

/** However many organisations are unknown, the summary has one line for them, which links to the first question. */
function gathered(problem: FormProblem, organisations: ReadonlySet<string>): FormProblem {
  const unknown = [...organisations].filter((name) => problem.byField[name] !== undefined);
  if (unknown.length === 0) return problem;
  const lines = new Set(unknown.map((name) => problem.byField[name]));
  const others = problem.summary.filter(({ text }) => !lines.has(text));
  return { ...problem, summary: [{ text: INVITING_WORDS.unknown(unknown), href: `#${KIND_ID}-1` }, ...others] };
}
