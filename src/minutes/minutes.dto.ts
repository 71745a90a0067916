import type { ActionStatus, DueKind } from '../actions/action.entity.js';
import type { ItemState } from '../meetings/agenda/agenda-item.entity.js';
import type { ItemKind } from '../meetings/meeting.entity.js';
import type { DiscussionOutcome } from '../actions/discussions/discussion.entity.js';
import type { ChangesContent, CorrectionContent, OpenContent } from './minutes-content.js';
import type { VersionReason } from './minutes-version.entity.js';
import type { MinutesState } from './minutes.entity.js';
import type { PrintedName } from './name-book.rules.js';

export interface AttendeeView extends PrintedName {
  organisation: string | null;
  isGuest: boolean;
  isReplacement: boolean;
}

export interface RecordedView {
  number: string;
  title: string;
  itemNumber: string | null;
  owner: string | null;
  ownerPerson: PrintedName | null;
  coOwners: string[];
  deadline: { kind: DueKind | null; dueOn: string | null; text: string };
  isConfidential: boolean;
}

/** A step of an escalation reported to the session. */
export interface EscalatedView {
  asked: PrintedName;
  askedOn: string;
  decision: string | null;
  decidedFor: string | null;
}

export interface DiscussedView {
  number: string;
  title: string;
  owner: string | null;
  outcome: DiscussionOutcome | null;
  note: string | null;
  status: ActionStatus;
  /** What was agreed anew in the session, beside what it was before; null when nothing was. */
  changes: ChangesContent | null;
  escalations: EscalatedView[];
  isConfidential: boolean;
}

export interface FinishedView {
  number: string;
  title: string;
  owner: string | null;
  status: ActionStatus;
  doneOn: string | null;
  result: string | null;
  /** What was noted of it at the table. */
  note: string | null;
  changes: ChangesContent | null;
  escalations: EscalatedView[];
  isConfidential: boolean;
}

export interface ItemView {
  number: string;
  kind: ItemKind;
  title: string;
  notes: string | null;
  decision: string | null;
  state: ItemState;
  isConfidential: boolean;
  actions: RecordedView[];
}

export interface CorrectionView extends CorrectionContent {
  isConfidential: boolean;
}

/** Minutes of an earlier session, adopted by this one. */
export interface AdoptedView {
  sessionId: string;
  heldOn: string;
  kind: 'unchanged' | 'corrected';
  corrections: CorrectionView[];
}

/** A reader's copy: the parts that reader may know, assembled as if there were no others. */
export interface MinutesView extends Pick<
  OpenContent,
  'meeting' | 'area' | 'heldOn' | 'startTime' | 'endTime' | 'place' | 'nextSession'
> {
  id: string;
  sessionId: string;
  state: MinutesState;
  /** The number of this version of the text. */
  number: number;
  reason: VersionReason;
  composedAt: string;
  hash: string;
  /** Whether no later version has replaced it. */
  isInForce: boolean;
  /** The time this version was sent; for one made by adoption or redaction, the time of its predecessor. */
  sentAt: string | null;
  adoptedAt: string | null;
  /** The session that adopted them; null if not adopted, or adopted in writing. */
  adoptedIn: { sessionId: string; heldOn: string } | null;
  chair: PrintedName | null;
  secretary: PrintedName | null;
  attendance: { present: AttendeeView[]; excused: AttendeeView[]; absent: AttendeeView[] };
  items: ItemView[];
  discussed: DiscussedView[];
  reportedDone: FinishedView[];
  decisions: { itemNumber: string; title: string; decision: string }[];
  actions: RecordedView[];
  /** The corrections made when these minutes were adopted. */
  corrections: CorrectionView[];
  /** The earlier minutes adopted by this session. */
  adoptions: AdoptedView[];
  version: number;
}

export interface VersionView {
  number: number;
  reason: VersionReason;
  composedAt: string;
  hash: string;
}

