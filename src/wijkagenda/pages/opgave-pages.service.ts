import { Injectable } from '@nestjs/common';
import { isPermitted, isPermittedIn } from '../../platform/access/access.rules.js';
import type { Caller } from '../../platform/access/caller.js';
import { inDutch } from '../../platform/common/calendar-date.js';
import { Opgaven } from '../../goals/opgaven/opgaven.service.js';
import { Organisations } from '../../directory/organisations/organisations.service.js';
import { type FieldSpec, filled, folded, formOf } from '../../web/fields.rules.js';
import type { Fields, FormProblem } from '../../web/forms.js';
import { cell, tableOfRows } from '../../web/tables.rules.js';
import { OpgaveOverview } from '../opgave-overview.service.js';
import { lightOf } from '../../goals/pages/course-words.rules.js';

export const OPGAVEN = '/opgaven';
const STATUS_WORDS: Record<string, string> = {
  open: 'open',
  in_progress: 'loopt',
  blocked: 'stokt',
  on_hold: 'aangehouden',
  done: 'gereed',
  cancelled: 'vervallen',
};

/** An opgave with what serves it in all areas, and what the departments say of it. */
@Injectable()
export class OpgavePages {
  constructor(
    private readonly opgaven: Opgaven,
    private readonly overview: OpgaveOverview,
    private readonly organisations: Organisations,
  ) {}

  async view(id: string, caller: Caller, tried?: { fields: Fields; problem: FormProblem }) {
    const [opgave, serving, lines] = await Promise.all([
      this.opgaven.read(id),
      this.overview.of(id, caller),
      this.opgaven.lines(id, { page: 1, pageSize: 200 }),
    ]);
    const mayAnswer = isPermitted(caller, 'opgaven.answer') && caller.organisationIds.length > 0;
    const specs = await this.lineFields(caller);
    return {
      title: opgave.title,
      back: { href: OPGAVEN, label: 'Alle opgaven' },
      problem: tried?.problem,
      id,
      version: opgave.version,
      mayChange: isPermittedIn(caller, 'opgaven.write', opgave.areaId),
      description: opgave.description,
      facts: [
        { term: 'Waar het vandaan komt', text: opgave.origin },
        { term: 'Bestuurder', text: opgave.bestuurder.name },
        { term: 'Procesregisseur', text: opgave.procesregisseur.name },
        { term: 'Gebied', text: opgave.areaName },
        ...(opgave.startsOn ? [{ term: 'Begint op', text: inDutch(opgave.startsOn) }] : []),
        ...(opgave.endsOn ? [{ term: 'Klaar op', text: inDutch(opgave.endsOn) }] : []),
      ],
      departments: opgave.departments.map((one) => ({
        ...one,
        confirmed: one.confirmedOn ? inDutch(one.confirmedOn) : null,
        mayConfirm: mayAnswer && !one.confirmedOn && caller.organisationIds.includes(one.organisationId),
      })),
      areas: serving.areas.map(({ areaId, areaName, goals, actions }) => ({
        areaId,
        areaName,
        goals: goals.map((goal) => ({ ...goal, light: goal.label ? null : lightOf(goal.course) })),
        table: tableOfRows(
          `Acties in ${areaName}`,
          ['Nr.', 'Wat', 'Wie', 'Wanneer', 'Stand'],
          actions.map((action) => [
            cell(action.number),
            cell(action.title),
            cell(action.organisation),
            cell(action.dueOn ? inDutch(action.dueOn) : ''),
            cell(STATUS_WORDS[action.status]),
          ]),
        ),
      })),
      lines: tableOfRows(
        'Regels van de partijen',
        ['Dag', 'Organisatie', 'Regel'],
        lines.items.map((one) => [cell(inDutch(one.writtenOn)), cell(one.organisationName), cell(one.text)]),
      ),
      form: mayAnswer
        ? folded(
            formOf(`${OPGAVEN}/${id}/regel`, 'Regel toevoegen', filled(specs, tried?.fields ?? {}, tried?.problem)),
            'Regel schrijven',
            tried !== undefined,
          )
        : null,
    };
  }

  private async lineFields({ memberOfIds }: Caller): Promise<FieldSpec[]> {
    const text: FieldSpec = { name: 'text', label: 'Uw regel', type: 'prose', maximum: 2000, isRequired: true };
    if (memberOfIds.length < 2) return [text];
    const own = await Promise.all(memberOfIds.map((id) => this.organisations.read(id)));
    const options = [
      { value: '', label: 'Kies een organisatie' },
      ...own.map(({ id, name }) => ({ value: id, label: name })),
    ];
    return [text, { name: 'organisationId', label: 'Namens', type: 'choice', isRequired: true, options }];
  }
}
