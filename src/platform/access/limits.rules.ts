/** How often something may be done in how many seconds, by one address and by one person. */
interface Limit {
  seconds: number;
  address?: number;
  person?: number;
}

/** A whole town hall can stand behind one address, so what an address may do is generous. */
export const LIMITS = {
  /** Asking for a sign-in mail, trying a code, and going to the provider of the municipality and back. */
  'sign-in': { seconds: 600, address: 100, person: 10 },
  /** Opening and answering the links in mails. */
  link: { seconds: 60, address: 600 },
  /** Calls with a token that is none. */
  refused: { seconds: 60, address: 60 },
  write: { seconds: 60, address: 1200, person: 240 },
  /** Answers as PDF, table or document. */
  export: { seconds: 60, person: 30 },
  import: { seconds: 600, person: 20 },
  token: { seconds: 3600, person: 20 },
} as const satisfies Record<string, Limit>;
export type LimitName = keyof typeof LIMITS;

const LINK = /^\/(antwoord|besluit|aanwezigheid|waardering|jaarevaluatie-concept|agenda)\//;
const EXPORT = /text\/csv|application\/(pdf|vnd\.openxmlformats)/i;
/** Where files are read in: by the API and on pages. */
const IMPORTS: ReadonlySet<string> = new Set([
  '/v1/action-imports',
  '/v1/register-imports',
  '/gebieden/:id/acties/invoeren',
  '/beheer/vullen/:register',
]);
const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Which limits a request counts for. */
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
