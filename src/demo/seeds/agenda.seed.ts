import { AgendaItem, type ItemState } from '../../meetings/agenda/agenda-item.entity.js';
import { AgendaItemParty } from '../../meetings/agenda/agenda-item-party.entity.js';
import { numbersInOrder } from '../../meetings/agenda/agenda-numbers.rules.js';
import type { ItemKind, MeetingKind } from '../../meetings/meeting.entity.js';
import type { Session } from '../../meetings/session.entity.js';
import type { NewAction } from './actions.seed.js';
import type { Dice } from '../dice.js';
import { BOARD_TOPICS, WALK_IN_TOPICS } from '../data/board-topics.data.js';
import { DEFAULT_AGENDA } from '../data/meetings.data.js';
import type { Series } from './meetings.seed.js';
import { MORE_TOPICS } from '../data/more-topics.data.js';
import * as phrases from '../data/phrases.data.js';
import { CONFIDENTIAL_ITEM, PINNED, PINNED_AREA } from '../data/pinned.data.js';
import type { Recorder } from './recorder.seed.js';
import type { Registers } from './registers.seed.js';
import type { Rows } from '../rows.js';
import { type TopicData, TOPICS } from '../data/topics.data.js';
import { YOUNG_AND_OLD } from '../data/young-and-old.data.js';

const ALL_TOPICS = [...TOPICS, ...YOUNG_AND_OLD, ...MORE_TOPICS];
const OWN_TOPICS: Partial<Record<MeetingKind, TopicData[]>> = { board: BOARD_TOPICS, walk_in: WALK_IN_TOPICS };

/** Generates the agendas of one series, session by session, with discussions, decisions and agreements. */
export class Agendas {
  private topics: TopicData[] = [];
  private carried: { item: AgendaItem; topic: TopicData } | undefined;
  private position = 0;

  constructor(
    private readonly rows: Rows,
    private readonly dice: Dice,
    private readonly registers: Registers,
    private readonly recorder: Recorder,
    private readonly series: Series,
  ) {}

  /** The agenda of a session that was held, and the actions recorded in it. */
  layHeld(session: Session, isFirst: boolean): NewAction[] {
    this.position = 0;
    const recorded: NewAction[] = [];
    this.layFixed(session, 0, this.dice.pick(phrases.OPENING));
    this.layFixed(session, 1, isFirst ? 'Er is nog geen eerder verslag.' : this.dice.pick(phrases.ADOPTION));
    const list = this.layFixed(session, 2, 'De actielijst is doorgelopen.');
    const [fewest, most] = this.series.data.actionsPerSession;
    let left = this.dice.between(fewest, most);
    while (left > 0) {
      const count = Math.min(left, this.dice.between(1, 2));
      recorded.push(...this.layTopic(session, count));
      left -= count;
    }
    if (this.carried === undefined && this.dice.chance(0.2)) this.layAdjourned(session);
    recorded.push(...this.layPinned(session, list));
    this.layFixed(session, 3, this.dice.pick(phrases.ROUND));
    this.layFixed(session, 4, 'De voorzitter sluit de vergadering.');
    return recorded;
  }

  /** The agenda of the coming session: nothing discussed yet, one item proposed by a partner, perhaps one adjourned last time. */
  layPlanned(session: Session): void {
    this.position = 0;
    const fixed = (...those: number[]) => those.map((index) => this.layFixed(session, index, null, 'accepted'));
    const items = fixed(0, 1, 2);
    if (this.carried) {
      const { item, topic } = this.carried;
      const carriedFromId = item.id;
      items.push(this.layItem(session, { kind: 'topic', title: topic.title, state: 'accepted', carriedFromId }));
      this.carried = undefined;
    }
    const [topic, proposed] = [this.nextTopic(), this.nextTopic()];
    items.push(this.layItem(session, { kind: 'topic', title: topic.title, state: 'accepted' }));
    const proposedById = this.registers.organisationId(this.series.data.participants[0]);
    items.push(this.layItem(session, { kind: 'topic', title: proposed.title, state: 'proposed', proposedById }));
    items.push(...fixed(3, 4));
    const numbers = numbersInOrder(items, false);
    for (const item of items) item.number = numbers.get(item.id)!;
  }

