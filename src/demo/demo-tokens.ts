import type { INestApplicationContext } from '@nestjs/common';
import { SignIn } from '../identity/sign-in.service.js';
import { Tokens } from '../identity/tokens.service.js';
import type { Seeded } from './seeds/municipality.seed.js';

export const DEMO_ROLES = ['admin', 'chair', 'partner', 'reader'] as const;
/** Those who can also sign in on the pages. */
export const DEMO_VISITORS = [...DEMO_ROLES, 'wethouder', 'raadslid'] as const;
export type DemoTokens = Record<(typeof DEMO_ROLES)[number], string>;
export type DemoSignIns = Record<(typeof DEMO_VISITORS)[number], string>;

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

const A_YEAR_MINUTES = 365 * 24 * 60;

/** A sign-in link for the same people and two more. Unlike those in mails it can be used repeatedly, for trying out the demo. */
export async function issueDemoSignIns(app: INestApplicationContext, { people }: Seeded): Promise<DemoSignIns> {
  const signIn = app.get(SignIn, { strict: false });
  const links: [string, string][] = [];
  for (const role of DEMO_VISITORS) links.push([role, await signIn.issueLink(people[role], A_YEAR_MINUTES)]);
  return Object.fromEntries(links) as DemoSignIns;
}
