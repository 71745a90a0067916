import { HttpException, Injectable } from '@nestjs/common';
import { isPermitted, isPermittedIn } from '../../platform/access/access.rules.js';
import type { Caller } from '../../platform/access/caller.js';
import { ActionJudgements } from '../judgements/action-judgements.service.js';
import { ActionUpdates } from '../action-updates.service.js';
import { Actions } from '../actions.service.js';
import { ActionNotes } from '../discussions/action-notes.service.js';
import { mayAskToDiscuss } from '../discussions/asking.rules.js';
import type { ActionView } from '../actions.views.js';
import { SelectOptions } from '../../web/select-options.service.js';
import { partForm, type RejectedPart, VERSION } from '../../web/records.rules.js';
import { dayOf, inDutch } from '../../platform/common/calendar-date.js';
import { EscalationSteps } from '../escalations/escalation-steps.service.js';
import { type FieldSpec, type FormBlock, withMore } from '../../web/fields.rules.js';
import type { Fields } from '../../web/forms.js';
import { dayCell, tableOf } from '../../web/tables.rules.js';
import {
  aboutFields,
  ESCALATING,
  JUDGING,
  ownerAndDay,
  PUBLICITY,
  REASONED,
  RESULT,
} from './action-page-forms.rules.js';
import { MORE, SERVING, ServingFields } from './serving-fields.service.js';
import { factsOf, historyOf, returnWords } from './action-page.rules.js';
import { ALONE, photoField, standingForm } from './standing.rules.js';
import { JUDGEMENT_WORDS, STATUS_BADGES, statusWords } from '../words.js';

const ALL = { page: 1, pageSize: 200 };

const NOTHING_TOLD = tableOf('', [], {});
/** The rest of the page for a reader of public actions: nothing. */
const NOTHING_MORE = {
  mayDo: false,
  standing: null,
  forms: [],
  escalations: [],
  judged: NOTHING_TOLD,
  history: NOTHING_TOLD,
  returned: '',
};

export type Part = 'bestanden' | 'stand' | 'afspraak' | 'gegevens' | 'resultaat' | 'bel' | 'oordeel';
export type RejectedAction = RejectedPart<Part>;

/** One action with its history, the judgements of the parties, and what its reader may do. */
@Injectable()
export class ActionPages {
  constructor(
    private readonly actions: Actions,
    private readonly updates: ActionUpdates,
    private readonly notes: ActionNotes,
    private readonly judgements: ActionJudgements,
    private readonly escalations: EscalationSteps,
    private readonly selectOptions: SelectOptions,
    private readonly serving: ServingFields,
  ) {}

  async view(id: string, caller: Caller, rejected?: RejectedAction) {
    const action = await this.actions.read(id, caller);
    const full = 'allowed' in action ? action : null;
    const { returned, ...parts } = full ? await this.parts(full, caller, rejected) : NOTHING_MORE;
    return {
      action: full,
      title: `${action.number} ${action.title}`,
      number: action.number,
      what: action.title,
      problem: rejected?.problem,
      areaId: action.areaId,
      areaName: action.areaName,
      mayReadArea: full !== null && isPermittedIn(caller, 'actions.read', action.areaId),
      isMine: full !== null && caller.roles.has('partner'),
      badge: STATUS_BADGES[action.status],
      statusName: statusWords(action.status, full?.resumeOn),
      statusReason: full?.statusReason ?? null,
      daysOverdue: full?.daysOverdue ?? 0,
      isConfidential: full?.isConfidential ?? false,
      isWithdrawn: full?.isWithdrawn ?? false,
      isUntold: full !== null && (await this.actions.isUntold(id)),
      details: full?.details ?? null,
      facts: [...factsOf(action, caller, returned), ...(full ? await this.servedBy(full, caller) : [])],
      ...parts,
    };
  }

  /** What follows on it; the domain of its theme; the goal and the opgave by title. Only as far as the caller may know them. */
  private async servedBy(action: ActionView, caller: Caller) {
    const { goalId, opgaveId, domain } = action;
    const followers = await this.serving.served.followers(action.id, caller);
    const goal = goalId && (await this.serving.served.goals(caller)).find(({ id }) => id === goalId);
    const mayReadOpgaven = isPermitted(caller, 'opgaven.read');
    const opgave =
      opgaveId && mayReadOpgaven && (await this.serving.served.opgaven()).find(({ id }) => id === opgaveId);
    return [
      ...followers.map(({ id, number }) => ({ term: 'Gaat verder in', text: number, href: `/acties/${id}` })),
      ...(domain ? [{ term: 'Domein', text: domain, href: null }] : []),
      ...(goal ? [{ term: 'Doel', text: goal.title, href: `/doelen/${goal.id}` }] : []),
      ...(opgave ? [{ term: 'Opgave', text: opgave.title, href: `/opgaven/${opgave.id}` }] : []),
    ];
  }

