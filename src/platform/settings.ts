import { DateTime } from 'luxon';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { GRANTED_ROLES } from './access/permissions.js';
import { isWeek } from './common/calendar-date.js';
import { LOCAL_TIME } from './common/input.js';
import { PROJECT_ROOT } from './common/project-root.js';
import { filesBeside, isWritableFolder, keyBeside } from './data-folder.js';
import {
  checked,
  existing,
  fileToWrite,
  isProxy,
  isReadable,
  list,
  mailAddress,
  numberLink,
  oneOf,
  ownOrigin,
  pattern,
  picture,
  safeUrl,
  type Setting,
  url,
  whole,
} from './setting-kinds.js';

/** The roles of people who sign in that can be told to use a passkey. */
const SIGNED_IN_ROLES: readonly string[] = [...GRANTED_ROLES, 'partner', 'person'];

/** Every environment variable: name, expected value, default, parser. */
const TABLE = {
  NODE_ENV: oneOf(['development', 'test', 'production']),
  HOST: pattern('a host name or address to listen on', /^[\w.:-]+$/, '127.0.0.1'),
  PORT: whole(0, 65_535, 3000),
  PUBLIC_URL: ownOrigin(),
  DATABASE_PATH: fileToWrite('the path of a SQLite file', 'data/wijkagenda.sqlite'),
  DATABASE_URL: url('postgres:', 'postgresql:'),
  DATABASE_SCHEMA: pattern('a name of lower-case letters, digits and _', /^[a-z_][a-z0-9_]{0,62}$/, 'public'),
  /** Where uploaded files are stored; with PostgreSQL a folder that all processes share. */
  FILES_PATH: pattern('the path of a folder', /^.+$/),
  /** How many megabytes all uploaded files together may take. */
  FILES_TOTAL_MB: whole(10, 10_000_000, 10_000),
  SECRET_KEY: pattern('at least 32 characters', /^.{32,}$/),
  SMTP_URL: checked(
    'a URL that begins with smtp:// or smtps://, with a host',
    (text) => URL.canParse(text) && /^smtps?:$/.test(new URL(text).protocol) && new URL(text).hostname !== '',
  ),
  /** The identity provider for people of the municipality; empty disables it. */
  OIDC_ISSUER: safeUrl('an OpenID Connect provider'),
  OIDC_CLIENT_ID: pattern('the client id of this service at the provider', /^[\x21-\x7e]{1,200}$/),
  OIDC_CLIENT_SECRET: pattern('the client secret that belongs to it', /^[\x20-\x7e]{1,500}$/),
  PASSKEY_REQUIRED_FOR: list(`roles separated by commas: ${SIGNED_IN_ROLES.join(', ')}`, (role) =>
    SIGNED_IN_ROLES.includes(role),
  ),
  /** At most 160 characters, because the Message-ID, which is stored, contains its domain. */
  MAIL_FROM: mailAddress('one e-mail address of at most 160 characters', 160, 'wijkagenda@localhost.localdomain'),
  MAIL_REPLY_TO: mailAddress('one e-mail address that somebody reads', 254),
  MAIL_ONLY_TO: pattern('a domain ending, such as .example', /^\.[a-z0-9.-]+$/),
  /** Timeout of one attempt to send one message, in total. */
  MAIL_ATTEMPT_SECONDS: whole(1, 600, 90),
  /** How long a message that is being sent is reserved for its instance. */
  MAIL_LEASE_SECONDS: whole(2, 3600, 180),
  /** How long shutdown waits for messages that are being sent. */
  MAIL_STOP_SECONDS: whole(1, 60, 20),
  MUNICIPALITY: pattern('a name', /^[^\r\n]{1,100}$/, 'Gemeente'),
  /** How long minutes sent from a page can still be held back; 0 sends them at once. */
  MINUTES_HOLD_MINUTES: whole(0, 60, 5),
  /** Whether new people and new chairs get a mail that explains what this is. */
  WELCOME_MAIL: oneOf(['on', 'off']),
  /** Whose school holidays are marked when the dates of a year are planned. */
  SCHOOL_REGION: oneOf(['noord', 'midden', 'zuid'], 'midden'),
  DIGEST_WEEKDAY: whole(1, 7, 1),
  DIGEST_TIME: pattern('a time of day, HH:MM', LOCAL_TIME, '08:00'),
  DIGEST_SKIPPED_WEEKS: list('ISO weeks such as 2026-W52, separated by commas', isWeek),
  WIJKAGENDA_THEMES: pattern(
    'names separated by ;',
    /^[^;\r\n]{1,100}(;[^;\r\n]{1,100}){0,19}$/,
    'voorzieningen;participatie;mobiliteit;ruimtelijke en economische ontwikkeling;schoon-heel-veilig',
  ),
  /** A second classification besides themes, for municipalities that want one. */
  THEME_DOMAINS: pattern(
    'themes with their domain, such as voorzieningen=sociaal;mobiliteit=fysiek',
    /^[^;=\r\n]{1,100}=[^;=\r\n]{1,50}(;[^;=\r\n]{1,100}=[^;=\r\n]{1,50}){0,39}$/,
  ),
  WIJKAGENDA_LABELS: pattern(
    'kinds of area with their label, such as kern=Dorpsagenda;wijk=Wijkagenda',
    /^(municipality|team|wijk|kern|buurt)=[^;=\r\n]{1,50}(;(municipality|team|wijk|kern|buurt)=[^;=\r\n]{1,50})*$/,
  ),
  /** Where a zaak and a melding can be opened, if its number is the reference of an action. */
  ZAAK_LINK: numberLink(),
  MELDING_LINK: numberLink(),
  MINUTES_RETENTION_YEARS: whole(1, 100, 10),
  ACTIONS_RETENTION_YEARS: whole(1, 100, 10),
  RATING_TEXTS_RETENTION_YEARS: whole(1, 100, 3),
  MAIL_TEXTS_RETENTION_DAYS: whole(30, 36_500, 90),
  MAIL_RETENTION_DAYS: whole(60, 36_500, 400),
  LINKS_RETENTION_DAYS: whole(30, 36_500, 90),
  SIGN_INS_RETENTION_DAYS: whole(30, 36_500, 90),
  AUDIT_RETENTION_YEARS: whole(1, 100, 10),
  WEBHOOKS_RETENTION_DAYS: whole(7, 36_500, 30),
  /** The municipality's own form for reports about the street; linked to where somebody starts a question. */
  REPORTS_URL: url('http:', 'https:'),
  /** The organisation identification number (OIN) in the source of events; without it the source is `PUBLIC_URL`. */
  OIN: pattern('an OIN of 20 digits', /^\d{20}$/),
  /** `on` allows webhooks to this machine and to private networks, also over http. */
  WEBHOOK_PRIVATE_ADDRESSES: oneOf(['on', 'off'], 'off'),
  ESCALATION_DAYS: whole(1, 365, 56),
  /** Its custom properties override those of the built-in theme. */
  THEME_CSS: existing('the path of a readable style sheet with NL Design System tokens'),
  LOGO_FILE: picture('.png', '.svg'),
  FAVICON_FILE: picture('.svg', '.png', '.ico'),
  /** `off` for tests and benchmarks. */
  LIMITS: oneOf(['on', 'off']),
  /** The proxies whose `X-Forwarded-For` is trusted. */
  TRUSTED_PROXIES: list(
    'addresses or networks such as 10.0.0.5,10.1.0.0/16, or loopback, linklocal or uniquelocal',
    isProxy,
    'loopback',
  ),
  /** Who may read `/metrics`: nobody, this machine, or holders of the token. */
  METRICS: oneOf(['off', 'loopback', 'token']),
  METRICS_TOKEN: pattern('at least 32 visible characters', /^[\x21-\x7e]{32,200}$/),
  LOG_LEVEL: oneOf(['fatal', 'error', 'warn', 'info', 'debug', 'silent'], 'info'),
  NOW: checked(
    'an instant with its offset, such as 2026-11-23T08:00:00+01:00; not in production',
    (text) => /(?:Z|[+-]\d{2}:\d{2})$/.test(text) && DateTime.fromISO(text).isValid,
  ),
} satisfies Record<string, Setting<string> | Setting<number>>;

