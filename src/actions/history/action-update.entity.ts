import { Column, Entity, Index, Unique } from 'typeorm';
import { Day, Id, Json, Line, Moment, Prose, Reference, Whole } from '../../platform/database/columns.js';
import { Session } from '../../meetings/session.entity.js';
import { Organisation } from '../../directory/organisations/organisation.entity.js';
import { Person } from '../../directory/people/person.entity.js';
import { Action, ActionColumns } from '../action.entity.js';

export const UPDATE_KINDS = [
  'recorded',
  'status',
  'reopening',
  'deadline',
  'owner',
  'handing_back',
  'edit',
  'comment',
  'discussion_asked',
  'withdrawal',
] as const;
export type UpdateKind = (typeof UPDATE_KINDS)[number];

/** The part of an action stored in its history. */
export type ActionState = ActionColumns & Pick<ActionUpdate, 'coOwnerIds'>;

/**
 * The change that one update requests. Deadlines of "volgend overleg" and default check dates are filled in before it
 * is stored, so that applying it again gives the same result; derived values (done on, postponements …) are calculated
 * by the rules.
 */
export interface Change extends Partial<
  Pick<
    ActionState,
    | 'title'
    | 'theme'
    | 'isPublic'
    | 'coOwnerIds'
    | 'status'
    | 'resumeOn'
    | 'realisation'
    | 'result'
    | 'resultSize'
    | 'dueKind'
    | 'dueOn'
    | 'checkOn'
    | 'ownerId'
    | 'ownerPersonId'
  >
> {
  /** The reason for a status, a postponement, a reopening, handing back or withdrawing. */
  reason?: string;
  /** "Niet voor ons". */
  handBack?: true;
  /** Asked to be discussed in the next session. */
  discuss?: true;
  /** Recorded by mistake. */
  withdraw?: true;
  /** A field was edited whose value the history does not store. */
  edited?: true;
  /** Its meeting ended, and it was decided that it goes on without one: no other meeting takes it. */
  withoutMeeting?: true;
  /** The deadline follows the session it depends on: no postponement. */
  movesAlong?: true;
  /** Entered in a session that was closed before and reopened. */
  isAfterClosing?: true;
}

/** Append-only history: each row stores the whole state after it, so that "as of" reads one row instead of a replay. */
@Entity('action_updates')
@Unique(['actionId', 'sequence'])
@Index('action_updates_by_entry', ['areaId', 'recordedAt', 'effectiveOn'])
@Index('action_updates_as_of', ['actionId', 'effectiveOn', 'sequence', 'recordedAt', 'closedOn'])
@Index('action_updates_of_the_year', [
  ...['areaId', 'recordedOn', 'actionId', 'effectiveOn', 'sequence', 'recordedAt', 'closedOn', 'status', 'ownerId'],
  ...['theme', 'dueOn', 'originalDueOn', 'postponements', 'realisation', 'resultSize', 'doneOn', 'resumeOn', 'dueKind'],
  ...['isHandedBack', 'isWithdrawn', 'isConfidential'],
])
@Index('action_updates_of_session', ['sessionId'], { where: '"sessionId" IS NOT NULL' })
@Index('action_updates_recorded', ['recordedAt', 'actionId'])
export class ActionUpdate extends ActionColumns {
  @Id()
  id: string;
  @Reference(() => Action)
  actionId: string;
  /** 1, 2, 3 … within the action. */
  @Whole()
  sequence: number;
  @Line(20)
  kind: UpdateKind;
  /** The day it happened. */
  @Day()
  effectiveOn: string;
  @Moment()
  recordedAt: string;
  @Reference(() => Person, { nullable: true })
  recordedById: string | null;
  /** The client that entered it; null if a person or the service did. */
  @Column({ type: 'uuid', nullable: true })
  recordedByClientId: string | null;
  /** The party on whose behalf the chair entered it. */
  @Reference(() => Organisation, { nullable: true })
  onBehalfOfId: string | null;
  /** The session in which it was entered. */
  @Reference(() => Session, { nullable: true })
  sessionId: string | null;
  @Prose({ nullable: true })
  comment: string | null;
  /** What this update changed, so that it can be reapplied after an entry for an earlier day. */
  @Json()
  changes: Change;
  /** The update that this row reapplies after an entry for an earlier day. */
  @Reference(() => ActionUpdate, { nullable: true })
  restatesId: string | null;
  @Json()
  coOwnerIds: string[];
}
