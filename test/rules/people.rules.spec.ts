import { describe, expect, it } from '@jest/globals';
import {
  violationsInReplacement,
  mayAddMember,
  mayChangeMembership,
  mayChangePerson,
  type Standing,
} from '../../src/directory/people/people.rules.js';

const STRANGER: Standing = {
  isSelf: false,
  isOfOwnAreas: false,
  isOfOwnOrganisations: false,
  isOfOthers: false,
  holdsGrant: false,
};

describe('who may change a person without being an administrator', () => {
  it.each<[string, Partial<Standing>, boolean, boolean, boolean]>([
    ['a stranger', {}, false, false, false],
    ['a person of the own areas', { isOfOwnAreas: true }, true, true, true],
    ['a colleague', { isOfOwnOrganisations: true }, true, true, true],
    ['a colleague who is elsewhere too', { isOfOwnOrganisations: true, isOfOthers: true }, true, false, false],
    ['oneself', { isSelf: true }, true, true, true],
    ['oneself with a grant', { isSelf: true, holdsGrant: true }, true, true, false],
    ['a person of the own areas with a grant', { isOfOwnAreas: true, holdsGrant: true }, false, false, false],
    ['a colleague with a grant', { isOfOwnOrganisations: true, holdsGrant: true }, false, false, false],
  ])('%s: the name, who gets the mail too, the account: %#', (_, standing, name, mail, account) => {
    const person = { ...STRANGER, ...standing };
    expect(mayChangePerson(person, ['name'])).toBe(name);
    for (const field of ['replacementId', 'replacementUntilOn'])
      expect(mayChangePerson(person, ['name', field])).toBe(mail);
    expect(mayChangePerson(person, ['name', 'email'])).toBe(account);
    expect(mayChangePerson(person, ['active'])).toBe(account);
  });
});

describe('who may add and end memberships without being an administrator', () => {
  it.each([
    ['a chair', false, true, false, true],
    ['a partner of that organisation', false, false, true, true],
    ['a partner of another', false, false, false, false],
    ['a chair, to who holds a grant', true, true, true, false],
  ])('%s may add: %#', (_, holdsGrant, isChair, isOfOrganisation, expected) => {
    expect(mayAddMember({ holdsGrant }, { isChair, isOfOrganisation })).toBe(expected);
  });

  it.each([
    ['of the own organisation', {}, true, true],
    ['of another, of a stranger', {}, false, false],
    ['of a person of the own areas', { isOfOwnAreas: true }, false, true],
    ['of who holds a grant', { isOfOwnAreas: true, holdsGrant: true }, true, false],
  ])('one %s may be ended: %#', (_, standing, isOfOrganisation, expected) => {
    expect(mayChangeMembership({ ...STRANGER, ...standing }, isOfOrganisation)).toBe(expected);
  });
});

describe('a replacement', () => {
  it.each<[string | null, string | null, string[]]>([
    [null, null, []],
    ['ander', '2026-06-02', []],
    ['ander', '2026-06-01', ['replacementUntilOn']],
    ['ander', null, ['replacementUntilOn']],
    [null, '2026-07-01', ['replacementId']],
    ['zelf', '2026-07-01', ['replacementId']],
  ])('%s until %s lacks %j', (replacementId, replacementUntilOn, fields) => {
    const gaps = violationsInReplacement({ id: 'zelf', replacementId, replacementUntilOn }, '2026-06-02');
    expect(gaps.map(({ field }) => field)).toEqual(fields);
  });
});
