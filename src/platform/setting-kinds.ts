import { DateTime } from 'luxon';
import { accessSync, constants, statSync } from 'node:fs';
import { isIP } from 'node:net';
import { extname, resolve } from 'node:path';
import { PROJECT_ROOT } from './common/project-root.js';

export interface Setting<T> {
  /** The expected value, as worded in the error message at start. */
  expected: string;
  fallback: T;
  /** The parsed value; undefined when the text is invalid. */
  read: (text: string) => T | undefined;
}

export const whole = (minimum: number, maximum: number, fallback: number): Setting<number> => ({
  expected: `a whole number from ${minimum} to ${maximum}`,
  fallback,
  read: (text) => (/^\d{1,9}$/.test(text) && +text >= minimum && +text <= maximum ? +text : undefined),
});
export const pattern = (expected: string, form: RegExp, fallback: string): Setting<string> => ({
  expected,
  fallback,
  read: (text) => (form.test(text) ? text : undefined),
});
export const begins = (schemes: string[]): string =>
  `a URL that begins with ${schemes.map((scheme) => `${scheme}//`).join(' or ')}`;
export const url = (schemes: string[], fallback: string): Setting<string> => ({
  expected: begins(schemes),
  fallback,
  read: (text) => (URL.canParse(text) && schemes.includes(new URL(text).protocol) ? text : undefined),
});
/** Parts separated by commas, perhaps with a space behind them, of which each must pass. */
export const list = (expected: string, fallback: string, isPart: (part: string) => boolean): Setting<string> => ({
  expected,
  fallback,
  read: (text) => {
    const parts = text.split(',').map((part) => part.trim());
    return parts.every(isPart) ? parts.join(',') : undefined;
  },
});

const MOST_OF_PICTURE = 100 * 1024;
/** An image of this municipality, read once at start. */
export const picture = (...endings: string[]): Setting<string> => ({
  expected: `the path of a readable file of at most 100 KiB that ends in ${endings.join(' or ')}`,
  fallback: '',
  read: (text) => {
    const file = resolve(PROJECT_ROOT, text);
    const isOne = endings.includes(extname(file).toLowerCase()) && isReadable(file);
    return isOne && statSync(file).size <= MOST_OF_PICTURE ? file : undefined;
  },
});

/** Whether traffic to this URL cannot be intercepted: it uses https or stays on this machine. */
export const isSafeOrHere = (text: string): boolean => {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname } = new URL(text);
  return protocol === 'https:' || (protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(hostname));
};

/** Where references of one kind can be opened: `Z-* https://zaken.gemeente.example/{reference}`. */
export const numberLink = (): Setting<string> => ({
  expected:
    'a pattern of the number, in which * is any text, and a URL with {reference} behind its host, such as Z-* https://zaken.gemeente.example/{reference}',
  fallback: '',
  read: (text) => {
    const [, url] = /^[^\s{}]{1,60} (https?:\/\/[^\s{}/]+\/[^\s{}]*\{reference\}[^\s{}]*)$/.exec(text) ?? [];
    return url && URL.canParse(url) ? text : undefined;
  },
});

export const isWeek = (text: string): boolean => /^\d{4}-W\d{2}$/.test(text) && DateTime.fromISO(text).isValid;

/** An address or a network, or one of the names that Fastify has for several networks. */
export const isProxy = (text: string): boolean => {
  const [address, bits = '1', ...rest] = text.split('/');
  if (['loopback', 'linklocal', 'uniquelocal'].includes(text)) return true;
  return rest.length === 0 && /^[1-9]\d{0,2}$/.test(bits) && +bits <= ({ 4: 32, 6: 128 }[isIP(address)] ?? -1);
};

export function isReadable(path: string): boolean {
  try {
    accessSync(path, constants.R_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
