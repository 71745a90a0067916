import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { Renderer } from '../../src/platform/rendering/renderer.js';

const folder = new URL('../../templates/', import.meta.url);
const mails = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) =>
  /(^|[\\/])mails[\\/][\w-]+\.html\.hbs$/.test(path),
);
const cancelled = (cancellationReason: string) =>
  new Renderer().renderMessage('sessions/mails/session-cancelled', {
    ...{ meetingName: 'Overleg <Boskoop>', heldOn: '2026-06-02', startTime: '10:00', name: 'wijkagent' },
    ...{ cancellationReason, municipality: 'Gemeente', unsubscribeUrl: null },
  }).html;

describe('a mail as HTML', () => {
  it.each(mails)(
    'has a line of its own for lists of mails, which otherwise repeat its sender and subject: %s',
    (path) => {
      const text = readFileSync(new URL(path, folder), 'utf8');
      expect(text).toMatch(/^{{#> platform\/layouts\/email}}\n{{#\*inline "preview"}}\n.+\n{{\/inline}}\n/);
    },
  );

  it.each(mails)('has a heading for each action, by which one goes from one to the next: %s', (path) => {
    const partials = path.startsWith('digests')
      ? readFileSync(new URL('digests/partials/line.html.hbs', folder), 'utf8')
      : '';
    expect(readFileSync(new URL(path, folder), 'utf8') + partials).not.toMatch(/<p[^>]*>{{number}} · /);
  });

  it('starts with that line, which is not shown in the mail', () => {
    const html = cancelled('De zaal is <dicht>.');
    expect(html).toMatch(
      /<body[^>]*>\s*<div class="preview" style="display:none;[^"]*">De zaal is &lt;dicht&gt;\.<\/div>/,
    );
  });

  it('has its subject as its title', () => {
    expect(cancelled('x')).toContain('<title>Gaat niet door: Overleg &lt;Boskoop&gt; op dinsdag 2 juni 2026</title>');
  });

  it('breaks lines without styles, which not every mail program reads', () => {
    expect(cancelled('De zaal is dicht.\n\n<Kom> later.')).toContain('De zaal is dicht.<br><br>&lt;Kom&gt; later.</p>');
  });
});