  private async parts(action: ActionView, caller: Caller, rejected?: RejectedAction) {
    const { id } = action;
    const [history, notes, escalations, judged] = await Promise.all([
      this.updates.list(id, ALL, caller),
      this.notes.of(id, ALL, caller),
      this.escalations.list(id, ALL, caller),
      // Readers who may know the action by its title only do not see the judgements.
      this.judgements.list(id, ALL, caller).catch(forbiddenAsNone),
    ]);
    const forms = await this.forms(action, caller, escalations.isOffered, rejected);
    const standing = standingOf(action, rejected);
    return {
      mayDo: standing !== null || forms.length > 0,
      standing,
      forms,
      escalations: escalations.items.map((one) => ({
        ...one,
        askedOn: inDutch(dayOf(one.askedAt)),
        decidedFor: one.decidedFor && inDutch(one.decidedFor),
      })),
      judged: tableOf(
        'Is het gelukt, volgens de partijen?',
        (judged?.items ?? []).filter(({ isCurrent }) => isCurrent),
        {
          Organisatie: ({ organisationName }) => organisationName,
          Oordeel: ({ judgement }) => JUDGEMENT_WORDS[judgement],
          Toelichting: ({ comment }) => comment,
          Dag: ({ judgedOn }) => dayCell(judgedOn, caller.today),
        },
      ),
      returned: returnWords(history.items),
      history: historyOf(history.items, notes.items, caller.today),
    };
  }

  /** The forms available to this caller, each folded behind its label. */
  private async forms(
    action: ActionView,
    caller: Caller,
    isOffered: boolean,
    rejected?: RejectedAction,
  ): Promise<FormBlock[]> {
    if (action.isWithdrawn) return [];
    const may = (what: ActionView['allowed'][number]): boolean => action.allowed.includes(what);
    const form = (part: Part, fold: string, submit: string, specs: FieldSpec[], stored: Fields = {}): FormBlock =>
      partForm(`/acties/${action.id}`, part, { fold, submit }, specs, stored, rejected);
    const { ownerId, dueKind, dueOn, areaId, meetingId, coOwners } = action;
    const isOwn = [ownerId, ...coOwners.map(({ id }) => id)].some((one) => one && caller.organisationIds.includes(one));
    const isAtTable = meetingId !== null && caller.meetingIds.includes(meetingId);
    const forms: (FormBlock | false)[] = [
      may('hand_over') &&
        form(
          'afspraak',
          'Andere actiehouder of datum',
          'Afspraak opslaan',
          [...ownerAndDay(await this.selectOptions.organisations('Kies een organisatie')), REASONED],
          { ownerId: ownerId ?? '', dueKind: dueKind ?? '', dueOn: dueOn ?? '' },
        ),
      may('change') &&
        withMore(
          form(
            'gegevens',
            'Gegevens wijzigen of openbaar maken',
            'Gegevens opslaan',
            [
              ...aboutFields(this.serving.themes),
              ...(await this.serving.fields(areaId, caller)),
              ...PUBLICITY,
              VERSION,
            ],
            this.serving.valuesOf(action),
          ),
          MORE,
          ({ name }) => SERVING.has(name),
        ),
      may('answer') &&
        action.status === 'done' &&
        form('resultaat', 'Resultaat opschrijven', 'Resultaat opslaan', RESULT, {
          result: action.result ?? '',
          realisation: action.realisation ?? 'full',
          resultSize: action.resultSize ?? '',
        }),
      may('change') &&
        isOffered &&
        form('bel', 'Aan de bel trekken', 'Vraag versturen', ESCALATING(await this.selectOptions.addresses(caller))),
      !isOwn &&
        caller.organisationIds.length > 0 &&
        (isAtTable || isPermittedIn(caller, 'actions.judge', areaId)) &&
        form('oordeel', 'Oordeel geven', 'Oordeel opslaan', JUDGING),
    ];
    return forms.filter((one) => one !== false);
  }
}

/** The form for the status, if the caller may change it. */
function standingOf({ id, isWithdrawn, allowed, daysOverdue }: ActionView, rejected?: RejectedAction) {
  if (isWithdrawn || !allowed.includes('answer')) return null;
  const own = rejected?.part === 'stand' ? rejected : undefined;
  const form = standingForm(id, ALONE, own, { mayDiscuss: mayAskToDiscuss(daysOverdue) });
  return { ...form, photo: photoField(id, 'file', own?.problem.byField.file) };
}

function forbiddenAsNone(error: unknown): null {
  if (error instanceof HttpException && error.getStatus() === 403) return null;
  throw error;
}
