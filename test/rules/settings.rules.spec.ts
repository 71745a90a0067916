import { expect, it } from '@jest/globals';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSettings } from '../../src/platform/settings.js';

const SECRET_KEY = 'a-key-for-tests-that-is-long-enough!';

it('needs no settings at all', () => {
  expect(readSettings({ SECRET_KEY })).toMatchObject({
    PORT: 3000,
    SMTP_URL: '',
    PUBLIC_URL: 'http://localhost:3000',
    DATABASE_URL: '',
  });
});

it.each([
  ['PORT', '99999', 'a whole number from 0 to 65535'],
  ['PORT', '80 ', 'a whole number from 0 to 65535'],
  ['DATABASE_PATH', 'templates', 'the path of a SQLite file'],
  ['THEME_CSS', 'templates', 'the path of a readable style sheet'],
  ['DATABASE_URL', 'mysql://secret@host/x', 'a URL that begins with postgres:// or postgresql://'],
  ['SMTP_URL', 'localhost:25', 'a URL that begins with smtp:// or smtps://'],
  ['OIDC_ISSUER', 'http://inloggen.gemeente.example', 'the https:// URL of an OpenID Connect provider'],
  ['PASSKEY_REQUIRED_FOR', 'admin;chair', 'roles separated by commas'],
  ['MAIL_FROM', 'a@b.example\r\nBcc: c@d.example', 'one e-mail address'],
  [
    'MAIL_FROM',
    `a@${'b'.repeat(60)}.${'c'.repeat(60)}.${'d'.repeat(60)}.example`,
    'one e-mail address of at most 160 characters',
  ],
  ['NOW', '2026-11-24T08:00:00', 'an instant with its offset'],
  ['NOW', 'soon+01:00', 'an instant with its offset'],
  ['DIGEST_TIME', '24:00', 'a time of day, HH:MM'],
  ['LOG_LEVEL', 'loud', 'fatal, error, warn, info, debug or silent'],
  ['SECRET_KEY', 'short', 'at least 32 characters'],
  ['ZAAK_LINK', 'https://zaken.example/{reference}', 'a pattern of the number'],
  ['ZAAK_LINK', 'Z-* https://zaken.example/zonder', 'a pattern of the number'],
  ['ZAAK_LINK', 'Z-* https://{reference}/zaak', 'a pattern of the number'],
  ['MELDING_LINK', 'M* javascript:alert(1)//{reference}', 'a pattern of the number'],
  ['METRICS', 'public', 'off, loopback or token'],
  ['METRICS_TOKEN', 'short', 'at least 32 visible characters'],
  ['SMTP_URL', 'smtp:///', 'a URL that begins with smtp:// or smtps://, with a host'],
  ['PUBLIC_URL', 'https://gemeente.example/wijkagenda', 'a URL that begins with http:// or https://, without a path'],
  ['PUBLIC_URL', 'https://wijkagenda.example?x=1', 'a URL that begins with http:// or https://, without a path'],
  ['PUBLIC_URL', 'https://wie:geheim@w.example', 'a URL that begins with http:// or https://, without a path'],
  ['DIGEST_SKIPPED_WEEKS', '2026-W52,2026-W54', 'ISO weeks such as 2026-W52, separated by commas'],
  ['DIGEST_SKIPPED_WEEKS', '2027-W53', 'ISO weeks such as 2026-W52, separated by commas'],
  ['TRUSTED_PROXIES', 'proxy.gemeente.example', 'addresses or networks such as 10.0.0.5,10.1.0.0/16'],
  ['TRUSTED_PROXIES', '10.0.0.0/0', 'addresses or networks such as 10.0.0.5,10.1.0.0/16'],
  ['TRUSTED_PROXIES', '10.0.0.0/33', 'addresses or networks such as 10.0.0.5,10.1.0.0/16'],
  ['THEME_CSS', tmpdir(), 'the path of a readable style sheet'],
])('names %s = %j with what is expected, and not its value', (name, value, expected) => {
  const start = () => readSettings({ SECRET_KEY, [name]: value });
  expect(start).toThrow(`${name} must be ${expected}`);
  expect(start).not.toThrow(value);
});

it('takes lists with a space behind each comma, every range of proxies, and an address that ends in a slash', () => {
  const PASSKEY_REQUIRED_FOR = 'admin, chair';
  const TRUSTED_PROXIES = 'loopback, uniquelocal, 10.0.0.5, 10.1.0.0/16, fd00::/8, ::1';
  const DIGEST_SKIPPED_WEEKS = '2026-W52, 2026-W53';
  const PUBLIC_URL = 'https://Wijkagenda.example:443/';
  expect(
    readSettings({ SECRET_KEY, PASSKEY_REQUIRED_FOR, TRUSTED_PROXIES, DIGEST_SKIPPED_WEEKS, PUBLIC_URL }),
  ).toMatchObject({
    PASSKEY_REQUIRED_FOR: 'admin,chair',
    TRUSTED_PROXIES: 'loopback,uniquelocal,10.0.0.5,10.1.0.0/16,fd00::/8,::1',
    DIGEST_SKIPPED_WEEKS: '2026-W52,2026-W53',
    PUBLIC_URL: 'https://wijkagenda.example',
  });
});

