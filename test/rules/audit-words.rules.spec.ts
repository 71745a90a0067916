import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { OBJECT_WORDS, operationWords } from '../../src/administration/pages/audit.words.js';
import { AUDIT_OPERATIONS } from '../../src/actions/changes/planned-changes.rules.js';

const SRC = join(process.cwd(), 'src');
const FILES = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.ts'));
/** Every operation written literally in a call that records one. */
const OPERATIONS = FILES.flatMap((path) =>
  [...readFileSync(join(SRC, path), 'utf8').matchAll(/record(?:All|Refusal)?\([^;]*?'([a-z_-]+\.[a-z_-]+)'/g)].map(
    ([, name]) => name,
  ),
);

describe('the audit trail in words', () => {
  it('has words for everything that is recorded', () => {
    const names = new Set([...OPERATIONS, ...Object.values(AUDIT_OPERATIONS)]);
    expect(names.size).toBeGreaterThan(80);
    expect([...names].filter((name) => operationWords(name) === name)).toEqual([]);
  });

  it('says what happened to what', () => {
    expect(operationWords('person.changed')).toBe('persoon gewijzigd');
    expect(operationWords('web_session.started')).toBe('aangemeld');
    expect(operationWords('something.else')).toBe('something.else');
    expect(OBJECT_WORDS.minutes).toBe('verslag');
  });
});
