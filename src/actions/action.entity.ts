import { Column, Entity, Index, Unique } from 'typeorm';
import { STORED_KEY_LENGTH } from '../platform/spelling/natural-order.js';
import { Day, Flag, Id, Line, Prose, Reference, Version, Whole } from '../platform/database/columns.js';
import { Area } from '../directory/areas/area.entity.js';
import { AgendaItem } from '../meetings/agenda/agenda-item.entity.js';
import { Meeting } from '../meetings/meeting.entity.js';
import { Session } from '../meetings/session.entity.js';
import { Organisation } from '../directory/organisations/organisation.entity.js';
import { Person } from '../directory/people/person.entity.js';

export const ACTION_STATUSES = ['open', 'in_progress', 'blocked', 'on_hold', 'done', 'cancelled'] as const;
export type ActionStatus = (typeof ACTION_STATUSES)[number];
export const DUE_KINDS = ['date', 'asap', 'ongoing', 'next_session'] as const;
export type DueKind = (typeof DUE_KINDS)[number];
export const REALISATIONS = ['full', 'partial'] as const;
export type Realisation = (typeof REALISATIONS)[number];
export const RESULT_SIZES = ['small', 'large'] as const;
export type ResultSize = (typeof RESULT_SIZES)[number];
export const CONTRIBUTIONS = ['think_along', 'take_part', 'carry_out'] as const;
export type Contribution = (typeof CONTRIBUTIONS)[number];

/** The columns shared by an action and each row of its history: its state. */
export abstract class ActionColumns {
  @Line()
  title: string;
  @Reference(() => Area)
  areaId: string;
  @Line(100, { nullable: true })
  theme: string | null;
  @Flag()
  isPublic: boolean;
  /** Known only to the organisations in `action_parties`. */
  @Flag()
  isConfidential: boolean;
  @Line(20)
  status: ActionStatus;
  /** The reason why it is blocked, on hold or cancelled. */
  @Prose({ nullable: true })
  statusReason: string | null;
  /** The day from which an action on hold counts as open again. */
  @Day({ nullable: true })
  resumeOn: string | null;
  /** Null while its session is open and no owner is named, or after it was handed back. */
  @Reference(() => Organisation, { nullable: true })
  ownerId: string | null;
  @Reference(() => Person, { nullable: true })
  ownerPersonId: string | null;
  /** Null only while its session is open, because the closing rule requires it. */
  @Line(20, { nullable: true })
  dueKind: DueKind | null;
  @Day({ nullable: true })
  dueOn: string | null;
  /** The first deadline ever. */
  @Day({ nullable: true })
  originalDueOn: string | null;
  @Whole({ default: 0 })
  postponements: number;
  /** The day to ask for the status of an undated action. */
  @Day({ nullable: true })
  checkOn: string | null;
  @Line(10, { nullable: true })
  realisation: Realisation | null;
  @Prose({ nullable: true })
  result: string | null;
  @Line(10, { nullable: true })
  resultSize: ResultSize | null;
  @Day({ nullable: true })
  doneOn: string | null;
  /** The day it was done or cancelled; null while unfinished. */
  @Day({ nullable: true })
  closedOn: string | null;
  @Flag()
  isHandedBack: boolean;
  /** Recorded by mistake: left out of every list and count. */
  @Flag()
  isWithdrawn: boolean;
  /** The day it was agreed: the date of its session, else the day it was recorded. */
  @Day()
  recordedOn: string;
}

const IS_OPEN = '"closedOn" IS NULL';
/** What lists and counts of open actions ask, so that they need the index only. */
const OF_OPEN = [
  'id',
  'isWithdrawn',
  'isConfidential',
  'isHandedBack',
  'dueKind',
  'status',
  'resumeOn',
  'sessionId',
  'closedOn',
];