const ID = '019300a0-0000-7000-8000-00000000000a';
const WIJKAGENT = { name: 'wijkagent Boskoop', function: 'wijkagent' };
const GEBIEDSADVISEUR = { name: 'gebiedsadviseur Boskoop', function: 'gebiedsadviseur' };
const ATTENDEE = { ...WIJKAGENT, organisation: 'Politie', isGuest: false, isReplacement: false };
const HASH = 'b94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9';
const RECORDED = {
  number: 'BOS-12',
  title: 'Extra surveillance bij de skatebaan',
  itemNumber: '4',
  owner: 'Politie',
  ownerPerson: WIJKAGENT,
  coOwners: ['Tom in de buurt'],
  deadline: { kind: 'date', dueOn: '2026-07-03', text: 'vrijdag 3 juli 2026' },
  isConfidential: false,
} satisfies RecordedView;

export const MINUTES_EXAMPLE = {
  id: ID,
  sessionId: ID,
  state: 'sent',
  number: 1,
  reason: 'closing',
  composedAt: '2026-06-02T09:31:00.000Z',
  hash: HASH,
  isInForce: true,
  sentAt: '2026-06-02T09:40:00.000Z',
  adoptedAt: null,
  adoptedIn: null,
  meeting: { id: ID, name: 'Professionaloverleg Boskoop', kind: 'professionals', minutesForm: 'full' },
  area: { id: ID, name: 'Boskoop' },
  heldOn: '2026-06-02',
  startTime: '10:00',
  endTime: '11:30',
  place: 'Gemeenteservicepunt Boskoop',
  chair: GEBIEDSADVISEUR,
  secretary: GEBIEDSADVISEUR,
  attendance: { present: [ATTENDEE], excused: [ATTENDEE], absent: [ATTENDEE] },
  items: [
    {
      number: '4',
      kind: 'topic',
      title: 'Overlast bij de skatebaan',
      notes: 'De overlast verschuift naar de avond.',
      decision: 'De verlichting blijft tot 23 uur aan.',
      state: 'discussed',
      isConfidential: false,
      actions: [RECORDED],
    },
  ],
  discussed: [
    {
      number: 'BOS-7',
      title: 'Snoeien van het plantsoen',
      owner: 'BOR',
      outcome: 'discussed',
      note: 'Begint na de zomer.',
      status: 'in_progress',
      changes: {
        deadline: {
          was: { kind: 'date', dueOn: '2026-06-26', text: 'vrijdag 26 juni 2026' },
          becomes: { kind: 'date', dueOn: '2026-09-25', text: 'vrijdag 25 september 2026' },
          postponements: 2,
        },
        owner: { was: 'Wijken en Kernen', becomes: 'BOR' },
        status: { was: 'open', becomes: 'in_progress' },
        said: 'De aannemer heeft eerder geen tijd.',
      },
      escalations: [
        {
          asked: { name: 'directeur Ruimte', function: 'directeur' },
          askedOn: '2026-05-12',
          decision: 'BOR snoeit voor de zomer.',
          decidedFor: '2026-06-16',
        },
      ],
      isConfidential: false,
    },
  ],
  reportedDone: [
    {
      number: 'BOS-5',
      title: 'Afvalbak plaatsen bij het station',
      owner: 'BOR',
      status: 'done',
      doneOn: '2026-05-20',
      result: 'De bak staat er.',
      note: null,
      changes: null,
      escalations: [],
      isConfidential: false,
    },
  ],
  decisions: [
    { itemNumber: '4', title: 'Overlast bij de skatebaan', decision: 'De verlichting blijft tot 23 uur aan.' },
  ],
  actions: [RECORDED],
  corrections: [{ item: '4', old: 'naar de avond', new: 'naar de nacht', isConfidential: false }],
  adoptions: [{ sessionId: ID, heldOn: '2026-05-05', kind: 'unchanged', corrections: [] }],
  nextSession: { heldOn: '2026-06-30', startTime: '10:00', place: 'Gemeenteservicepunt Boskoop' },
  version: 2,
} satisfies MinutesView;

export const VERSION_EXAMPLE = {
  number: 1,
  reason: 'closing',
  composedAt: '2026-06-02T09:31:00.000Z',
  hash: HASH,
} satisfies VersionView;
