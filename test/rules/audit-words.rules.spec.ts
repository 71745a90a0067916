import { describe, expect, it } from '@jest/globals';
import { OBJECT_WORDS, OPERATION_OPTIONS, operationWords } from '../../src/administration/pages/audit.words.js';
import { AUDIT_OPERATIONS } from '../../src/platform/audit/operations.js';

describe('the audit trail in words', () => {
  it('has Dutch words for everything that can be recorded, no two with the same', () => {
    expect(AUDIT_OPERATIONS.length).toBeGreaterThan(150);
    expect(AUDIT_OPERATIONS.filter((name) => operationWords(name) === name)).toEqual([]);
    const words = AUDIT_OPERATIONS.map(operationWords);
    expect(words.filter((one, at) => words.indexOf(one) !== at)).toEqual([]);
  });

  it('offers each of them to search for, in the order of the words', () => {
    expect(OPERATION_OPTIONS[0]).toEqual({ value: '', label: 'alles' });
    expect(
      OPERATION_OPTIONS.map(({ value }) => value)
        .slice(1)
        .sort(),
    ).toEqual([...AUDIT_OPERATIONS].sort());
    expect(OPERATION_OPTIONS.slice(1, 3).map(({ label }) => label)).toEqual(['aangemeld', 'aanmelding geweigerd']);
  });

  it('says what happened to what', () => {
    expect(operationWords('person.changed')).toBe('persoon gewijzigd');
    expect(operationWords('web_session.started')).toBe('aangemeld');
    expect(operationWords('something.else')).toBe('something.else');
    expect(OBJECT_WORDS.minutes).toBe('verslag');
  });
});
