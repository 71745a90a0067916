import { Injectable } from '@nestjs/common';
import { isPermitted, isPermittedIn } from '../../platform/access/access.rules.js';
import { deadlineCell, lateWords, STATUS_BADGES, STATUS_WORDS } from '../../actions/words.js';
import type { Caller } from '../../platform/access/caller.js';
import { inDutch } from '../../platform/common/calendar-date.js';
import type { OpgaveView } from '../../goals/opgaven/opgaven.dto.js';
import { Opgaven } from '../../goals/opgaven/opgaven.service.js';
import { Organisations } from '../../directory/organisations/organisations.service.js';
import { type FieldSpec, folded } from '../../web/fields.rules.js';
import type { RejectedForm } from '../../web/forms.js';
import { recordForm } from '../../web/records.rules.js';
import { cell, tableOf } from '../../web/tables.rules.js';
import { OpgaveOverview } from '../opgave-overview.service.js';
import { greyWords, lightOf } from '../../goals/words.js';
import { lineColumns } from '../../goals/pages/goal-parts.rules.js';

export const OPGAVEN = '/opgaven';

const namedWords = ({ name, isActive }: OpgaveView['bestuurder']): string =>
  isActive ? name : `${name} (doet niet meer mee)`;

/** An opgave with the goals and actions that serve it in all areas, and the remarks of the departments. */
@Injectable()
export class OpgavePages {
  constructor(
    private readonly opgaven: Opgaven,
    private readonly overview: OpgaveOverview,
    private readonly organisations: Organisations,
  ) {}

  async view(id: string, caller: Caller, rejected?: RejectedForm) {
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
      problem: rejected?.problem,
      id,
      version: opgave.version,
      mayChange: isPermittedIn(caller, 'opgaven.write', opgave.areaId),
      description: opgave.description,
      facts: [
        { term: 'Waar het vandaan komt', text: opgave.origin },
        { term: 'Bestuurder', text: namedWords(opgave.bestuurder) },
        { term: 'Procesregisseur', text: namedWords(opgave.procesregisseur) },
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
        mayReadGoals: isPermittedIn(caller, 'goals.read', areaId),
        goals: goals.map((goal) => ({
          ...goal,
          light: goal.label ? null : lightOf(goal.course, greyWords(goal, caller.today)),
        })),
        table: tableOf(`Acties in ${areaName}`, actions, {
          'Nr.': ({ actionId, number, isReadable }) => cell(number, isReadable ? `/acties/${actionId}` : null),
          Wat: ({ title }) => title,
          Wie: ({ organisation }) => organisation,
          'Samen met': ({ together }) => together.map(({ name }) => name).join(', '),
          Wanneer: (action) => deadlineCell(action, lateWords(action.daysOverdue), caller.today),
          Stand: ({ status }) => cell(STATUS_WORDS[status], null, STATUS_BADGES[status]),
        }),
      })),
      lines: tableOf('Regels van de partijen', lines.items, lineColumns(caller.today)),
      form: mayAnswer
        ? folded(
            recordForm(`${OPGAVEN}/${id}/regel`, 'Regel toevoegen', specs, {}, rejected),
            'Regel schrijven',
            rejected !== undefined,
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
