import { DecisionListDto } from '../../meetings/agenda/decisions.dto.js';
import { Decisions } from '../../meetings/agenda/decisions.service.js';
import { inShort } from '../../platform/common/calendar-date.js';
import type { FieldSpec } from '../../web/fields.rules.js';
import { toInput } from '../../web/forms.js';
import { PageContext } from '../../web/page-context.js';
import { CurrentPage, Page, PageController } from '../../web/page-kit.js';
import { SelectOptions } from '../../web/select-options.service.js';
import { cell, listQuery } from '../../web/tables.rules.js';

/** The register of decisions, newest first: those of closed sessions, as far as the caller may know them. */
@PageController('besluitenlijst')
export class DecisionPagesController {
  constructor(
    private readonly decisions: Decisions,
    private readonly selectOptions: SelectOptions,
  ) {}

  @Page('', 'sessions.read')
  async list(@CurrentPage() page: PageContext): Promise<string> {
    const { caller } = page;
    const found = await this.decisions.list(toInput(DecisionListDto, listQuery(page.query)), caller);
    const search: FieldSpec[] = [
      { name: 'q', label: 'Woord', type: 'line' },
      { name: 'area', label: 'Gebied', type: 'choice', options: await this.selectOptions.areas('Alle gebieden') },
      { name: 'from', label: 'Vanaf', type: 'date' },
      { name: 'until', label: 'Tot en met', type: 'date' },
    ];
    return page.showRegister(found, {
      title: 'Besluiten',
      intro: 'Wat in gesloten vergaderingen is besloten. Het nummer noemt gebied, dag en agendapunt.',
      back: { href: '/overleggen', label: 'Overleggen' },
      search,
      columns: {
        Nummer: ({ number, sessionId }) => cell(number, `/vergaderingen/${sessionId}`),
        Besluit: ({ decision }) => decision,
        Onderwerp: ({ title, isConfidential }) => (isConfidential ? `${title} (vertrouwelijk)` : title),
        Overleg: ({ meetingName }) => meetingName,
        Dag: ({ heldOn }) => inShort(heldOn, caller.today),
      },
      isShort: true,
      empty: 'Er zijn nog geen besluiten.',
      emptyHint:
        'Een besluit wordt in de vergadering opgeschreven, bij een agendapunt. Het staat hier zodra zij is gesloten.',
      nothingFound: 'Geen besluit gevonden.',
    });
  }
}
