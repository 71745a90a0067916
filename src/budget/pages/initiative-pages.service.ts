import { Injectable } from '@nestjs/common';
import { isPermittedIn } from '../../platform/access/access.rules.js';
import type { Caller } from '../../platform/access/caller.js';
import { dayOf, inDutch } from '../../platform/common/calendar-date.js';
import { Database } from '../../platform/database/database.js';
import { Params, rows } from '../../platform/database/rows.js';
import { STATUS_WORDS } from '../../actions/words.js';
import { type FieldSpec, type Option } from '../../web/fields.rules.js';
import { type Fields, orEmpty } from '../../web/forms.js';
import { partForm, type RejectedPart, type RecordView, VERSION } from '../../web/records.rules.js';
import { cell, dayCell, tableOf } from '../../web/tables.rules.js';
import { InitiativeDecisions } from '../decisions.service.js';
import { INITIATIVE_DETAILS } from '../initiatives.dto.js';
import { Initiatives } from '../initiatives.service.js';
import type { InitiativeView } from '../initiatives.views.js';
import { centsOf, euros, typedAmount } from '../money.rules.js';
import { CHANGE_WORDS, INITIATIVE_STATE_WORDS, MANDATE } from '../words.js';
import { ACTION_FIELDS, decisionFields, SPENDING_FIELDS } from './budget-form.rules.js';
import { askerOf, BudgetPages, BUDGETS, budgetTitle, decisionWords, INITIATIVES } from './budget-pages.service.js';

/** The forms on the page of an initiative. */
export type InitiativePart = 'besluit' | 'besteding' | 'gegevens' | 'acties';
export type RejectedInitiative = RejectedPart<InitiativePart>;

/** The page of an initiative with everything below it. */
@Injectable()
export class InitiativePages {
  constructor(
    private readonly database: Database,
    private readonly initiatives: Initiatives,
    private readonly decisions: InitiativeDecisions,
    private readonly budgetPages: BudgetPages,
  ) {}

  async view(id: string, caller: Caller, rejected?: RejectedInitiative): Promise<RecordView> {
    const initiative = await this.initiatives.read(id, caller);
    const changes = await this.decisions.history(id, { page: 1, pageSize: 50 }, caller);
    const mayWrite = isPermittedIn(caller, 'budgets.write', initiative.areaId);
    const budget = { href: `${BUDGETS}/${initiative.budgetId}`, label: budgetTitle(initiative) };
    return {
      title: initiative.title,
      back: budget,
      facts: factsOf(initiative),
      sections: [
        ...(mayWrite ? await this.forms(initiative, caller, rejected) : []),
        {
          title: 'Acties die het uitvoeren',
          text: initiative.actions.length === 0 ? 'Nog geen.' : null,
          table: tableOf('Acties bij dit initiatief', initiative.actions, {
            'Nr.': (action) => cell(action.number, `/acties/${action.id}`),
            Wat: ({ title }) => title,
            Stand: ({ status }) => STATUS_WORDS[status],
          }),
          ...(mayWrite && {
            form: this.form('acties', initiative, ACTION_FIELDS, storedActions(initiative), rejected),
          }),
        },
        {
          title: 'Wat er is gebeurd',
          table: tableOf('Wijzigingen van dit initiatief', changes.items, {
            Wanneer: ({ recordedAt }) => dayCell(dayOf(recordedAt), caller.today),
            Wat: ({ verb }) => CHANGE_WORDS[verb],
            Gevraagd: ({ requested }) => euros(centsOf(requested)),
            Toegekend: ({ granted }) => granted && euros(centsOf(granted)),
            Uitgegeven: ({ spent }) => spent && euros(centsOf(spent)),
            Door: ({ recordedByName }) => recordedByName,
          }),
        },
      ],
    };
  }

  /** The ids of actions by their numbers; one that is unknown stays a number, for the API to reject. */
  async actionIds(typed: string): Promise<string[]> {
    const numbers = [
      ...new Set(
        typed
          .toUpperCase()
          .split(/[\s,;]+/)
          .filter(Boolean),
      ),
    ];
    const params = new Params();
    const found = await rows<{ id: string; number: string }>(
      this.database.reader,
      `SELECT a."id", a."number" FROM "actions" a WHERE a."number" IN (${params.list(numbers)})`,
      params.values,
    );
    return numbers.map((number) => found.find((one) => one.number === number)?.id ?? number);
  }

