import { createHmac, randomInt } from 'node:crypto';
import type { SignedInBy } from './web-session.entity.js';

export const MINUTES_VALID = 10;
/** After this many wrong codes a request is void. */
export const MOST_WRONG_CODES = 5;
/** So many mails one person gets within ten minutes, however often somebody asks. */
export const MOST_MAILS = 3;

const OWN_PATH = /^\/(?![/\\])[A-Za-z0-9\-._~!$&'()*+,;=:@/?%]{0,499}$/;
const NOT_AFTERWARDS = /^\/(aanmelden|afmelden)(\/|\?|$)/;

/** The path to go to after signing in: one of our own pages, never another site; the start page otherwise. */
export function ownPath(wanted: unknown): string {
  if (typeof wanted !== 'string' || !OWN_PATH.test(wanted) || NOT_AFTERWARDS.test(wanted)) return '/';
  // As a browser reads it: dots and double slashes worked out, the host still ours.
  const url = new URL(wanted, 'http://own.invalid');
  return url.host === 'own.invalid' && !url.pathname.startsWith('//') ? url.pathname + url.search : '/';
}

/**
 * Whether this session has to be strengthened with a passkey before its person may do anything: somebody in one of the
 * roles asked for (a comma between them) who came in by mail. The provider of the municipality has rules of its own.
 */
export const needsPasskey = (roles: ReadonlySet<string>, signedInBy: SignedInBy, requiredFor: string): boolean =>
  signedInBy !== 'passkey' && signedInBy !== 'oidc' && requiredFor.split(',').some((role) => roles.has(role));

/** Six digits, each as likely as another. */
export const newCode = (): string => String(randomInt(1_000_000)).padStart(6, '0');

/** What is stored of a code: six digits can be tried out, so its hash takes the service's key. */
export const codeHashOf = (code: string, requestId: string, key: string): string =>
  createHmac('sha256', key).update(`code ${requestId} ${code}`).digest('hex');

const BROWSERS: [RegExp, string][] = [
  [/\bEdg(?:e|A|iOS)?\//, 'Edge'],
  [/\bFirefox\/|\bFxiOS\//, 'Firefox'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\bChrome\/|\bCriOS\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
];
const MACHINES: [RegExp, string][] = [
  [/\biPhone\b/, 'iPhone'],
  [/\biPad\b/, 'iPad'],
  [/\bAndroid\b/, 'Android'],
  [/\bWindows\b/, 'Windows'],
  [/\bMac OS X\b/, 'Mac'],
  [/\bLinux\b|\bCrOS\b/, 'Linux'],
];

/** "Firefox op Windows": enough to know the own browsers by. */
export function browserOf(userAgent: string | undefined): string {
  const found = (list: [RegExp, string][]) => list.find(([form]) => form.test(userAgent ?? ''))?.[1];
  const machine = found(MACHINES);
  return `${found(BROWSERS) ?? 'Onbekende browser'}${machine ? ` op ${machine}` : ''}`;
}
