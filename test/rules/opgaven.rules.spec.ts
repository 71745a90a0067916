import { describe, expect, it } from '@jest/globals';
import { confirmationAfter, departmentViolations } from '../../src/goals/opgaven/opgaven.rules.js';

const of = (...leads: boolean[]) => leads.map((isLead, n) => ({ organisationId: `d${n}`, isLead }));

describe('the departments of an opgave', () => {
  it.each([
    ['two with one lead', of(true, false), 0],
    ['three with one lead', of(false, true, false), 0],
    ['one', of(true), 1],
    ['none', [], 2],
    ['two without a lead', of(false, false), 1],
    ['two leads', of(true, true), 1],
    ['the same twice', [...of(true), { organisationId: 'd0', isLead: false }], 1],
  ])('%s', (_, departments, flaws) => expect(departmentViolations(departments)).toHaveLength(flaws));
});

describe('a confirmation', () => {
  const before = { part: 'Jongerenwerk.', confirmedOn: '2026-01-20', confirmedById: 'p' };
  it('stays while the part stays', () => {
    expect(confirmationAfter(before, 'Jongerenwerk.').confirmedOn).toBe('2026-01-20');
  });
  it('is asked again for another part', () => {
    expect(confirmationAfter(before, 'Jongerenwerk en onderhoud.').confirmedOn).toBeNull();
    expect(confirmationAfter(undefined, 'Onderhoud.').confirmedOn).toBeNull();
  });
});
