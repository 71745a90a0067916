import { describe, expect, it } from '@jest/globals';
import { schoolHolidayOn } from '../../src/platform/holidays/school-holidays.rules.js';
import { likelyKind, newPeopleIn } from '../../src/sessions/inviting/new-people.rules.js';
import { placeIn, placeValue } from '../../src/sessions/inviting/places.rules.js';

const agent = { name: 'wijkagent Boskoop', organisation: 'Politie', email: 'agent@politie.example' };

describe('a line with a new person', () => {
  it.each([
    ['wijkagent Boskoop, Politie, agent@politie.example'],
    ['wijkagent Boskoop;Politie;Agent@Politie.example'],
    ['wijkagent Boskoop\tPolitie\tagent@politie.example'],
    ['agent@politie.example, wijkagent Boskoop, Politie'],
    ['wijkagent Boskoop <agent@politie.example> Politie'],
  ])('reads %s', (line) => {
    expect(newPeopleIn(`${line}\n\n`)).toEqual({ people: [agent], unread: [] });
  });

  it.each([
    ['wijkagent, Politie', 'wijkagent', 'Politie', ''],
    ['a, b, c@d@e', 'a', 'b', 'c@d@e'],
    ['x, y, geen adres', 'x', 'y, geen adres', ''],
  ])('leaves the address of %s to be asked for', (line, name, organisation, email) =>
    expect(newPeopleIn(line)).toEqual({ people: [{ name, organisation, email }], unread: [] }),
  );

  it.each([['wijkagent'], ['wijkagent, agent@politie.example'], ['agent@politie.example']])(
    'does not guess at %s',
    (line) => expect(newPeopleIn(line)).toEqual({ people: [], unread: [line] }),
  );

  it('proposes a kind for a new organisation', () => {
    const kinds = {
      ...{ 'Politie Hollands Midden': 'police', Woonforte: 'housing', Dorpsraad: 'residents', Iets: 'other' },
      ...{ 'Sociaal Wijkteam': 'welfare', 'Beheer Openbare Ruimte': 'municipality', Zangvereniging: 'volunteers' },
      Ondernemersvereniging: 'business',
    };
    expect(Object.keys(kinds).map(likelyKind)).toEqual(Object.values(kinds));
  });
});

describe('a ticked place', () => {
  const id = '0190a5c2-7a01-7000-8000-000000000001';
  it('is read as it was written', () => {
    const place = { organisationId: id, personId: null, role: 'informed' as const };
    expect(placeIn(placeValue(place))).toEqual(place);
    for (const wrong of ['', '..participant', `${id}..king`, 'x.y.chair']) expect(placeIn(wrong)).toBeUndefined();
  });
});

describe('school holidays', () => {
  it.each([
    ['2026-10-12', 'noord', 'herfstvakantie'],
    ['2026-10-12', 'midden', null],
    ['2028-07-08', 'midden', 'zomervakantie'],
    ['2028-07-08', 'zuid', null],
    ['2027-12-25', 'zuid', 'kerstvakantie'],
    ['2035-01-01', 'midden', null],
  ] as const)('on %s in %s: %s', (day, region, holiday) => expect(schoolHolidayOn(day, region)).toBe(holiday));
});
