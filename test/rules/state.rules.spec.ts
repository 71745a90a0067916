import { describe, expect, it } from '@jest/globals';
import { wordsOf } from '../../src/administration/pages/state.words.js';
import { metricsText } from '../../src/administration/operations/metrics.rules.js';
import { RequestCounts } from '../../src/administration/operations/request-counts.js';
import { type ServiceFacts, findingsOf, type Subject } from '../../src/administration/operations/state.rules.js';

const WELL: ServiceFacts = {
  now: '2026-06-02T10:00:00.000Z',
  mail: { isConfigured: true, heldAt: null, waiting: 0, waitingSince: null, deferred: 0, failed: 0 },
  webhooks: { working: 1, waitingSince: null, deferred: 0, failed: 0 },
  schedule: {
    missedAt: null,
    nextAt: '2026-06-08T06:00:00.000Z',
    last: { dueAt: '2026-06-01T06:00:00.000Z', plannedAt: '2026-06-01T06:00:12.000Z', planned: 31, state: 'planned' },
  },
  backup: { kind: 'backup', at: '2026-06-02T01:15:00.000Z', flaw: null },
  verify: { kind: 'verify', at: '2026-06-02T01:15:00.000Z', flaw: null },
  storage: { isRefusing: false, room: { size: 40e6, free: 12e9 } },
  files: { stored: 3, bytes: 4_200_000, unfinished: 0, swept: { uploads: 0, bytes: 0 } },
  retention: { due: [] },
};
const { mail, webhooks, schedule, storage } = WELL;

/** Differences from normal facts, and the resulting finding. */
const CASES: [string, Partial<ServiceFacts>, Subject, string, string, string][] = [
  ['all is well', {}, 'mail', 'well', 'well', 'Alle mail is verstuurd.'],
  [
    'all is well',
    {},
    'schedule',
    'well',
    'well',
    'voor 31 adressen. Het volgende gaat op maandag 8 juni 2026 om 08:00 uur.',
  ],
  ['all is well', {}, 'backup', 'well', 'well', 'De laatste back-up is van dinsdag 2 juni 2026 om 03:15 uur.'],
  ['all is well', {}, 'storage', 'well', 'well', 'De database is 40 MB groot; er is 12 GB vrij.'],
  ['no mail server', { mail: { ...mail, isConfigured: false } }, 'mail', 'wrong', 'not-configured', 'geen mailserver'],
  ['no mail server', { mail: { ...mail, isConfigured: false } }, 'schedule', 'unsure', 'no-mail', 'geen weekbericht'],
  ['a restored copy', { mail: { ...mail, heldAt: WELL.now } }, 'mail', 'unsure', 'held', 'een herstelde kopie'],
  [
    'mail that lies',
    { mail: { ...mail, waiting: 1, waitingSince: '2026-06-02T08:59:59.000Z' } },
    ...(['mail', 'wrong', 'stuck', '1 mail ligt al klaar sinds dinsdag 2 juni 2026 om 10:59 uur'] as const),
  ],
  [
    'mail whose turn came an hour ago',
    { mail: { ...mail, waiting: 1, waitingSince: '2026-06-02T09:00:00.000Z' } },
    ...(['mail', 'well', 'well', 'Alle mail is verstuurd'] as const),
  ],
  ['mail that is put off', { mail: { ...mail, deferred: 2 } }, 'mail', 'unsure', 'deferred', 'Voor 2 mails lukt'],
  ['mail that failed', { mail: { ...mail, failed: 1 } }, 'mail', 'unsure', 'failed', 'is 1 mail niet aangekomen'],
  ['all is well', {}, 'retention', 'well', 'well', 'niets waarvan de bewaartermijn'],
  [
    'data long past its term',
    { retention: { due: ['minutes', 'actions', 'audit'] } },
    ...(['retention', 'unsure', 'due', 'een maand voorbij voor verslagen, acties en het logboek.'] as const),
  ],
  ['all is well', {}, 'webhooks', 'well', 'well', 'Alle berichten zijn aangekomen.'],
  ['no webhook', { webhooks: { ...webhooks, working: 0 } }, 'webhooks', 'well', 'none', 'geen systeem'],
  ['a restored copy', { mail: { ...mail, heldAt: WELL.now } }, 'webhooks', 'unsure', 'held', 'geen berichten'],
  [
    'an event that lies',
    { webhooks: { ...webhooks, waitingSince: '2026-06-02T08:00:00.000Z' } },
    'webhooks',
    'wrong',
    'stuck',
    'Sinds dinsdag 2 juni 2026 om 10:00 uur ligt er',
  ],
  [
    'events that are put off',
    { webhooks: { ...webhooks, deferred: 2 } },
    'webhooks',
    'unsure',
    'deferred',
    'Voor 2 berichten lukt',
  ],
  [
    'an event given up',
    { webhooks: { ...webhooks, failed: 1 } },
    'webhooks',
    'unsure',
    'failed',
    'is 1 bericht niet aangekomen',
  ],
  [
    'a digest that is a minute late',
    { schedule: { ...schedule, missedAt: '2026-06-02T09:59:00.000Z' } },
    ...(['schedule', 'well', 'well', ''] as const),
  ],
  [
    'a digest that nobody planned',
    { schedule: { ...schedule, missedAt: '2026-06-01T06:00:00.000Z' } },
    ...(['schedule', 'wrong', 'missed', 'van maandag 1 juni 2026 om 08:00 uur is niet klaargezet'] as const),
  ],
  ['the first week', { schedule: { ...schedule, last: null } }, 'schedule', 'well', 'nothing-yet', 'Het eerste'],
  ['no back-up', { backup: null }, 'backup', 'wrong', 'never', 'nog geen back-up'],
  [
    'a back-up of the night before last',
    { backup: { kind: 'backup', at: '2026-05-31T21:59:59.000Z', flaw: null } },
    ...(['backup', 'wrong', 'old', 'te lang geleden'] as const),
  ],
  ['never verified', { verify: null }, 'chains', 'unsure', 'never', 'nog niet nagekeken'],
  [
    'verified nine days ago',
    { verify: { kind: 'verify', at: '2026-05-24T10:00:00.000Z', flaw: null } },
    ...(['chains', 'unsure', 'old', 'alles was heel'] as const),
  ],
  [
    'a broken chain, however long ago it was found',
    { verify: { kind: 'verify', at: '2026-05-01T10:00:00.000Z', flaw: 'audit trail: Entry 3 was changed.' } },
    ...(['chains', 'wrong', 'broken', 'er is iets veranderd buiten de dienst om'] as const),
  ],
  ['a full disk', { storage: { ...storage, isRefusing: true } }, 'storage', 'wrong', 'refusing', 'niet bewaard'],
  [
    'no room for a back-up',
    { storage: { isRefusing: false, room: { size: 900e6, free: 1.4e9 } } },
    ...(['storage', 'unsure', 'little-room', 'nog maar 1,4 GB vrij'] as const),
  ],
  ['PostgreSQL', { storage: { isRefusing: false, room: null } }, 'storage', 'well', 'elsewhere', 'PostgreSQL'],
];