  /** The agenda of a later session: what is on every agenda. */
  layStanding(session: Session): void {
    this.position = 0;
    for (const index of DEFAULT_AGENDA.keys()) this.layFixed(session, index, null, 'accepted');
  }

  private layTopic(session: Session, count: number): NewAction[] {
    const { carried } = this;
    this.carried = undefined;
    const topic = carried?.topic ?? this.nextTopic();
    const isShort = this.series.meeting.minutesForm === 'decisions_and_actions';
    const item = this.layItem(session, {
      kind: 'topic',
      title: topic.title,
      state: 'discussed',
      notes: isShort ? null : this.dice.pick(topic.notes),
      decision: this.dice.chance(0.5) ? this.dice.pick(topic.decisions) : null,
      carriedFromId: carried?.item.id ?? null,
    });
    return this.recorder.record(session, item, topic, count);
  }

  private layAdjourned(session: Session): void {
    const topic = this.nextTopic();
    const item = this.layItem(session, { kind: 'topic', title: topic.title, state: 'adjourned' });
    this.carried = { item, topic };
  }

  /** Actions that must always exist, in the last sessions of one area; confidential ones under an item of their own. */
  private layPinned(session: Session, list: AgendaItem): NewAction[] {
    const { area, kind } = this.series.data;
    if (area !== PINNED_AREA || kind !== 'professionals') return [];
    const held = this.series.sessions.filter(({ state }) => state === 'closed');
    const pinned = PINNED.filter(({ sessionsAgo }) => held.at(-sessionsAgo) === session);
    const open = pinned.filter(({ parties }) => parties === undefined);
    const confidential = pinned.filter(({ parties }) => parties !== undefined);
    const recorded = open.map((action) => this.recorder.recordPinned(session, list, action));
    if (confidential.length === 0) return recorded;
    const { title, notes } = CONFIDENTIAL_ITEM;
    const item = this.layItem(session, { kind: 'topic', title, notes, state: 'discussed', isConfidential: true });
    for (const key of confidential[0].parties!) {
      const organisationId = this.recorder.organisationIdOf(key);
      this.rows.add(AgendaItemParty, { agendaItemId: item.id, organisationId });
    }
    return [...recorded, ...confidential.map((action) => this.recorder.recordPinned(session, item, action))];
  }

  private nextTopic(): TopicData {
    const all = OWN_TOPICS[this.series.data.kind] ?? ALL_TOPICS;
    if (this.topics.length === 0) this.topics = this.dice.shuffled(all);
    return this.topics.pop()!;
  }

  private layFixed(session: Session, index: number, notes: string | null, state: ItemState = 'discussed'): AgendaItem {
    const { kind, title } = DEFAULT_AGENDA[index];
    const isShort = this.series.meeting.minutesForm === 'decisions_and_actions';
    return this.layItem(session, { kind, title, state, notes: isShort ? null : notes });
  }

  private layItem(
    session: Session,
    fields: { kind: ItemKind; title: string; state: ItemState } & Partial<AgendaItem>,
  ): AgendaItem {
    this.position += 1;
    const number = fields.isConfidential
      ? `V${(session.lastConfidentialItemNumber += 1)}`
      : `${(session.lastItemNumber += 1)}`;
    return this.rows.add(AgendaItem, {
      id: this.dice.id(session.heldOn),
      sessionId: session.id,
      number,
      position: this.position,
      notes: null,
      decision: null,
      proposedById: null,
      plannedMinutes: null,
      declineReason: null,
      carriedFromId: null,
      isConfidential: false,
      version: 1,
      ...fields,
    });
  }
}