/** The current state of an action. Each change also has a row in `action_updates`. */
@Entity('actions')
@Unique(['number'])
@Index('actions_by_number_key', ['numberKey', 'id'])
@Index('actions_by_title_key', ['titleKey', 'id'])
@Index('actions_by_due', ['dueOn', 'id'])
@Index('actions_by_due_backwards', { synchronize: false })
// SQLite reads nothing but the index only if it also holds the column of its own condition.
@Index('actions_open_by_due', ['dueOn', ...OF_OPEN, 'ownerId', 'areaId'], { where: IS_OPEN })
@Index('actions_open_by_area', ['areaId', 'dueOn', ...OF_OPEN, 'ownerId'], { where: IS_OPEN })
@Index('actions_open_by_owner', ['ownerId', 'dueOn', ...OF_OPEN, 'areaId'], { where: IS_OPEN })
@Index('actions_open_by_number', ['numberKey', ...OF_OPEN, 'dueOn', 'ownerId', 'areaId'], { where: IS_OPEN })
@Index('actions_handed_back', ['areaId', 'closedOn'], { where: `"isHandedBack" AND ${IS_OPEN}` })
@Index('actions_by_status', ['status', 'numberKey', 'id'])
@Index('actions_by_owner', ['ownerId', 'closedOn', 'sessionId', 'id'])
@Index('actions_by_begin', ['areaId', 'recordedOn', 'id', 'isConfidential', 'isWithdrawn', 'goalId', 'opgaveId'])
@Index('actions_by_end', [
  'areaId',
  'closedOn',
  'recordedOn',
  'id',
  'isConfidential',
  'isWithdrawn',
  'goalId',
  'opgaveId',
  'dueKind',
  'ownerId',
  'isHandedBack',
])
@Index(['meetingId', 'closedOn'])
@Index('actions_by_goal', ['goalId'], { where: '"goalId" IS NOT NULL' })
@Index('actions_by_opgave', ['opgaveId'], { where: '"opgaveId" IS NOT NULL' })
@Index('actions_of_session', ['sessionId'], { where: '"sessionId" IS NOT NULL' })
@Index('actions_of_person', ['ownerPersonId'], { where: '"ownerPersonId" IS NOT NULL' })
@Index('actions_requested_by', ['requestedById'], { where: '"requestedById" IS NOT NULL' })
@Index('actions_by_reference', ['reference'], { where: '"reference" IS NOT NULL' })
@Index('actions_following', ['followsOnId'], { where: '"followsOnId" IS NOT NULL' })
export class Action extends ActionColumns {
  @Id()
  id: string;
  /** Area code and serial number, never reused. */
  @Line(20)
  number: string;
  /** `naturalKey` of the number, to sort by: character by character, under any collation of the database. */
  @Column({ type: 'varchar', length: 40, nullable: true, collation: 'C' })
  numberKey: string | null;
  /** `storedKey` of the title, likewise. Whatever changes or removes a title must change this with it. */
  @Column({ type: 'varchar', length: STORED_KEY_LENGTH, nullable: true, collation: 'C' })
  titleKey: string | null;
  @Prose({ nullable: true })
  details: string | null;
  @Reference(() => Meeting, { nullable: true })
  meetingId: string | null;
  /** The session in which it was recorded. */
  @Reference(() => Session, { nullable: true })
  sessionId: string | null;
  @Reference(() => AgendaItem, { nullable: true })
  agendaItemId: string | null;
  @Column({ type: 'uuid', nullable: true })
  goalId: string | null;
  @Column({ type: 'uuid', nullable: true })
  opgaveId: string | null;
  /** The organisation that raised it. */
  @Reference(() => Organisation, { nullable: true })
  requestedById: string | null;
  /** A zaak- or meldingnummer elsewhere. */
  @Line(100, { nullable: true })
  reference: string | null;
  @Reference(() => Action, { nullable: true })
  followsOnId: string | null;
  @Line(20, { nullable: true })
  contribution: Contribution | null;
  @Prose({ nullable: true })
  publicText: string | null;
  @Prose({ nullable: true })
  expectedResult: string | null;
  @Version()
  version: number;
}

/** The fields that its history does not store: of a change to them, the row as it was before is kept (`RowHistory`). */
export const UNVERSIONED_FIELDS = [
  ...(['details', 'agendaItemId', 'requestedById', 'reference', 'followsOnId', 'goalId', 'opgaveId'] as const),
  ...(['contribution', 'publicText', 'expectedResult'] as const),
] satisfies (keyof Action)[];
export type UnversionedField = (typeof UNVERSIONED_FIELDS)[number];

/** Those that people write: searched for names, redacted and in the end destroyed. The texts of its state are not listed here. */
export const ACTION_TEXTS = ['details', 'expectedResult', 'publicText', 'reference'] satisfies UnversionedField[];
