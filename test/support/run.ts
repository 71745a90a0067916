import { expect } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/** The current run: `test:fast`, `npm test` (normal) or `test:all`; a spec run by itself runs all its tests. */
export const RUN = (process.env.TESTS ?? 'all') as 'fast' | 'normal' | 'all';

const TEST = join(process.cwd(), 'test');
const TIERS = JSON.parse(readFileSync(join(TEST, 'tiers.json'), 'utf8')) as Record<string, string[]>;

/** Whether the tests of the present file also run on PostgreSQL. */
export function isOnPostgres(): boolean {
  const name = relative(TEST, expect.getState().testPath!).replace('.spec.ts', '');
  return RUN === 'all' || (RUN === 'normal' && TIERS['on PostgreSQL in npm test'].includes(name));
}
