import { isIPv6 } from 'node:net';
import { READING_PAGES } from '../common/form-files.js';

/** A rate limit: how often within how many seconds, per network address and per person. */
interface Limit {
  seconds: number;
  address?: number;
  person?: number;
}

/** The limits per address are generous, since a whole town hall can share one address. */
export const LIMITS = {
  /** Requesting a sign-in mail; `person` is one e-mail address asked from one network address. */
  'sign-in': { seconds: 600, address: 100, person: 10 },
  /** Trying a code or a passkey, and the round trip to the municipality's identity provider. */
  'sign-in-attempt': { seconds: 600, address: 100 },
  /** Opening and answering links in mails, also those to sign in. */
  link: { seconds: 60, address: 600 },
  /** Requests with an invalid token. */
  refused: { seconds: 60, address: 60 },
  write: { seconds: 60, address: 1200, person: 240 },
  /** Responses as PDF, spreadsheet or document. */
  export: { seconds: 60, person: 30 },
  import: { seconds: 600, person: 20 },
  token: { seconds: 3600, person: 20 },
} as const satisfies Record<string, Limit>;
export type LimitName = keyof typeof LIMITS;

const LINK = /^\/(antwoord|besluit|aanwezigheid|waardering|jaarevaluatie-concept|agenda)\//;
const SIGN_IN_LINK = '/aanmelden/:token';
const ATTEMPT = /^\/aanmelden\/(?!:token)/;
const EXPORT = /text\/csv|application\/(pdf|vnd\.openxmlformats)/i;
/** The routes that read files: in the API and on pages. */
const IMPORTS: ReadonlySet<string> = new Set(['/v1/action-imports', '/v1/register-imports', ...READING_PAGES]);
/** The routes that create tokens. */
const TOKENS: ReadonlySet<string> = new Set(['/v1/tokens', '/v1/clients/:id/tokens', '/v1/token-rotations']);
const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/** The limits a request counts towards. */
export function limitsOf(request: { method: string; route: string; accept: string }): LimitName[] {
  const { method, route, accept } = request;
  const found: LimitName[] = [];
  const isSafe = SAFE.has(method);
  if (route === '/aanmelden' && !isSafe) found.push('sign-in');
  if (ATTEMPT.test(route) && (!isSafe || route.startsWith('/aanmelden/openid'))) found.push('sign-in-attempt');
  if (LINK.test(route) || (route === SIGN_IN_LINK && !isSafe)) found.push('link');
  else if (!isSafe) found.push('write');
  if (isSafe && EXPORT.test(accept)) found.push('export');
  if (IMPORTS.has(route) && !isSafe) found.push('import');
  if (TOKENS.has(route) && method === 'POST') found.push('token');
  return found;
}

/** The network that counts as one address: a single connection is assigned a whole IPv6 /64, so that counts as one. */
export function askerAt(address: string): string {
  if (!isIPv6(address) || address.includes('.')) return address;
  const [before, after = ''] = address.split('%')[0].toLowerCase().split('::');
  const groups = (text: string) => (text === '' ? [] : text.split(':'));
  const missing = Math.max(0, 8 - groups(before).length - groups(after).length);
  const all = [...groups(before), ...Array.from({ length: missing }, () => '0'), ...groups(after)];
  return all
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':');
}
