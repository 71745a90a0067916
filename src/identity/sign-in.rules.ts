import { createHmac, randomInt } from 'node:crypto';
import type { SignedInBy } from './web-session.entity.js';

export const MINUTES_VALID = 10;
/** The number of wrong codes after which a request is void. */
export const MOST_WRONG_CODES = 5;
/**
 * The number of unused mails to one person within five minutes after which further requests, from anyone, send nothing.
 * The links of those mails still work for at least five minutes, so nobody can be locked out.
 */
export const MOST_MAILS = 3;
export const MAILS_COUNT_MINUTES = 5;

const OWN_PATH = /^\/(?![/\\])[A-Za-z0-9\-._~!$&'()*+,;=:@/?%]{0,499}$/;
const LONGEST_PATH = 500;
const NOT_AFTERWARDS = /^\/(aanmelden|afmelden)(\/|\?|$)/;

/** The path to go to after signing in: one of our own pages, never another site; otherwise the start page. */
export function ownPath(wanted: unknown): string {
  if (typeof wanted !== 'string' || !OWN_PATH.test(wanted) || NOT_AFTERWARDS.test(wanted)) return '/';
  // Resolved as a browser does: dots and double slashes removed, and the host still ours.
  const url = new URL(wanted, 'http://own.invalid');
  const path = url.pathname + url.search;
  // Escaped characters can make it longer than what was requested.
  return url.host === 'own.invalid' && !path.startsWith('//') && path.length <= LONGEST_PATH ? path : '/';
}

/**
 * Whether the session needs a passkey before its person may do anything: someone with one of the required roles
 * (comma-separated) who signed in by mail. The municipality's identity provider has its own rules.
 */
export const needsPasskey = (roles: ReadonlySet<string>, signedInBy: SignedInBy, requiredFor: string): boolean =>
  signedInBy !== 'passkey' && signedInBy !== 'oidc' && requiredFor.split(',').some((role) => roles.has(role));

/** Six random digits, uniformly distributed. */
export const newCode = (): string => String(randomInt(1_000_000)).padStart(6, '0');

/** The stored form of a code: six digits can be brute-forced, so the hash is keyed. */
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

/** "Firefox op Windows": enough for people to recognise their own browsers. */
export function browserOf(userAgent: string | undefined): string {
  const found = (list: [RegExp, string][]) => list.find(([form]) => form.test(userAgent ?? ''))?.[1];
  const machine = found(MACHINES);
  return `${found(BROWSERS) ?? 'Onbekende browser'}${machine ? ` op ${machine}` : ''}`;
}