/** Settings that can be read from a file, as key vaults and systemd provide: `SECRET_KEY_FILE` is its path. */
const IN_FILES: ReadonlySet<string> = new Set([
  'SECRET_KEY',
  'DATABASE_URL',
  'SMTP_URL',
  'OIDC_CLIENT_SECRET',
  'METRICS_TOKEN',
]);

export type Settings = {
  [Name in keyof typeof TABLE]: (typeof TABLE)[Name]['fallback'] extends number ? number : string;
};
export const SETTINGS = Symbol('settings');

/** Reads and validates all settings. Throws one error listing each invalid one and what is expected, not its value. */
export function readSettings(environment: Record<string, string | undefined>): Settings {
  const wrong: string[] = [];
  const settings = Object.fromEntries(
    Object.entries(TABLE as Record<string, Setting<string | number>>).map(([name, setting]) => {
      const path = IN_FILES.has(name) ? environment[`${name}_FILE`] : undefined;
      if (path && !isReadable(path)) wrong.push(`${name}_FILE must be the path of a readable file`);
      const text = environment[name] || (path && isReadable(path) ? readFileSync(path, 'utf8').trim() : '');
      if (text === '') return [name, setting.fallback];
      const value = setting.read(text);
      if (value === undefined) wrong.push(`${name} must be ${setting.expected}`);
      return [name, value];
    }),
  ) as Settings;
  if (settings.NOW && settings.NODE_ENV === 'production') wrong.push('NOW must not be set in production');
  if (settings.DATABASE_URL && !settings.SECRET_KEY)
    wrong.push('SECRET_KEY must be set when DATABASE_URL is, to at least 32 characters');
  if (settings.DATABASE_URL && !settings.FILES_PATH)
    wrong.push('FILES_PATH must be set when DATABASE_URL is, to a folder that all processes share');
  if (settings.METRICS === 'token' && !settings.METRICS_TOKEN)
    wrong.push('METRICS_TOKEN must be set when METRICS=token, to at least 32 visible characters');
  if (settings.OIDC_ISSUER && !settings.OIDC_CLIENT_ID) wrong.push('OIDC_CLIENT_ID must be set when OIDC_ISSUER is');
  if (settings.MAIL_LEASE_SECONDS <= settings.MAIL_ATTEMPT_SECONDS)
    wrong.push('MAIL_LEASE_SECONDS must be greater than MAIL_ATTEMPT_SECONDS');
  if (wrong.length > 0) throw new Error(`Invalid settings:\n- ${wrong.join('\n- ')}`);
  settings.DATABASE_PATH = resolve(PROJECT_ROOT, settings.DATABASE_PATH);
  settings.FILES_PATH = resolve(PROJECT_ROOT, settings.FILES_PATH || filesBeside(settings.DATABASE_PATH));
  settings.PUBLIC_URL ||= `http://localhost:${settings.PORT}`;
  settings.SECRET_KEY ||= keyBeside(settings.DATABASE_PATH);
  if (!isWritableFolder(settings.FILES_PATH))
    throw new Error(`FILES_PATH must be the path of a folder that the service can write to: ${settings.FILES_PATH}`);
  return settings;
}
