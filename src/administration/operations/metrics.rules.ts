import { type ServiceFacts, findingsOf } from './state.rules.js';
import { BUCKETS, type RequestCounts } from './request-counts.js';

/** Figures from Node about the process. */
interface Process {
  residentBytes: number;
  heapBytes: number;
  cpuSeconds: number;
  startedAtSeconds: number;
  /** The 99th percentile of the event-loop delay since the previous scrape, in seconds. */
  loopLagSeconds: number;
}

const LEVELS = { well: 0, unsure: 1, wrong: 2 };
const NAME = 'wijkagenda';

type Sample = [labels: string, value: number | null];

/**
 * The Prometheus text format, version 0.0.4. A gauge of something that never happened is omitted. Written by hand
 * because it is so small: a client library would bring its own registry and defaults.
 */
export function metricsText(facts: ServiceFacts, requests: RequestCounts, process: Process): string {
  const { mail, webhooks, schedule, backup, verify, storage, files } = facts;
  return [
    family('up_state', 'gauge', '0 well, 1 somebody should look, 2 wrong', [
      ...findingsOf(facts).map(({ subject, level }): Sample => [`subject="${subject}"`, LEVELS[level]]),
    ]),
    family('mail_waiting', 'gauge', 'mails due for sending', [['', mail.waiting]]),
    family('mail_waiting_since_timestamp_seconds', 'gauge', 'when the oldest of them became due', [
      ['', seconds(mail.waitingSince)],
    ]),
    family('mail_deferred', 'gauge', 'mails whose delivery has been failing for over an hour', [['', mail.deferred]]),
    family('mail_failed_week', 'gauge', 'mails given up in the last seven days', [['', mail.failed]]),
    family('mail_held', 'gauge', '1 if this copy must not send mail', [['', mail.heldAt ? 1 : 0]]),
    family('webhooks_waiting_since_timestamp_seconds', 'gauge', 'when the oldest event due for delivery became due', [
      ['', seconds(webhooks.waitingSince)],
    ]),
    family('webhooks_deferred', 'gauge', 'events whose delivery has been failing for over an hour', [
      ['', webhooks.deferred],
    ]),
    family('webhooks_dead_week', 'gauge', 'deliveries of events given up in the last seven days', [
      ['', webhooks.failed],
    ]),
    family('digest_last_planned_timestamp_seconds', 'gauge', 'when a weekly digest was last planned', [
      ['', seconds(schedule.last?.plannedAt)],
    ]),
    family('backup_last_timestamp_seconds', 'gauge', 'when a backup was last made', [['', seconds(backup?.at)]]),
    family('verify_last_timestamp_seconds', 'gauge', 'when the chains were last verified', [['', seconds(verify?.at)]]),
    family('chains_whole', 'gauge', '1 if the last verification found all hash chains intact', [
      ['', verify ? Number(verify.flaw === null) : null],
    ]),
    family('storage_refusing', 'gauge', '1 while writes are refused', [['', storage.isRefusing ? 1 : 0]]),
    family('database_bytes', 'gauge', 'size of the SQLite file', [['', storage.room?.size ?? null]]),
    family('disk_free_bytes', 'gauge', 'free space on the disk of the SQLite file', [['', storage.room?.free ?? null]]),
    family('files_stored', 'gauge', 'files of actions, agenda items and initiatives', [['', files.stored]]),
    family('files_stored_bytes', 'gauge', 'their total size; FILES_TOTAL_MB is the limit', [['', files.bytes]]),
    family('files_unfinished', 'gauge', 'uploads in progress, or cut off and not swept yet', [['', files.unfinished]]),
    family('files_swept_total', 'counter', 'orphans swept: unfinished uploads, and files without a record', [
      ['left="upload"', files.swept.uploads],
      ['left="bytes"', files.swept.bytes],
    ]),
    family('http_requests_total', 'counter', 'responses by route and status', [...requests.byRoute]),
    durations(requests),
    family('process_resident_memory_bytes', 'gauge', 'memory of the process', [['', process.residentBytes]]),
    family('process_heap_bytes', 'gauge', 'heap in use', [['', process.heapBytes]]),
    family('process_cpu_seconds_total', 'counter', 'processor time', [['', process.cpuSeconds]]),
    family('process_start_time_seconds', 'gauge', 'when the process started', [['', process.startedAtSeconds]]),
    family('event_loop_lag_seconds', 'gauge', 'event-loop delay, 99th percentile', [['', process.loopLagSeconds]]),
  ].join('');
}

const seconds = (moment: string | null | undefined): number | null => (moment ? Date.parse(moment) / 1000 : null);

function family(name: string, type: 'gauge' | 'counter', help: string, samples: Sample[]): string {
  const known = samples.filter(([, value]) => value !== null);
  if (known.length === 0) return '';
  const lines = known.map(([labels, value]) => `${NAME}_${name}${labels && `{${labels}}`} ${value}\n`);
  return head(name, type, help) + lines.join('');
}

const head = (name: string, type: string, help: string): string =>
  `# HELP ${NAME}_${name} ${help}\n# TYPE ${NAME}_${name} ${type}\n`;

function durations({ bySurface }: RequestCounts): string {
  const name = 'http_request_duration_seconds';
  const lines = [...bySurface].flatMap(([surface, { within, seconds: sum, count }]) => {
    const label = `surface="${surface}"`;
    return [
      ...BUCKETS.map((bound, n) => `${NAME}_${name}_bucket{${label},le="${bound}"} ${within[n]}\n`),
      `${NAME}_${name}_bucket{${label},le="+Inf"} ${count}\n`,
      `${NAME}_${name}_sum{${label}} ${sum}\n`,
      `${NAME}_${name}_count{${label}} ${count}\n`,
    ];
  });
  return lines.length === 0 ? '' : head(name, 'histogram', 'how long answering took') + lines.join('');
}
