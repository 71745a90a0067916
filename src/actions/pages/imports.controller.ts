import { isPermitted } from '../../platform/access/access.rules.js';
import type { Caller } from '../../platform/access/caller.js';
import { invalid } from '../../platform/common/problems.js';
import { CreateOrganisationDto } from '../../directory/organisations/organisations.dto.js';
import { Organisations } from '../../directory/organisations/organisations.service.js';
import { ORGANISATION_KIND_WORDS } from '../../directory/words.js';
import type { UnknownName } from '../import/import-rows.rules.js';
import { ImportNames, type NameAnswer } from '../import/import-names.service.js';
import { optionsOf } from '../../web/fields.rules.js';
import { Areas } from '../../directory/areas/areas.service.js';
import { ActionImports } from '../import/action-imports.service.js';
import { type FormWords, type RejectedForm, toInput } from '../../web/forms.js';
import { PageContext, SubmittedForm } from '../../web/page-context.js';
import { CurrentPage, FormPost, Page, PageController, PathId, Submitted } from '../../web/page-kit.js';
import { fileWords, shownOf, tableIn } from '../../web/import-files.js';
import { LIST } from './action-filters.rules.js';
import { IMPORT_CODE_WORDS, IMPORT_OUTCOME_WORDS } from '../words.js';

const WORDS = fileWords({ codes: IMPORT_CODE_WORDS }, 'Gebruik de lijst die u hier ophaalt als voorbeeld.');
const EXECUTION_WORDS: FormWords = {
  codes: IMPORT_CODE_WORDS,
  fields: { doOwnersKnow: 'Kies ja of nee: weten de actiehouders hiervan?' },
  idOf: () => 'bekend',
};

/** The options for a name: none, or a new organisation of a kind; any other value is the id of an organisation. */
const NONE = 'overslaan';
const NEW = 'nieuw-';
/** Fewer than a form can hold; the next ones follow once these are resolved. */
const MOST_NAMES = 50;

/** Imports an action list: shows first what each row would change, then executes it with one button. */
@PageController('gebieden/:id/acties/invoeren')
export class ImportsController {
  constructor(
    private readonly areas: Areas,
    private readonly imports: ActionImports,
    private readonly names: ImportNames,
    private readonly organisations: Organisations,
  ) {}

  @Page('', 'actions.write')
  async ask(@CurrentPage() page: PageContext, @PathId() id: string, rejected?: RejectedForm): Promise<string> {
    const { name } = await this.areas.read(id);
    const view = {
      title: 'Acties invoeren',
      area: { id, name },
      most: '10.000',
      mayPaste: true,
      pasted: rejected?.fields.tabel,
      problem: rejected?.problem,
    };
    return page.show('actions/pages/import', view);
  }

  @FormPost('', 'actions.write')
  async propose(@Submitted() form: SubmittedForm, @PathId() id: string): Promise<string> {
    form.ifRejected(WORDS, (rejected) => this.ask(form, id, rejected));
    const proposal = await this.imports.propose(tableIn(form), id, form.caller);
    return form.goOn(`/gebieden/${id}/acties/invoeren/${proposal.id}`);
  }

  @Page(':importId', 'actions.write')
  async preview(
    @CurrentPage() page: PageContext,
    @PathId() id: string,
    @PathId('importId') importId: string,
    rejected?: RejectedForm,
  ): Promise<string> {
    const { counts, state, unknownColumns, unknownNames, version, ...proposal } = await this.imports.read(
      importId,
      page.caller,
    );
    const { name } = await this.areas.read(id);
    const { rows, more } = shownOf(
      proposal.rows.filter(({ outcome, remarks }) => outcome !== 'unchanged' || remarks.length > 0),
    );
    return page.show('actions/pages/import-preview', {
      title: 'Wat de lijst zou doen',
      area: { id, name },
      importId: proposal.id,
      todo: counts.new + counts.changed,
      isNew: counts.new > 0,
      unanswered: rejected?.problem.byField.doOwnersKnow,
      isDone: state === 'executed',
      unknownColumns: unknownColumns.join(', '),
      names: state === 'proposed' ? await this.namesToSettle(unknownNames, page.caller) : null,
      subject: 'Actie',
      rows: rows.map((row) => ({ ...row, number: row.number ?? '', outcomeName: IMPORT_OUTCOME_WORDS[row.outcome] })),
      ...{ counts, version, more, problem: rejected?.problem },
    });
  }

  @FormPost(':importId', 'actions.write')
  async execute(
    @Submitted() form: SubmittedForm,
    @PathId() id: string,
    @PathId('importId') importId: string,
  ): Promise<string> {
    form.ifRejected(EXECUTION_WORDS, (rejected) => this.preview(form, id, importId, rejected));
    const { version } = form;
    const doOwnersKnow = await this.answerOf(form, importId);
    const { counts } = await this.imports.execute(importId, version, doOwnersKnow, form.caller);
    return form.goOn(`${LIST}?gebied=${id}`, `Ingevoerd: ${counts.new} nieuw, ${counts.changed} gewijzigd.`);
  }

  @FormPost(':importId/namen', 'actions.write')
  async settle(
    @Submitted() form: SubmittedForm,
    @PathId() id: string,
    @PathId('importId') importId: string,
  ): Promise<string> {
    form.ifRejected({ codes: IMPORT_CODE_WORDS }, (rejected) => this.preview(form, id, importId, rejected));
    const choices = form.values('is');
    const answers = form.values('naam').flatMap((name, at) => answerOn(name, choices[at]));
    await this.names.settle(importId, form.version, answers, form.caller);
    return form.goOn(`/gebieden/${id}/acties/invoeren/${importId}`, 'De lijst is opnieuw gelezen.');
  }

  /** The names that match no organisation, and what each may mean; null if there are none. */
  private async namesToSettle(unknown: readonly UnknownName[], caller: Caller) {
    if (unknown.length === 0) return null;
    return {
      unknown: unknown.slice(0, MOST_NAMES),
      more: Math.max(0, unknown.length - MOST_NAMES),
      known: (await this.organisations.names()).map(({ id, name }) => ({ value: id, label: name })),
      kinds: isPermitted(caller, 'organisations.write')
        ? optionsOf(ORGANISATION_KIND_WORDS).map(({ value, label }) => ({ value: `${NEW}${value}`, label }))
        : null,
    };
  }

  /** Whether the owners know; asked only if there are new actions. */
  private async answerOf(form: SubmittedForm, importId: string): Promise<boolean> {
    const { bekend } = form.fields;
    if (bekend) return bekend !== 'nee';
    const { counts, state } = await this.imports.read(importId, form.caller);
    if (counts.new > 0 && state === 'proposed')
      throw invalid([{ field: 'doOwnersKnow', message: 'doOwnersKnow is required on the page' }]);
    return true;
  }
}

function answerOn(name: string, choice: string): NameAnswer[] {
  if (choice === NONE) return [];
  if (!choice.startsWith(NEW)) return [{ name, organisationId: choice }];
  return [{ name, isNew: toInput(CreateOrganisationDto, { name, kind: choice.slice(NEW.length) }) }];
}
