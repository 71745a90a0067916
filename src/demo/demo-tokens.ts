import type { INestApplicationContext } from '@nestjs/common';
import { Tokens } from '../auth/tokens.service.js';
import type { Seeded } from './municipality.seed.js';

export const DEMO_ROLES = ['admin', 'chair', 'partner', 'reader'] as const;
export type DemoTokens = Record<(typeof DEMO_ROLES)[number], string>;

/** An API token for one person of each role, valid for a year. */
export async function issueDemoTokens(app: INestApplicationContext, { people }: Seeded): Promise<DemoTokens> {
  const tokens = app.get(Tokens, { strict: false });
  const issued: [string, string][] = [];
  for (const role of DEMO_ROLES) {
    const by = { personId: null, how: 'command' } as const;
    issued.push([role, (await tokens.issue(people[role], 'demo', 365, by)).token]);
  }
  return Object.fromEntries(issued) as DemoTokens;
}
