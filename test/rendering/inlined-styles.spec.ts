import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

type Inline = (html: string) => string;
const load = createRequire(import.meta.url);
const folder = new URL('../../templates/', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, folder), 'utf8');

describe('the part of the build that inlines the styles of mails', () => {
  const mails = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) =>
    /(^|[\\/])mails[\\/][\w-]+\.html\.hbs$/.test(path),
  );
  const layout = read('platform/layouts/email.html.hbs').replace('{{css "platform/assets/mail"}}', () =>
    read('platform/assets/mail.css'),
  );

  it.each(mails)('gives what its package gives, without what that never uses: %s', (path) => {
    const whole = layout.replace('{{> @partial-block}}', () => read(path));
    const [package_, built] = ['juice', '../../dist/bundle/juice.cjs'].map((name) => (load(name) as Inline)(whole));
    expect(built).toBe(package_);
    expect(built).toContain(' style="');
  });

  it('loads no HTTP client', () => {
    expect(readFileSync(new URL('../dist/bundle/juice.cjs', folder), 'utf8')).not.toContain('undici');
  });
});
