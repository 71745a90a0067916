import { expect } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/** The current run: `test:fast`, `npm test` (normal, or ci) or `test:all`; a spec run by itself runs all its tests. */
export const RUN = (process.env.TESTS ?? 'all') as 'fast' | 'normal' | 'ci' | 'all';

const TEST = join(process.cwd(), 'test');
const TIERS = JSON.parse(readFileSync(join(TEST, 'tiers.json'), 'utf8')) as Record<string, string[]>;

/** Whether the tests of the present file also run on PostgreSQL; in CI those that `npm test` leaves out do. */
export function isOnPostgres(): boolean {
  const name = relative(TEST, expect.getState().testPath!).replace('.spec.ts', '');
  const isOf = (tier: string) => TIERS[tier].includes(name);
  if (RUN === 'ci' && isOf('only in test:all')) return true;
  return RUN === 'all' || (RUN !== 'fast' && isOf('on PostgreSQL in npm test'));
}
