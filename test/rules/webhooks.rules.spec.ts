import { expect, it } from '@jest/globals';
import { createHmac } from 'node:crypto';
import { isAllowedTarget, isPublicAddress } from '../../src/integrations/addresses.rules.js';
import {
  type Answer,
  cloudEventOf,
  outcomeOf,
  pauseAfter,
  secretOf,
  signatureOf,
  signingNumbers,
} from '../../src/integrations/webhooks.rules.js';

it.each([
  ...[
    '127.0.0.1',
    '127.9.9.9',
    '0.0.0.0',
    '10.1.2.3',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '169.254.169.254',
  ],
  ...['100.64.0.1', '192.0.2.1', '198.18.0.1', '224.0.0.1', '255.255.255.255', '::', '::1', '::ffff:127.0.0.1'],
  ...['::ffff:10.0.0.1', '::7f00:1', '64:ff9b::7f00:1', 'fe80::1', 'fe80::1%eth0', 'fc00::1', 'fd12::1', 'ff02::1'],
  ...['2002:7f00:1::', '2001:db8::1', 'localhost', ''],
])('does not take %s for an address on the public internet', (address) => {
  expect(isPublicAddress(address)).toBe(false);
});

it.each(['93.184.216.34', '8.8.8.8', '172.32.0.1', '2a00:1450:4001::200e', '::ffff:8.8.8.8'])(
  'takes %s for one',
  (address) => {
    expect(isPublicAddress(address)).toBe(true);
  },
);

it.each([
  ['https://zaaksysteem.example/meldingen', true],
  ['https://zaaksysteem.example:8443/', true],
  ['http://zaaksysteem.example/', false],
  ['https://beheer:geheim@zaaksysteem.example/', false],
  ['https://zaaksysteem.example/#deel', false],
  ['https://127.0.0.1/', false],
  ['https://2130706433/', false],
  ['https://0x7f.1/', false],
  ['https://[::1]/', false],
  ['https://[::ffff:10.0.0.1]/', false],
  ['file:///etc/passwd', false],
  ['geen adres', false],
])('allows %s as a target: %s', (url, isAllowed) => {
  expect(isAllowedTarget(url, false)).toBe(isAllowed);
});

it('allows private addresses and http if the setting does, still without credentials', () => {
  expect(isAllowedTarget('http://127.0.0.1:8080/', true)).toBe(true);
  expect(isAllowedTarget('http://a:b@127.0.0.1/', true)).toBe(false);
  expect(isAllowedTarget('ftp://127.0.0.1/', true)).toBe(false);
});

it('signs as Standard Webhooks does, with both secrets for a day after a rotation', () => {
  const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
  const key = Buffer.from('MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 'base64');
  const expected = createHmac('sha256', key).update('msg_1.1614265330.{"test": 2432232314}').digest('base64');
  // The example from the specification.
  const example = 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=';
  const signed = signatureOf('msg_p5jXN8AQM9LWM0D4loKWxJek', 1614265330, '{"test": 2432232314}', [secret]);
  expect(signed).toBe(example);
  expect(signatureOf('msg_1', 1614265330, '{"test": 2432232314}', [secret, secret])).toBe(
    `v1,${expected} v1,${expected}`,
  );
  const replaced = '2026-06-02T08:00:00.000Z';
  expect(signingNumbers(2, replaced, new Date('2026-06-03T07:59:00Z'))).toEqual([2, 1]);
  expect(signingNumbers(2, replaced, new Date('2026-06-03T08:00:00Z'))).toEqual([2]);
  expect(signingNumbers(1, null, new Date())).toEqual([1]);
  expect(secretOf('k', 'a', 1)).not.toBe(secretOf('k', 'a', 2));
  expect(Buffer.from(secretOf('k', 'a', 1).slice(6), 'base64')).toHaveLength(32);
});

it('waits longer after each attempt, six hours at most', () => {
  expect([1, 2, 3, 4, 5, 9].map(pauseAfter)).toEqual([1, 5, 30, 120, 360, 360]);
});

const NOW = new Date('2026-06-02T10:00:00.000Z');
it.each<[string, Answer, number, string, string, string]>([
  ['delivers with a 200', { status: 200, reason: null }, 1, '2026-06-05', 'delivered', '2026-06-02T10:01:00.000Z'],
  ['delivers with any 2xx', { status: 299, reason: null }, 1, '2026-06-05', 'delivered', '2026-06-02T10:01:00.000Z'],
  [
    'does not take a 300 for one',
    { status: 300, reason: null },
    1,
    '2026-06-05',
    'deferred',
    '2026-06-02T10:01:00.000Z',
  ],
  [
    'tries once more at the very end',
    { status: 500, reason: null },
    1,
    '2026-06-02T10:01:00.000Z',
    'deferred',
    '2026-06-02T10:01:00.000Z',
  ],
  ['retries after a 5xx', { status: 500, reason: null }, 2, '2026-06-05', 'deferred', '2026-06-02T10:05:00.000Z'],
  ['retries without an answer', { status: null, reason: 'x' }, 1, '2026-06-05', 'deferred', '2026-06-02T10:01:00.000Z'],
  ['gives up at once on 410', { status: 410, reason: null }, 1, '2026-06-05', 'dead', '2026-06-02T10:01:00.000Z'],
  [
    'gives up when the next attempt is too late',
    { status: 500, reason: null },
    5,
    '2026-06-02T15',
    'dead',
    '2026-06-02T16',
  ],
  [
    'waits as long as it is asked to',
    { status: 429, reason: null, retryAfter: 600 },
    1,
    '2026-06-05',
    'deferred',
    '2026-06-02T10:10',
  ],
  [
    'waits its own pause if that is longer',
    { status: 503, reason: null, retryAfter: 5 },
    2,
    '2026-06-05',
    'deferred',
    '2026-06-02T10:05',
  ],
  [
    'gives up on who asks for a year',
    { status: 503, reason: null, retryAfter: 4e9 },
    1,
    '2026-06-05',
    'dead',
    '2026-06-05T10:00',
  ],
])('%s', (_, answer, attempts, expiresAt, state, next) => {
  const outcome = outcomeOf(answer, { attempts, expiresAt }, NOW);
  expect(outcome).toEqual({ state, nextAttemptAt: expect.stringContaining(next) });
});

it('names the municipality by its OIN, and the service by its address without one', () => {
  const event = { id: 'e', kind: 'minutes.sent' as const, areaId: 'a', subjectId: 'm', at: '2026-06-02T08:00:00.000Z' };
  const data = { sessionId: 's', version: 1 };
  const told = { PUBLIC_URL: 'https://wijkagenda.example', OIN: '00000001823288444000' };
  expect(cloudEventOf({ ...event, data }, told)).toEqual({
    ...{ specversion: '1.0', id: 'e', source: 'urn:nld:oin:00000001823288444000:systeem:wijkagenda' },
    ...{ type: 'nl.wijkagenda.minutes.sent', subject: 'm', time: '2026-06-02T08:00:00.000Z' },
    ...{ datacontenttype: 'application/json', dataref: 'https://wijkagenda.example/v1/sessions/s/minutes' },
    data: { areaId: 'a', ...data },
  });
  expect(cloudEventOf({ ...event, data }, { ...told, OIN: '' }).source).toBe('https://wijkagenda.example');
});
