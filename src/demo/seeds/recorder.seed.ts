import type { DueKind } from '../../actions/action.entity.js';
import type { CreateActionDto } from '../../actions/actions.dto.js';
import { addDays, daysBetween } from '../../platform/common/calendar-date.js';
import type { AgendaItem } from '../../meetings/agenda/agenda-item.entity.js';
import type { Session } from '../../meetings/session.entity.js';
import { type Fate, FATES, lifeOf } from '../action-lives.js';
import { firstCheckOn, type NewAction } from './actions.seed.js';
import { AREAS } from '../data/areas.data.js';
import type { Dice } from '../dice.js';
import type { Series } from './meetings.seed.js';
import { type OrganisationKey, ORGANISATIONS } from '../data/organisations.data.js';
import type { PinnedAction } from '../data/pinned.data.js';
import type { Registers } from './registers.seed.js';
import type { ResultTexts } from '../result-texts.js';
import { workday } from '../story-dates.js';
import type { ActionData, OwnerKey, TopicData } from '../data/topics.data.js';

const DUE_KINDS: Record<DueKind, number> = { date: 84, asap: 6, ongoing: 4, next_session: 6 };
/** Apart from rare exceptions, no action of the demo stays open longer than this. */
const FORGOTTEN_AFTER_DAYS = 120;
/** Nothing at all stays open longer than this. */
const CLEARED_AFTER_DAYS = 300;
const PLACE = '{plek}';
/** After this many days the same thing is agreed again, such as a yearly clean-up. */
const AGAIN_AFTER_DAYS = 300;

type Agreed = Pick<CreateActionDto, 'title' | 'theme' | 'contribution' | 'isPublic'> & {
  dueKind: DueKind;
  dueOn: string | null;
  checkOn: string | null;
  owner: OwnerKey;
  together: OwnerKey[];
  parties: OwnerKey[];
  isRequested: boolean;
  fate: Fate;
  result: string;
  isLarge: boolean;
};

/** Records the actions of one series: who, what, when, and how they end. */
export class Recorder {
  /** Each title with the day on which it was last agreed. */
  private readonly titles = new Map<string, string>();

  constructor(
    private readonly dice: Dice,
    private readonly registers: Registers,
    private readonly series: Series,
    private readonly texts: ResultTexts,
    private readonly today: string,
  ) {}

  record(session: Session, item: AgendaItem, topic: TopicData, count: number): NewAction[] {
    return this.dice
      .shuffled(topic.actions)
      .map((data) => ({ data, title: this.titleOf(data, session.heldOn) }))
      .filter(({ title }) => title !== undefined)
      .slice(0, count)
      .map(({ data, title }) => this.lay(session, item, this.agreed(session, topic, data, title!)));
  }

  recordPinned(session: Session, item: AgendaItem, pinned: PinnedAction): NewAction {
    const { title, theme, owner, fate, dueKind, dueInDays } = pinned;
    const { together = [], parties = [], isRequested = false, result = '' } = pinned;
    const day = workday(addDays(session.heldOn, dueInDays));
    const isDated = dueKind === 'date' || dueKind === 'next_session';
    const dueOn = dueKind === 'next_session' ? (this.nextSession(session) ?? day) : isDated ? day : null;
    const when = { dueKind, dueOn, checkOn: isDated ? null : day };
    const rest = { isPublic: false, isLarge: false };
    const what = { title, theme, owner, fate, together, parties, isRequested, result };
    return this.lay(session, item, { ...what, ...when, ...rest });
  }

  organisationIdOf(key: OwnerKey): string {
    return this.registers.organisationId(this.keyOf(key));
  }

  private agreed(session: Session, topic: TopicData, data: ActionData, title: string): Agreed {
    const next = this.nextSession(session);
    const dueKind = this.dice.weighted(DUE_KINDS);
    const isDated = dueKind === 'date' || next === undefined;
    const date = workday(addDays(session.heldOn, this.dice.between(2, 10) * 7 + this.dice.between(-2, 2)));
    const dueOn = isDated ? date : dueKind === 'next_session' ? next : null;
    const { owner, together = [], result, isLarge = false, isRequested = false, isPublic = false } = data;
    return {
      title,
      theme: topic.theme,
      owner,
      together,
      parties: [],
      isRequested,
      dueKind: isDated ? 'date' : dueKind,
      dueOn,
      checkOn: dueOn === null ? firstCheckOn(session.heldOn, next) : null,
      contribution: data.contribution,
      isPublic,
      isLarge,
      result,
      fate: dueKind === 'next_session' ? this.dice.pick(['in_time', 'in_time', 'late']) : this.fateOf(dueOn ?? date),
    };
  }