describe('how the service stands', () => {
  it.each(CASES)('%s: %j', (_, different, subject, level, reason, words) => {
    const facts = { ...WELL, ...different };
    const found = findingsOf(facts).find((one) => one.subject === subject)!;
    expect(found).toEqual({ subject, level, reason });
    expect(wordsOf(found, facts).text).toContain(words);
  });
});

describe('the same in numbers', () => {
  const process = { residentBytes: 1, heapBytes: 1, cpuSeconds: 1.5, startedAtSeconds: 1, loopLagSeconds: 0.02 };

  it('says each subject as 0, 1 or 2, and leaves out what never happened', () => {
    const text = metricsText({ ...WELL, backup: null }, new RequestCounts(), process);
    expect(text).toContain('wijkagenda_up_state{subject="backup"} 2\n');
    expect(text).toContain('wijkagenda_up_state{subject="mail"} 0\n');
    expect(text).not.toContain('backup_last');
    expect(text).toContain(`wijkagenda_verify_last_timestamp_seconds ${Date.parse(WELL.verify!.at) / 1000}\n`);
  });

  it('counts responses by route and status, and how long they took in buckets that add up', () => {
    const requests = new RequestCounts();
    for (const ms of [4, 40, 20_000]) requests.count('GET', '/v1/actions/:id', 200, ms);
    requests.count('GET', '/mijn-acties', 303, 1);
    const text = metricsText(WELL, requests, process);
    expect(text).toContain('wijkagenda_http_requests_total{method="GET",route="/v1/actions/:id",status="200"} 3\n');
    const name = 'wijkagenda_http_request_duration_seconds';
    const lines = ['_bucket{surface="api",le="0.005"} 1', '_bucket{surface="api",le="10"} 2'];
    for (const line of [...lines, '_bucket{surface="api",le="+Inf"} 3', '_count{surface="page"} 1'])
      expect(text).toContain(`${name}${line}\n`);
  });
});
