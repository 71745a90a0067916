import { Injectable } from '@nestjs/common';
import { isPermitted, isPermittedIn } from '../../platform/access/access.rules.js';
import type { Caller } from '../../platform/access/caller.js';
import { Actions } from '../../actions/actions.service.js';
import type { ActionLine, PublicActionLine } from '../../actions/actions.views.js';
import { deadlineCell, lateWords, STATUS_BADGES, STATUS_WORDS } from '../../actions/words.js';
import { Organisations } from '../../directory/organisations/organisations.service.js';
import { Database } from '../../platform/database/database.js';
import type { Option } from '../../web/fields.rules.js';
import { SelectOptions } from '../../web/select-options.service.js';
import type { Metric } from '../goal.entity.js';
import type { GoalView } from '../goals.views.js';
import { invitedOrganisations } from '../goals.access.js';
import { figureWords } from '../words.js';
import { cell, tableOf } from '../../web/tables.rules.js';

const MOST = 100;

/** What is shown with a goal: the actions that serve it, and the organisations its reader speaks for. */
@Injectable()
export class GoalSurroundings {
  constructor(
    private readonly database: Database,
    private readonly actions: Actions,
    private readonly allOrganisations: Organisations,
    private readonly options: SelectOptions,
  ) {}

  /** The open actions that serve the goal, as far as the caller may know them, and a link to all of them. */
  async actionsOf({ id, areaId }: GoalView, caller: Caller) {
    if (!isPermitted(caller, 'actions.read')) return null;
    const [open, { total: late }, all] = await Promise.all([
      this.actions.list({ goal: id, open: true, page: 1, pageSize: MOST }, caller),
      this.actions.list({ goal: id, overdue: true, page: 1, pageSize: 1 }, caller),
      this.actions.list({ goal: id, page: 1, pageSize: 1 }, caller),
    ]);
    const closed = all.total - open.total;
    const mayAdd = isPermittedIn(caller, 'actions.write', areaId);
    const none = mayAdd ? 'Nog geen. Een actie die er al is, koppelt u onder “Meer” bij die actie.' : 'Nog geen.';
    const adding = { href: `/gebieden/${areaId}/acties/nieuw?goalId=${id}`, label: 'Actie toevoegen' };
    const words = [
      `${open.total} open${late > 0 ? ` (${late} te laat)` : ''}`,
      ...(closed > 0 ? [`${closed} gereed of vervallen`] : []),
    ];
    return {
      title: 'Acties bij dit doel',
      text: all.total === 0 ? none : `${words.join(', ')}.`,
      table: tableOf('Acties bij dit doel', open.items, {
        'Nr.': ({ id, number }) => cell(number, `/acties/${id}`),
        Wat: ({ title }) => title,
        Wie: ({ ownerName }) => ownerName ?? 'nog geen actiehouder',
        'Samen met': (one) => ('coOwners' in one ? one.coOwners.map(({ name }) => name).join(', ') : ''),
        Wanneer: (one) => deadlineCell(one, lateWords(daysLate(one)), caller.today),
        Stand: ({ status }) => cell(STATUS_WORDS[status], null, STATUS_BADGES[status]),
      }),
      form: null,
      links: [
        ...(all.total > 0 ? [{ href: `/acties?stand=alles&doel=${id}`, label: 'Alle acties bij dit doel' }] : []),
        ...(mayAdd ? [adding] : []),
      ],
    };
  }

  /** The organisations as options, none first; including the one that was chosen, if it has been merged since. */
  async organisations(chosen?: string): Promise<Option[]> {
    const found = await this.options.organisations('Geen, of alle');
    if (!chosen || found.some(({ value }) => value === chosen)) return found;
    return [...found, { value: chosen, label: (await this.allOrganisations.read(chosen)).name }];
  }

  /** What is counted for a goal that is measured from our own data, in words; null for one measured by hand. */
  async figureOf(metric: Metric | null): Promise<string | null> {
    if (!metric) return null;
    const { organisationId } = metric;
    return figureWords(metric, organisationId ? (await this.allOrganisations.read(organisationId)).name : null);
  }

  /** The organisations that take part in the area, which may agree to its goals. */
  async invitedTo(areaId: string, { today }: Caller): Promise<Option[]> {
    const found = await invitedOrganisations(this.database.reader, areaId, today);
    return found.map(({ id, name }) => ({ value: id, label: name }));
  }

  async partiesOf({ memberOfIds }: Caller): Promise<Option[]> {
    const found = await Promise.all(memberOfIds.map((id) => this.allOrganisations.read(id)));
    return found.map(({ id, name }) => ({ value: id, label: name }));
  }
}

const daysLate = (one: ActionLine | PublicActionLine): number => ('daysOverdue' in one ? one.daysOverdue : 0);
