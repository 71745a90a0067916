import { Grants } from '../../directory/people/grants.service.js';
import { isId } from '../../platform/common/ids.js';
import type { FieldSpec } from '../../web/fields.rules.js';
import { type RejectedForm, toInput } from '../../web/forms.js';
import { PageContext, SubmittedForm } from '../../web/page-context.js';
import { CurrentPage, FormPost, Page, PageController, Submitted } from '../../web/page-kit.js';
import { recordForm } from '../../web/records.rules.js';
import { SelectOptions } from '../../web/select-options.service.js';
import { CHAIR_CHANGE_TEXTS, chairChangeWords, changedWords } from './chair-change.words.js';
import { ChangeChairDto } from './chair-changes.dto.js';
import { ChairChanges } from './chair-changes.service.js';

const PATH = '/beheer/voorzitter-wisselen';
const ROLES = { href: '/beheer/rollen', label: 'Rollen' };

/** Another chair: one form with one date. */
@PageController('beheer/voorzitter-wisselen')
export class ChairChangePagesController {
  constructor(
    private readonly chairs: ChairChanges,
    private readonly grants: Grants,
    private readonly selectOptions: SelectOptions,
  ) {}

  @Page('', 'grants.write')
  async ask(@CurrentPage() page: PageContext, rejected?: RejectedForm): Promise<string> {
    const options = await this.selectOptions.addresses(page.caller);
    const person = { type: 'email', isRequired: true, options } as const;
    const specs: FieldSpec[] = [
      {
        ...{ name: 'areaId', label: 'Gebied', type: 'choice', isRequired: true },
        options: await this.selectOptions.areas('Kies een gebied'),
      },
      { ...person, name: 'fromPersonId', label: 'Wie stopt als voorzitter?', hint: 'Het e-mailadres.' },
      {
        ...{ ...person, name: 'toPersonId', label: 'Wie neemt het over?' },
        hint: 'Het e-mailadres van iemand die hier bekend is.',
      },
      { name: 'fromOn', label: 'Vanaf welke dag?', type: 'date', isRequired: true },
      {
        ...{ name: 'laterDueOn', label: 'Later klaar: nieuwe datum voor de open acties', type: 'date' },
        hint: 'Alleen voor acties op naam van wie stopt, die eerder klaar zouden zijn. Leeg: de datums blijven zoals ze zijn.',
      },
    ];
    const stored = { fromOn: page.caller.today, ...page.query };
    const form = recordForm(PATH, 'Voorzitter wisselen', specs, stored, rejected);
    return page.showRecord({ title: 'Voorzitter wisselen', back: ROLES, texts: CHAIR_CHANGE_TEXTS, form }, rejected);
  }

  @FormPost('', 'grants.write')
  async change(@Submitted() form: SubmittedForm): Promise<string> {
    const { areaId, fromOn, laterDueOn } = form.fields;
    const idOf = (name: string) => this.selectOptions.personIdOf(form.fields[name], form.caller);
    const people = { fromPersonId: await idOf('fromPersonId'), toPersonId: await idOf('toPersonId') };
    const { fromPersonId } = people;
    const chaired = isId(fromPersonId) ? await this.grants.chairedBy(fromPersonId) : [];
    form.ifRejected(chairChangeWords(chaired.map(({ areaName }) => areaName)), (rejected) => this.ask(form, rejected));
    const wanted = { areaId, ...people, fromOn, laterDueOn };
    return form.goOn(ROLES.href, changedWords(await this.chairs.change(toInput(ChangeChairDto, wanted), form.caller)));
  }
}
