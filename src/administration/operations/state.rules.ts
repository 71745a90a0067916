import type { Upkeep } from './upkeep.entity.js';

/** `well`: nothing to do. `unsure`: somebody should look. `wrong`: something does not work or is corrupt. */
export type Level = 'well' | 'unsure' | 'wrong';

/** The state of the service, as far as database and disk can tell. */
export interface ServiceFacts {
  now: string;
  mail: {
    isConfigured: boolean;
    heldAt: string | null;
    /** The number of mails due for sending, and when the oldest of them became due. */
    waiting: number;
    waitingSince: string | null;
    /** Failing for more than an hour, and still to be retried. */
    deferred: number;
    /** Given up in the last seven days. */
    failed: number;
  };
  webhooks: {
    /** Subscriptions that have not ended. */
    working: number;
    /** When the oldest event that is due became due. */
    waitingSince: string | null;
    /** Failing for more than an hour, and still to be retried. */
    deferred: number;
    /** Given up in the last seven days. */
    failed: number;
  };
  schedule: {
    /** When this week's digest was due but not planned; null if it was planned or is not due yet. */
    missedAt: string | null;
    nextAt: string;
    last: { dueAt: string; plannedAt: string; planned: number; state: 'planned' | 'skipped' } | null;
  };
  backup: Upkeep | null;
  verify: Upkeep | null;
  storage: {
    isRefusing: boolean;
    /** Size of the SQLite file and free space on its disk, in bytes; null on PostgreSQL. */
    room: { size: number; free: number } | null;
  };
  files: {
    stored: number;
    bytes: number;
    /** Uploads that are in progress, or were cut off and are waiting to be swept. */
    unfinished: number;
    /** What this process has swept since it started. */
    swept: { uploads: number; bytes: number };
  };
  retention: {
    /** The classes of data that have been past their retention period for over a month. */
    due: string[];
  };
}
export type Subject = 'mail' | 'webhooks' | 'schedule' | 'backup' | 'chains' | 'storage' | 'retention';
export interface Finding {
  subject: Subject;
  level: Level;
  /** The key of the sentence that explains it. */
  reason: string;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** How long due mail may wait or keep failing before somebody should look. */
export const MAIL_PATIENCE_MS = HOUR_MS;
const SCHEDULE_PATIENCE_MS = HOUR_MS / 4;
/** A nightly backup that started late still counts as on time. */
const BACKUP_TERM_MS = 36 * HOUR_MS;
const VERIFY_TERM_MS = 8 * DAY_MS;
const LEAST_FREE = 500 * 1024 * 1024;

/** What an administrator should know about each subject. */
export function findingsOf(facts: ServiceFacts): Finding[] {
  return [
    { subject: 'mail', ...mailFinding(facts) },
    { subject: 'webhooks', ...webhooksFinding(facts) },
    { subject: 'schedule', ...scheduleFinding(facts) },
    { subject: 'backup', ...backupFinding(facts) },
    { subject: 'chains', ...chainsFinding(facts) },
    { subject: 'storage', ...storageFinding(facts) },
    { subject: 'retention', ...retentionFinding(facts) },
  ];
}

type Found = Omit<Finding, 'subject'>;
const age = (now: string, moment: string): number => Date.parse(now) - Date.parse(moment);

function mailFinding({ now, mail }: ServiceFacts): Found {
  if (mail.heldAt) return { level: 'unsure', reason: 'held' };
  if (!mail.isConfigured) return { level: 'wrong', reason: 'not-configured' };
  if (mail.waitingSince && age(now, mail.waitingSince) > MAIL_PATIENCE_MS) return { level: 'wrong', reason: 'stuck' };
  if (mail.deferred > 0) return { level: 'unsure', reason: 'deferred' };
  return mail.failed > 0 ? { level: 'unsure', reason: 'failed' } : { level: 'well', reason: 'well' };
}

function webhooksFinding({ now, mail, webhooks }: ServiceFacts): Found {
  if (webhooks.working === 0) return { level: 'well', reason: 'none' };
  if (mail.heldAt) return { level: 'unsure', reason: 'held' };
  if (webhooks.waitingSince && age(now, webhooks.waitingSince) > MAIL_PATIENCE_MS)
    return { level: 'wrong', reason: 'stuck' };
  if (webhooks.deferred > 0) return { level: 'unsure', reason: 'deferred' };
  return webhooks.failed > 0 ? { level: 'unsure', reason: 'failed' } : { level: 'well', reason: 'well' };
}

function scheduleFinding({ now, mail, schedule }: ServiceFacts): Found {
  if (mail.heldAt || !mail.isConfigured) return { level: 'unsure', reason: 'no-mail' };
  const { missedAt, last } = schedule;
  if (missedAt && age(now, missedAt) > SCHEDULE_PATIENCE_MS) return { level: 'wrong', reason: 'missed' };
  return { level: 'well', reason: last ? 'well' : 'nothing-yet' };
}

function backupFinding({ now, backup }: ServiceFacts): Found {
  if (!backup) return { level: 'wrong', reason: 'never' };
  return age(now, backup.at) > BACKUP_TERM_MS ? { level: 'wrong', reason: 'old' } : { level: 'well', reason: 'well' };
}

function chainsFinding({ now, verify }: ServiceFacts): Found {
  if (!verify) return { level: 'unsure', reason: 'never' };
  if (verify.flaw) return { level: 'wrong', reason: 'broken' };
  return age(now, verify.at) > VERIFY_TERM_MS ? { level: 'unsure', reason: 'old' } : { level: 'well', reason: 'well' };
}

const retentionFinding = ({ retention }: ServiceFacts): Found =>
  retention.due.length > 0 ? { level: 'unsure', reason: 'due' } : { level: 'well', reason: 'well' };

/** A backup takes as much space as the file itself. */
function storageFinding({ storage: { isRefusing, room } }: ServiceFacts): Found {
  if (isRefusing) return { level: 'wrong', reason: 'refusing' };
  if (!room) return { level: 'well', reason: 'elsewhere' };
  return room.free < Math.max(LEAST_FREE, 2 * room.size)
    ? { level: 'unsure', reason: 'little-room' }
    : { level: 'well', reason: 'well' };
}
