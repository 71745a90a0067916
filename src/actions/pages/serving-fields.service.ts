import { Inject, Injectable } from '@nestjs/common';
import type { Caller } from '../../platform/access/caller.js';
import { type FieldError, invalid } from '../../platform/common/problems.js';
import { SETTINGS, type Settings } from '../../platform/settings.js';
import { type FieldSpec, type Option, optionsOf } from '../../web/fields.rules.js';
import type { Fields } from '../../web/forms.js';
import { SelectOptions } from '../../web/select-options.service.js';
import { Actions } from '../actions.service.js';
import type { ActionView } from '../actions.views.js';
import { isActionNumber } from '../import/import-rows.rules.js';
import { readWho } from '../import/import-cells.rules.js';
import { ImportFacts } from '../import/import-facts.service.js';
import { CONTRIBUTION_WORDS } from '../words.js';
import { IN_BOTH_FORMS, storedValues } from './action-page-forms.rules.js';
import { ServedChoices } from '../references/served-choices.service.js';

/** The fields for what an action serves, who asked for it and who helps; collapsed on the forms. */
export const SERVING: ReadonlySet<string> = new Set(['coOwners', 'followsOn', ...IN_BOTH_FORMS]);
export const MORE = 'Meer: samen met, gevraagd door, doel, verwacht resultaat';
const SEPARATOR = ' + ';

@Injectable()
export class ServingFields {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly actions: Actions,
    private readonly facts: ImportFacts,
    readonly served: ServedChoices,
    private readonly selectOptions: SelectOptions,
  ) {}

  /** The themes of the wijkagenda. */
  get themes(): string[] {
    return this.settings.WIJKAGENDA_THEMES.split(';');
  }

  /** The fields for an action of an area: its own goals come first. Goals and opgaven only where there are any. */
  async fields(areaId: string, caller: Caller): Promise<FieldSpec[]> {
    const [goals, opgaven, organisations] = await Promise.all([
      this.served.goals(caller),
      this.served.opgaven(),
      this.selectOptions.organisations('Niemand in het bijzonder'),
    ]);
    const named = (found: typeof goals): Option[] =>
      found.map((one) => ({
        value: one.id,
        label: one.areaId === areaId ? one.title : `${one.title} (${one.areaName})`,
      }));
    const own = goals.filter((goal) => goal.areaId === areaId);
    const others = goals.filter((goal) => goal.areaId !== areaId);
    const choice = (name: string, label: string, options: Option[], empty: string): FieldSpec[] =>
      options.length > 0 ? [{ name, label, type: 'choice', options: [{ value: '', label: empty }, ...options] }] : [];
    return [
      { name: 'coOwners', label: 'Samen met', type: 'line', maximum: 2000, hint: 'Organisaties, met een + ertussen.' },
      { name: 'requestedById', label: 'Gevraagd door', type: 'choice', options: organisations },
      {
        name: 'expectedResult',
        label: 'Verwacht resultaat',
        type: 'prose',
        hint: 'Wat is er anders als het klaar is?',
      },
      ...choice('goalId', 'Doel', named([...own, ...others]), 'Geen doel'),
      ...choice('opgaveId', 'Opgave', named(opgaven), 'Geen opgave'),
      { name: 'followsOn', label: 'Vervolg op', type: 'line', maximum: 20, hint: 'Het nummer van de eerdere actie.' },
      {
        name: 'contribution',
        label: 'Bijdrage van de actiehouder',
        type: 'choice',
        options: optionsOf(CONTRIBUTION_WORDS, 'Niet gezegd'),
      },
    ];
  }

  /** All values of an action in its form. */
  valuesOf(action: ActionView): Fields {
    return {
      ...storedValues(action),
      coOwners: action.coOwners.map(({ name }) => name).join(SEPARATOR),
      followsOn: action.followsOnNumber ?? '',
    };
  }

  /** Names and numbers as ids: `null` and an empty list if left empty. 400 for anything the caller does not know of. */
  async idsIn({ coOwners = '', followsOn = '' }: Fields, caller: Caller) {
    const errors: FieldError[] = [];
    const number = followsOn.toUpperCase();
    const [followed] = isActionNumber(number) ? await this.actions.numbered([number], caller) : [];
    const who = coOwners ? readWho(coOwners, await this.facts.organisations()) : null;
    // In the order of the form.
    if (who && 'question' in who) errors.push({ field: 'coOwners', message: who.question });
    if (number && !followed) errors.push({ field: 'followsOn', message: 'followsOn is not an action' });
    if (errors.length > 0) throw invalid(errors);
    const coOwnerIds = who && 'value' in who ? [who.value.ownerId, ...who.value.coOwnerIds] : [];
    return { coOwnerIds, followsOnId: followed?.id ?? null };
  }
}