  private async forms(initiative: InitiativeView, caller: Caller, rejected?: RejectedInitiative) {
    const isGranted = initiative.state === 'granted';
    const sessions = await this.sessionOptions(initiative.areaId, caller);
    const decided = { outcome: 'granted', granted: amountIn(initiative.granted ?? initiative.requested) };
    const deciding = this.form('besluit', initiative, decisionFields(sessions), decided, rejected);
    const { isPublic, isAccountedFor, result, title, requestedOn } = initiative;
    const spending = {
      spent: amountIn(initiative.spent),
      isAccountedFor: isAccountedFor ? 'ja' : '',
      result: result ?? '',
    };
    const stored = {
      ...{ title, requestedOn, ...orEmpty(initiative, ...INITIATIVE_DETAILS) },
      ...{ requested: amountIn(initiative.requested), isPublic: isPublic ? 'ja' : '' },
    };
    const fields = await this.budgetPages.fieldsOfInitiative();
    const isDecided = initiative.state !== 'requested';
    return [
      { title: 'Besluit', form: isDecided ? deciding : { ...deciding, fold: null } },
      ...(isGranted
        ? [{ title: 'Besteding', form: this.form('besteding', initiative, SPENDING_FIELDS, spending, rejected) }]
        : []),
      {
        title: 'Foto’s en bonnen',
        text: 'Foto’s van het resultaat, en bonnen voor de verantwoording.',
        links: [{ href: `${INITIATIVES}/${initiative.id}/bestanden`, label: 'Bestanden' }],
      },
      { title: 'Gegevens', form: this.form('gegevens', initiative, fields, stored, rejected) },
    ];
  }

  private form(
    part: InitiativePart,
    { id, version }: InitiativeView,
    specs: readonly FieldSpec[],
    stored: Fields,
    rejected?: RejectedInitiative,
  ) {
    const values = { ...stored, version: String(version) };
    return partForm(`${INITIATIVES}/${id}`, part, PART_WORDS[part], [...specs, VERSION], values, rejected);
  }

  /** By mandate, or one of the latest sessions of meetings of the area. */
  private async sessionOptions(areaId: string, { today }: Caller): Promise<Option[]> {
    const found = await rows<{ id: string; heldOn: string; name: string }>(
      this.database.reader,
      `SELECT s."id", s."heldOn", m."name" FROM "sessions" s JOIN "meetings" m ON m."id" = s."meetingId"
       WHERE m."areaId" = $1 AND s."state" <> 'cancelled' AND s."heldOn" <= $2 ORDER BY s."heldOn" DESC, s."id" LIMIT 12`,
      [areaId, today],
    );
    const sessions = found.map(({ id, heldOn, name }) => ({ value: id, label: `${name}, ${inDutch(heldOn)}` }));
    return [{ value: '', label: MANDATE }, ...sessions];
  }
}

const PART_WORDS: Record<InitiativePart, { submit: string; fold: string }> = {
  besluit: { submit: 'Besluit vastleggen', fold: 'Een ander besluit vastleggen' },
  besteding: { submit: 'Besteding opslaan', fold: 'Wat is uitgegeven en wat het opleverde' },
  gegevens: { submit: 'Gegevens opslaan', fold: 'Gegevens wijzigen' },
  acties: { submit: 'Acties opslaan', fold: 'Acties kiezen' },
};

const amountIn = (amount: string | null): string => (amount === null ? '' : typedAmount(centsOf(amount)));
const storedActions = ({ actions }: InitiativeView): Fields => ({
  numbers: actions.map(({ number }) => number).join(', '),
});

function factsOf(initiative: InitiativeView) {
  const { granted, spent, state, reason, theme, reference, result } = initiative;
  const decided = decisionWords(initiative);
  const given = (term: string, text: string | null) => (text === null ? [] : [{ term, text }]);
  return [
    {
      term: 'Gevraagd',
      text: `${euros(centsOf(initiative.requested))} door ${askerOf(initiative)}, ${inDutch(initiative.requestedOn)}`,
    },
    ...given('Thema', theme),
    {
      term: 'Besluit',
      text: [INITIATIVE_STATE_WORDS[state], granted && euros(centsOf(granted))].filter(Boolean).join(' '),
    },
    ...given('Besloten', decided),
    ...given(state === 'refused' ? 'Reden' : 'Meer dan er over was', reason),
    ...given('Zaaknummer', reference),
    ...given('Uitgegeven', spent && euros(centsOf(spent))),
    ...(state === 'granted' ? [{ term: 'Verantwoord', text: initiative.isAccountedFor ? 'ja' : 'nog niet' }] : []),
    ...given('Resultaat', result),
    { term: 'Openbaar', text: initiative.isPublic ? 'ja, als het is toegekend' : 'nee' },
  ];
}
