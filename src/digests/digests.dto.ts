import { IsId, Omittable } from '../platform/common/input.js';
import { MESSAGE_STATES, type MessageState } from '../platform/mail/outgoing-message.entity.js';
import type { DigestRunState } from './digest-run.entity.js';
import type { SkipReason } from './skip-reasons.rules.js';

export class DigestPreviewDto {
  /** Whose digest; your own if omitted. */
  @Omittable()
  @IsId()
  person?: string;
}

export interface DigestRunView {
  id: string;
  year: number;
  week: number;
  state: DigestRunState;
  dueAt: string;
  plannedAt: string;
  /** Why the week was skipped; null if it was not. */
  reason: SkipReason | null;
  /** The number of messages per state. */
  messages: Record<MessageState, number>;
}

/** The result of running the digest: `isNew` if this call planned the week. */
export interface DigestAnswerView {
  isNew: boolean;
  /** The run of this week; null before its day and hour, or without a mail server. */
  run: DigestRunView | null;
}

export interface DigestMessageView {
  id: string;
  personId: string | null;
  address: string;
  state: MessageState;
  attempts: number;
  lines: number;
  serverWords: string | null;
  nextAttemptAt: string;
  sentAt: string | null;
  /** When the mail server permanently refused the address. */
  refusedAt: string | null;
}

export const DIGEST_REASONS = [
  'overdue',
  'due_soon',
  'status_asked',
  'not_due',
  'on_hold',
  'finished',
  'handed_back',
  'other_recipient',
  'shared_mailbox',
] as const;
export type DigestReason = (typeof DIGEST_REASONS)[number];

export interface DigestReasonView {
  actionId: string;
  number: string;
  isIncluded: boolean;
  reason: DigestReason;
}

export const PREVIEW_STATES = ['would_be_sent', 'not_needed', 'inactive', 'stopped', 'paused'] as const;

export interface DigestPreviewView {
  personId: string;
  address: string | null;
  state: (typeof PREVIEW_STATES)[number];
  lines: number;
  /** The mail; null if there is none, or if the caller may know only that there is one. */
  subject: string | null;
  text: string | null;
  html: string | null;
  /** Per action why it is or is not in the mail; null for an administrator. */
  reasons: DigestReasonView[] | null;
}

const ID = '019300a0-0000-7000-8000-000000000001';
const NONE = Object.fromEntries(MESSAGE_STATES.map((state) => [state, 0])) as Record<MessageState, number>;

export const RUN_EXAMPLE = {
  id: ID,
  year: 2026,
  week: 23,
  state: 'planned',
  dueAt: '2026-06-01T06:00:00.000Z',
  plannedAt: '2026-06-01T06:00:12.000Z',
  reason: null,
  messages: { ...NONE, sent: 41, deferred: 1 },
} satisfies DigestRunView;

export const ANSWER_EXAMPLE = { isNew: true, run: RUN_EXAMPLE } satisfies DigestAnswerView;

export const MESSAGE_EXAMPLE = {
  id: ID,
  personId: ID,
  address: 'wijkagent.boskoop@politie.example',
  state: 'sent',
  attempts: 1,
  lines: 3,
  serverWords: '250 OK: message queued',
  nextAttemptAt: '2026-06-01T06:00:12.000Z',
  sentAt: '2026-06-01T06:00:13.000Z',
  refusedAt: null,
} satisfies DigestMessageView;

export const PREVIEW_EXAMPLE = {
  personId: ID,
  address: 'wijkagent.boskoop@politie.example',
  state: 'would_be_sent',
  lines: 1,
  subject: 'Gemeente Alphen aan den Rijn: 1 actie te laat in Boskoop',
  text: 'Beste wijkagent Boskoop, …',
  html: '<p>Beste wijkagent Boskoop, …</p>',
  reasons: [{ actionId: ID, number: 'BOS-12', isIncluded: true, reason: 'overdue' }],
} satisfies DigestPreviewView;
