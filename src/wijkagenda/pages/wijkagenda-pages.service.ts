import { Inject, Injectable } from '@nestjs/common';
import { isPermittedIn } from '../../platform/access/access.rules.js';
import type { Caller } from '../../platform/access/caller.js';
import { inDutch } from '../../platform/common/calendar-date.js';
import { Goals } from '../../goals/goals.service.js';
import { Sessions } from '../../sessions/planning/sessions.service.js';
import type { FieldSpec, Option } from '../../web/fields.rules.js';
import type { RejectedForm } from '../../web/forms.js';
import { recordForm, type RecordView } from '../../web/records.rules.js';
import { SETTINGS, type Settings } from '../../platform/settings.js';
import { toDocument, toPosterView } from '../wijkagenda-document.rules.js';
import { WijkagendaContents } from '../wijkagenda-contents.service.js';
import { Proposal } from '../proposal.service.js';
import type { PlacedGoal, WijkagendaView } from '../wijkagendas.views.js';
import { Wijkagendas } from '../wijkagendas.service.js';
import { inUnit } from '../../goals/course.rules.js';
import { hasEnded } from '../../goals/pages/goal-end.rules.js';
import { greyWords, lightOf } from '../../goals/words.js';

export const WIJKAGENDAS = '/wijkagenda';

/** The wijkagenda of an area and year, with the chair's actions on it. */
@Injectable()
export class WijkagendaPages {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly wijkagendas: Wijkagendas,
    private readonly contents: WijkagendaContents,
    private readonly goals: Goals,
    private readonly proposal: Proposal,
    private readonly sessions: Sessions,
  ) {}

  /** `fresh`: the id of a goal that was just made for this wijkagenda, ticked to be placed. */
  async view(id: string, caller: Caller, fresh?: string) {
    const view = await this.wijkagendas.read(id, caller);
    const mayWrite = isPermittedIn(caller, 'wijkagendas.write', view.areaId);
    const [actions, all, money] = await Promise.all([
      this.contents.actions(view.areaId, view.year, caller.today, caller),
      mayWrite ? this.goals.list({ area: view.areaId, page: 1, pageSize: 200 }, caller) : { items: [] },
      this.contents.budget(view.areaId, view.year, caller),
    ]);
    const isDraft = view.state === 'draft';
    const { areaId: area, year } = view;
    const proposed = mayWrite && isDraft ? (await this.proposal.of({ area, year }, caller)).goals : [];
    const shown = toPosterView(
      view,
      view.label,
      [],
      actions.map((action) => ({ ...action, isPublic: true, publicText: null })),
      money,
    );
    const parties = view.adoptedBy.map(({ organisationName }) => organisationName);
    const { title, state, themes, budget } = toDocument(shown, { parties, warnings: [], isPreview: false });
    return {
      title,
      state,
      id,
      areaId: view.areaId,
      areaName: shown.area,
      introduction: view.introduction,
      parties: parties.join(', '),
      warnings: view.warnings.map(({ text }) => text),
      goals: view.goals.map((goal) => toGoalCard(goal, caller.today)),
      themes,
      budget,
      mayWrite,
      isDraft,
      isOpen: view.state !== 'closed',
      mayPublish: mayWrite && view.state !== 'draft',
      publishedAt: view.publishedAt,
      version: view.version,
      isPlacing: fresh !== undefined || (isDraft && view.goals.length === 0),
      placing: placingOf(
        view,
        all.items,
        isDraft ? new Map(proposed.map((one) => [one.goalId, one.reason])) : null,
        fresh,
      ),
    };
  }

  async edit(id: string, caller: Caller, rejected?: RejectedForm): Promise<RecordView> {
    const view = await this.wijkagendas.read(id, caller);
    const stored = { ...view, themes: view.themes.join('\n') };
    return {
      title: `${titleOf(view)} wijzigen`,
      back: { href: `${WIJKAGENDAS}/${id}`, label: titleOf(view) },
      form: recordForm(`${WIJKAGENDAS}/${id}/wijzigen`, 'Opslaan', CHANGE, stored, rejected),
    };
  }

  /** The form for adoption: in which session, and by which parties. */
  async adopting(id: string, caller: Caller, rejected?: RejectedForm) {
    const view = await this.wijkagendas.read(id, caller);
    const { items } = await this.sessions.list({ area: view.areaId, page: 1, pageSize: 100 }, caller);
    const sessions: Option[] = items
      .filter(({ state, heldOn }) => state !== 'cancelled' && heldOn <= caller.today)
      .map((one) => ({ value: one.id, label: `${inDutch(one.heldOn)}: ${one.meetingName}` }));
    const options = [{ value: '', label: 'Kies een vergadering' }, ...sessions];
    const specs: FieldSpec[] = [
      { name: 'sessionId', label: 'In welke vergadering?', type: 'choice', isRequired: true, options },
    ];
    const problem = rejected?.problem;
    const { action, fields } = recordForm(
      `${WIJKAGENDAS}/${id}/vaststelling`,
      'Vaststellen',
      specs,
      { version: view.version },
      rejected,
    );
    return {
      title: `${titleOf(view)} vaststellen`,
      back: { href: `${WIJKAGENDAS}/${id}`, label: titleOf(view) },
      problem,
      ...{ action, fields },
      partiesError: problem?.byField.organisationIds ?? null,
      hasSessions: sessions.length > 0,
      areaId: view.areaId,
    };
  }

  get defaultThemes(): string {
    return this.settings.WIJKAGENDA_THEMES.replaceAll(';', '\n');
  }
}

