import { expect, it } from '@jest/globals';
import { redact } from '../../src/administration/redaction/removals.rules.js';
import { referenceUrl } from '../../src/platform/rendering/reference-links.rules.js';
import type { ConfidentialContent } from '../../src/minutes/minutes-content.js';

const LINKS = {
  ZAAK_LINK: 'Z-*-* https://zaken.example/zaak/{reference}',
  MELDING_LINK: 'M* https://meldingen.example/?nummer={reference}',
};

it.each([
  ['Z-2026-123', 'https://zaken.example/zaak/Z-2026-123'],
  ['z-2026-123', 'https://zaken.example/zaak/z-2026-123'],
  ['M2026/1187 &x', 'https://meldingen.example/?nummer=M2026%2F1187%20%26x'],
  ['Z-2026', null],
  ['zaak Z-2026-1', null],
  ['', null],
  [null, null],
])('opens %j at %j', (reference, url) => {
  expect(referenceUrl(reference, LINKS)).toBe(url);
});

it('opens nothing of a kind that has no address', () => {
  expect(referenceUrl('Z-2026-123', { ...LINKS, ZAAK_LINK: '' })).toBeNull();
});

it('compares with a pattern in no time, however long both are', () => {
  const slow = { ...LINKS, ZAAK_LINK: `${'*a'.repeat(30)}b https://zaken.example/{reference}` };
  const before = process.cpuUsage();
  expect(referenceUrl('a'.repeat(100), slow)).toBeNull();
  expect(process.cpuUsage(before).user / 1000).toBeLessThan(500);
});

it('is redacted with the words of the item it stands under', () => {
  const deadline = { kind: 'date' as const, dueOn: '2026-07-03', postponements: 0 };
  const action = {
    number: 'BOS-1',
    title: 'Melden',
    itemNumber: '3',
    owner: null,
    ownerPerson: null,
    coOwners: [],
    deadline,
  };
  const content = { items: [], discussed: [], reportedDone: [], actions: [{ ...action, reference: 'Z-2026-123' }] };
  expect(redact(content as unknown as ConfidentialContent, 'BOS-1', '2026')).toBe(1);
  expect(content.actions[0].reference).toBe('Z-(weggelakt)-123');
});
