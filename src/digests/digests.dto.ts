import { ArrayMaxSize, ArrayUnique, IsArray, IsBoolean, Matches } from 'class-validator';
import { IsId, Nullable, Omittable } from '../platform/common/input.js';
import { IsCalendarDate } from '../platform/common/is-calendar-date.js';
import { type MessageState } from '../platform/mail/outgoing-message.entity.js';
import type { DigestRunState } from './digest-run.entity.js';
import type { SkipReason } from './skip-reasons.rules.js';

export class DigestPreviewDto {
  /** Whose digest; your own if omitted. */
  @Omittable()
  @IsId()
  person?: string;
}

export class ChangePreferencesDto {
  /** Whether you get no weekly mail at all. */
  @Omittable()
  @IsBoolean()
  isDigestStopped?: boolean;
  /** You get no weekly mail up to and including this day, today or later; null ends the pause. */
  @Nullable()
  @IsCalendarDate()
  digestPausedUntilOn?: string | null;
}

/** @schema Preferences */
export interface PreferencesView {
  isDigestStopped: boolean;
  digestPausedUntilOn: string | null;
  version: number;
}

const MOST_WEEKS = 500;

export class SkipWeeksDto {
  /** The ISO weeks without digest, such as `2026-W52`; weeks that are not listed have one again. */
  @IsArray()
  @ArrayMaxSize(MOST_WEEKS)
  @ArrayUnique()
  @Matches(/^\d{4}-W\d{2}$/, { each: true, message: 'each of weeks must be an ISO week such as 2026-W52' })
  weeks: string[];
}

/** @schema SkippedWeeks */
export interface SkippedWeeksView {
  /** The ISO weeks that were chosen: `2026-W52`. */
  weeks: string[];
  /** Those in the setting `DIGEST_SKIPPED_WEEKS`. */
  inSettings: string[];
  version: number;
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
  /** How many actions it asks about, without confidential ones. */
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

/** @schema DigestedAction */
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
  /** How many actions it asks about that the caller may know of. */
  lines: number;
  /** The mail; null if there is none, or if the caller may only know that there is one. */
  subject: string | null;
  text: string | null;
  html: string | null;
  /** For each action, why it is or is not in the mail; null for an administrator. */
  reasons: DigestReasonView[] | null;
}