const REACHED = 'Streefwaarde gehaald.';

const CHANGE: FieldSpec[] = [
  { name: 'introduction', label: 'Inleiding', type: 'prose' },
  { name: 'themes', label: 'Thema’s', type: 'prose', isRequired: true, hint: 'Elk thema op een eigen regel.' },
];
export const newFields = (areas: Option[]): FieldSpec[] => [
  { name: 'areaId', label: 'Gebied', type: 'choice', isRequired: true, options: areas },
  { name: 'year', label: 'Jaar', type: 'number', maximum: 4, isRequired: true },
  ...CHANGE,
];

const titleOf = ({ label, areaName, year }: WijkagendaView): string => `${label} ${areaName} ${year}`;

function toGoalCard(goal: PlacedGoal, today: string) {
  const measured = goal.lastMeasurement;
  return {
    id: goal.goalId,
    title: goal.title,
    text: goal.endResult ?? goal.description,
    label: goal.label,
    light: goal.label ? null : lightOf(goal.course, greyWords(goal, today)),
    aim: goal.target === null ? null : `${goal.indicator ?? 'Streefwaarde'}: ${inUnit(goal.target, goal.unit)}`,
    until: goal.endsOn ? `${hasEnded(goal, today) ? 'liep tot en met' : 'uiterlijk'} ${inDutch(goal.endsOn)}` : null,
    measured: measured ? `${inUnit(measured.value, goal.unit)} op ${inDutch(measured.measuredOn)}` : 'niet gemeten',
    hasProgress: !goal.label && goal.progress !== null,
    progress: goal.progress,
  };
}

/**
 * All goals of the area: those on the wijkagenda first, in order. `reasons` is null once it was adopted; before that,
 * what goes on comes before what was reached, each with its reason.
 */
function placingOf(
  view: WijkagendaView,
  all: { id: string; title: string; label: string | null }[],
  reasons: Map<string, string> | null,
  fresh?: string,
) {
  const why = (id: string, label: string | null) => (reasons && !label ? (reasons.get(id) ?? REACHED) : null);
  const placed = view.goals.map(({ goalId, title, label, isPublic }) => ({
    id: goalId,
    title,
    label,
    isPublic,
    isTicked: true,
    why: why(goalId, label),
  }));
  const rest = all
    .filter(({ id }) => !placed.some((one) => one.id === id))
    .map(({ id, title, label }) => ({ id, title, label, isPublic: true, isTicked: id === fresh, why: why(id, label) }));
  return [...placed, ...rest.filter((one) => one.why !== REACHED), ...rest.filter((one) => one.why === REACHED)];
}
