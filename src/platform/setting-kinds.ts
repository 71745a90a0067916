import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { isIP } from 'node:net';
import { extname, resolve } from 'node:path';
import { isMailAddress } from './common/input.js';
import { PROJECT_ROOT } from './common/project-root.js';

export interface Setting<T> {
  /** The expected value, as worded in the error message at start. */
  expected: string;
  fallback: T;
  /** The parsed value; undefined when the text is invalid. */
  read: (text: string) => T | undefined;
}

/** A setting whose text is its value, if it is valid. */
export const checked = (expected: string, isValid: (text: string) => boolean, fallback = ''): Setting<string> => ({
  expected,
  fallback,
  read: (text) => (isValid(text) ? text : undefined),
});

export const pattern = (expected: string, form: RegExp, fallback = ''): Setting<string> =>
  checked(expected, (text) => form.test(text), fallback);

export const oneOf = (words: readonly string[], fallback = words[0]): Setting<string> =>
  checked(`${words.slice(0, -1).join(', ')} or ${words.at(-1)}`, (text) => words.includes(text), fallback);

export const whole = (minimum: number, maximum: number, fallback: number): Setting<number> => ({
  expected: `a whole number from ${minimum} to ${maximum}`,
  fallback,
  read: (text) => (/^\d{1,9}$/.test(text) && +text >= minimum && +text <= maximum ? +text : undefined),
});

export const url = (...schemes: string[]): Setting<string> =>
  checked(
    `a URL that begins with ${schemes.map((scheme) => `${scheme}//`).join(' or ')}`,
    (text) => URL.canParse(text) && schemes.includes(new URL(text).protocol),
  );

/** A URL whose traffic cannot be intercepted: it uses https or stays on this machine. */
export const safeUrl = (what: string): Setting<string> =>
  checked(`the https:// URL of ${what} (http:// only on this machine)`, (text) => {
    if (!URL.canParse(text)) return false;
    const { protocol, hostname } = new URL(text);
    return protocol === 'https:' || (protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(hostname));
  });

export const mailAddress = (what: string, longest: number, fallback = ''): Setting<string> =>
  checked(what, (text) => isMailAddress(text) && text.length <= longest, fallback);

/** The origin under which people reach the service: with a path behind it, links would lack that. */
export const ownOrigin = (): Setting<string> => ({
  expected: 'a URL that begins with http:// or https://, without a path',
  fallback: '',
  read: (text) => {
    if (!URL.canParse(text)) return undefined;
    const { protocol, origin, href } = new URL(text);
    return ['http:', 'https:'].includes(protocol) && href === `${origin}/` ? origin : undefined;
  },
});

/** Parts separated by commas, perhaps with a space behind them, of which each must pass. */
export const list = (expected: string, isPart: (part: string) => boolean, fallback = ''): Setting<string> => ({
  expected,
  fallback,
  read: (text) => {
    const parts = text.split(',').map((part) => part.trim());
    return parts.every(isPart) ? parts.join(',') : undefined;
  },
});

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

/** A file that exists; its value is the absolute path. */
export const existing = (expected: string, isOne = (_file: string): boolean => true): Setting<string> => ({
  expected,
  fallback: '',
  read: (text) => {
    const file = resolve(PROJECT_ROOT, text);
    return isReadable(file) && isOne(file) ? file : undefined;
  },
});

/** A file that is created if it does not exist. A folder is refused, because the mode of the file would be set on it. */
export const fileToWrite = (expected: string, fallback: string): Setting<string> =>
  checked(expected, (text) => !isFolder(resolve(PROJECT_ROOT, text)), fallback);
const isFolder = (path: string): boolean => existsSync(path) && statSync(path).isDirectory();

const MOST_OF_PICTURE = 100 * 1024;
/** An image of this municipality, read once at start. */
export const picture = (...endings: string[]): Setting<string> =>
  existing(
    `the path of a readable file of at most 100 KiB that ends in ${endings.join(' or ')}`,
    (file) => endings.includes(extname(file).toLowerCase()) && statSync(file).size <= MOST_OF_PICTURE,
  );

/** Where references of one kind can be opened: `Z-* https://zaken.gemeente.example/{reference}`. */
export const numberLink = (): Setting<string> =>
  checked(
    'a pattern of the number, in which * is any text, and a URL with {reference} behind its host, such as Z-* https://zaken.gemeente.example/{reference}',
    (text) => {
      const [, link] = /^[^\s{}]{1,60} (https?:\/\/[^\s{}/]+\/[^\s{}]*\{reference\}[^\s{}]*)$/.exec(text) ?? [];
      return link !== undefined && URL.canParse(link);
    },
  );