it('names all that is wrong at once', () => {
  expect(() => readSettings({ SECRET_KEY, PORT: 'x', LOG_LEVEL: 'y' })).toThrow(/PORT[\s\S]*LOG_LEVEL/);
});

it('does not let the clock be set in production', () => {
  const NOW = '2026-11-23T08:00:00+01:00';
  expect(() => readSettings({ SECRET_KEY, NODE_ENV: 'production', NOW })).toThrow('NOW must not be set in production');
  expect(readSettings({ SECRET_KEY, NOW }).NOW).toBe(NOW);
});

it('asks for a key beside PostgreSQL', () => {
  expect(() => readSettings({ DATABASE_URL: 'postgres://host/x' })).toThrow('SECRET_KEY must be set');
});

it('reads a secret from a file of its own, and says so when it cannot', () => {
  const folder = mkdtempSync(join(tmpdir(), 'wijkagenda-settings-'));
  const path = join(folder, 'key');
  writeFileSync(path, `${SECRET_KEY} from a file\n`);
  expect(readSettings({ SECRET_KEY_FILE: path }).SECRET_KEY).toBe(`${SECRET_KEY} from a file`);
  expect(() => readSettings({ SECRET_KEY, SMTP_URL_FILE: join(folder, 'none') })).toThrow(
    'SMTP_URL_FILE must be the path of a readable file',
  );
  writeFileSync(path, 'short');
  expect(() => readSettings({ SECRET_KEY_FILE: path })).toThrow('SECRET_KEY must be at least 32 characters');
  expect(() => readSettings({ SECRET_KEY, PORT_FILE: path })).not.toThrow();
});

it('asks for a token where numbers are read with one', () => {
  expect(() => readSettings({ SECRET_KEY, METRICS: 'token' })).toThrow('METRICS_TOKEN must be set');
});

it('asks for an id beside a provider, which may be on this machine without https', () => {
  const OIDC_ISSUER = 'http://localhost:9000';
  expect(() => readSettings({ SECRET_KEY, OIDC_ISSUER })).toThrow('OIDC_CLIENT_ID must be set');
  expect(readSettings({ SECRET_KEY, OIDC_ISSUER, OIDC_CLIENT_ID: 'x' }).OIDC_ISSUER).toBe(OIDC_ISSUER);
});

it('makes a key beside the SQLite file once, and starts with none that is empty, cut off or out of reach', () => {
  const folder = mkdtempSync(join(tmpdir(), 'wijkagenda-key-'));
  const DATABASE_PATH = join(folder, 'new', 'wijkagenda.sqlite');
  const { SECRET_KEY: made } = readSettings({ DATABASE_PATH });
  expect(made.length).toBeGreaterThanOrEqual(32);
  expect(readSettings({ DATABASE_PATH }).SECRET_KEY).toBe(made);
  expect(readdirSync(join(folder, 'new'))).toEqual(['secret.key']);
  for (const left of ['', made.slice(0, 20)]) {
    writeFileSync(join(folder, 'new', 'secret.key'), left);
    expect(() => readSettings({ DATABASE_PATH })).toThrow(/secret\.key is empty or damaged\. Put back a copy/);
    expect(readFileSync(join(folder, 'new', 'secret.key'), 'utf8')).toBe(left);
  }
  writeFileSync(join(folder, 'file'), '');
  const unreachable = () => readSettings({ DATABASE_PATH: join(folder, 'file', 'wijkagenda.sqlite') });
  expect(unreachable).toThrow(/^DATABASE_PATH must be in a folder that the service can write to: /);
  mkdirSync(join(folder, 'folder', 'secret.key'), { recursive: true });
  expect(() => readSettings({ DATABASE_PATH: join(folder, 'folder', 'x.sqlite') })).toThrow(
    /^The secret key beside DATABASE_PATH cannot be read: /,
  );
});

it('starts with no folder for files that it cannot write to, and makes none before there is a file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'wijkagenda-files-'));
  writeFileSync(join(folder, 'file'), '');
  for (const FILES_PATH of [join(folder, 'file'), join(folder, 'file', 'below')]) {
    expect(() => readSettings({ SECRET_KEY, FILES_PATH })).toThrow(
      'FILES_PATH must be the path of a folder that the service can write to',
    );
  }
  const FILES_PATH = join(folder, 'new', 'files');
  expect(readSettings({ SECRET_KEY, FILES_PATH })).toMatchObject({ FILES_PATH });
  expect(existsSync(join(folder, 'new'))).toBe(false);
});