  private fateOf(dueOn: string): Fate {
    const fate = this.dice.weighted(FATES);
    const daysAgo = daysBetween(dueOn, this.today);
    const isOpen = fate === 'overdue' || fate === 'blocked' || fate === 'on_hold';
    if (isOpen && daysAgo > CLEARED_AFTER_DAYS) return 'late';
    return isOpen && fate !== 'on_hold' && daysAgo > FORGOTTEN_AFTER_DAYS && this.dice.chance(0.8) ? 'late' : fate;
  }

  private lay(session: Session, item: AgendaItem, agreed: Agreed): NewAction {
    const { owner, together, parties, isRequested, fate, result, isLarge, dueKind, dueOn, checkOn, ...fields } = agreed;
    const key = this.keyOf(owner);
    const ownerId = this.registers.organisationId(key);
    const contact = this.registers.contactOf(key, this.series.data.area);
    const coOwnerIds = [...new Set(together.map((one) => this.organisationIdOf(one)))].filter((id) => id !== ownerId);
    const otherOwner = (['W&K', 'BOR', 'MO'] as const)
      .map((one) => this.registers.organisationId(one))
      .find((id) => id !== ownerId && !coOwnerIds.includes(id))!;
    const residents = this.keyOf('residents');
    const life = {
      ...{ fate, result, isLarge, ownerId, texts: this.texts },
      recordedOn: session.heldOn,
      dueOn,
      otherOwnerId: otherOwner,
      laterSessions: this.heldAfter(session),
      today: this.today,
    };
    const partyIds = parties.map((one) => this.organisationIdOf(one));
    const input: CreateActionDto = {
      ...fields,
      agendaItemId: item.id,
      ownerId,
      ownerPersonId: contact && this.dice.chance(0.15) ? contact.id : undefined,
      coOwnerIds,
      dueKind,
      // The rules fill in the date of "volgend overleg".
      dueOn: (dueKind === 'date' && dueOn) || undefined,
      checkOn: checkOn ?? undefined,
      reference: this.dice.chance(0.12)
        ? `Z-${session.heldOn.slice(0, 4)}-${this.dice.between(10_000, 99_999)}`
        : undefined,
      requestedById: isRequested && residents !== key ? this.registers.organisationId(residents) : undefined,
      ...(partyIds.length > 0 && { isConfidential: true, partyIds }),
    };
    const ahead = lifeOf(life, this.dice);
    const ids: NewAction['ids'] = [this.dice.id(session.heldOn), this.dice.id(session.heldOn)];
    return { input, answeringId: contact?.id ?? null, ahead, ids };
  }

  /** The title with a place in the area filled in; undefined if the area has it already. */
  private titleOf({ title }: ActionData, day: string): string | undefined {
    const places = AREAS.find(({ code }) => code === this.series.data.area)!.places ?? ['de buurt'];
    const isFree = (one: string): boolean => {
      const last = this.titles.get(one);
      return last === undefined || daysBetween(last, day) > AGAIN_AFTER_DAYS;
    };
    const found = this.dice
      .shuffled(places)
      .map((place) => title.replace(PLACE, place))
      .find(isFree);
    if (found) this.titles.set(found, day);
    return found;
  }

  private heldAfter(session: Session): string[] {
    return this.series.sessions
      .filter(({ state, heldOn }) => state === 'closed' && heldOn > session.heldOn)
      .map(({ heldOn }) => heldOn);
  }

  private nextSession(session: Session): string | undefined {
    return this.series.sessions.find(({ state, heldOn }) => state !== 'cancelled' && heldOn > session.heldOn)?.heldOn;
  }

  /** The corporation or residents' organisation in this meeting; if its area has none, that of the municipality. */
  private keyOf(key: OwnerKey): OrganisationKey {
    if (key !== 'corporation' && key !== 'residents') return key;
    const kind = key === 'corporation' ? 'housing' : 'residents';
    const found = this.series.data.participants.find(
      (one) => ORGANISATIONS.find((organisation) => organisation.key === one)!.kind === kind,
    );
    return found ?? (key === 'corporation' ? 'WCE' : 'IAR');
  }
}
