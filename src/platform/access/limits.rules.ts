/** A rate limit: how often within how many seconds, per address and per person. */
interface Limit {
  seconds: number;
  address?: number;
  person?: number;
}

/** The limits per address are generous, since a whole town hall can share one address. */
export const LIMITS = {
  /** Requesting a sign-in mail, trying a code, and the round trip to the municipality's identity provider. */
  'sign-in': { seconds: 600, address: 100, person: 10 },
  /** Opening and answering links in mails. */
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
const EXPORT = /text\/csv|application\/(pdf|vnd\.openxmlformats)/i;
/** The routes that read files: in the API and on pages. */
const IMPORTS: ReadonlySet<string> = new Set([
  '/v1/action-imports',
  '/v1/register-imports',
  '/gebieden/:id/acties/invoeren',
  '/beheer/vullen/:register',
]);
const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/** The limits a request counts towards. */
export function limitsOf(request: { method: string; route: string; accept: string }): LimitName[] {
  const { method, route, accept } = request;
  const found: LimitName[] = [];
  const isSafe = SAFE.has(method);
  if (route.startsWith('/aanmelden') && (!isSafe || route.startsWith('/aanmelden/openid'))) found.push('sign-in');
  if (LINK.test(route)) found.push('link');
  else if (!isSafe) found.push('write');
  if (isSafe && EXPORT.test(accept)) found.push('export');
  if (IMPORTS.has(route) && !isSafe) found.push('import');
  if (route === '/v1/tokens' && method === 'POST') found.push('token');
  return found;
}
