import { describe, expect, it } from '@jest/globals';
import { contactFor, type ContactRow } from '../../src/directory/people/contact-resolver.rules.js';

const contact = (personId: string, areaId: string | null, organisationId = 'politie'): ContactRow => ({
  personId,
  areaId,
  organisationId,
  name: `naam van ${personId}`,
  email: `${personId}@politie.example`,
  isShared: false,
});
const PATH = ['buurt', 'kern', 'team', 'gemeente'];

describe('who answers for an organisation in an area', () => {
  it.each<[string, ContactRow[], string | null]>([
    [
      'its contact for that area',
      [contact('algemeen', null), contact('hier', 'buurt'), contact('boven', 'kern')],
      'hier',
    ],
    [
      'else the one of the nearest area above',
      [contact('verder', 'gemeente'), contact('dichtbij', 'kern')],
      'dichtbij',
    ],
    ['also when that is the whole municipality', [contact('algemeen', null), contact('overal', 'gemeente')], 'overal'],
    ['else its general contact', [contact('elders', 'andere kern'), contact('algemeen', null)], 'algemeen'],
    ['else nobody', [contact('elders', 'andere kern')], null],
    ['nobody when it has no contacts at all', [], null],
    ['never the contact of another organisation', [contact('beheerder', 'buurt', 'habeko')], null],
    ['the newest when two overlap', [contact('nieuw', 'buurt'), contact('oud', 'buurt')], 'nieuw'],
  ])('is %s', (_, contacts, expected) => {
    expect(contactFor(contacts, 'politie', PATH)?.personId ?? null).toBe(expected);
  });

  it('knows only the general contact outside every area', () => {
    const contacts = [contact('hier', 'buurt'), contact('algemeen', null)];
    expect(contactFor(contacts, 'politie', [])?.personId).toBe('algemeen');
  });

  it('gives what a mail needs and says when it is a shared mailbox', () => {
    const shared = { ...contact('meldkamer', 'buurt'), isShared: true };
    expect(contactFor([shared], 'politie', PATH)).toEqual({
      personId: 'meldkamer',
      name: 'naam van meldkamer',
      email: 'meldkamer@politie.example',
      isShared: true,
    });
  });
});
