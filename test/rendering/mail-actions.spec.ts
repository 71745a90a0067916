import { describe, expect, it } from '@jest/globals';
import type { Assignment } from '../../src/actions/recipients/assignments.js';
import { toDigestView } from '../../src/digests/contents/digest-view.js';
import { Renderer } from '../../src/platform/rendering/renderer.js';

const TODAY = '2026-11-23';
const TOKEN = 'x'.repeat(43);
const action = (n: number, facts: Partial<Assignment> = {}): Assignment => ({
  ...{ actionId: `${n}`, number: `BOS-${n}`, title: `Fietswrakken & "fietsen" bij de haven weghalen (${n})` },
  ...{ areaId: 'bos', areaName: 'Boskoop', status: 'open', resumeOn: null, dueOn: '2026-09-01', checkOn: null },
  ...{ isConfidential: false, sessionOn: '2026-08-31', organisationId: 'boa', organisationName: "BOA's" },
  ...{ partyIds: [], meetingId: null, recipients: [] },
  ...facts,
});
const links = { answer: `https://wijkagenda.gemeente.example/antwoord/${TOKEN}`, unsubscribe: 'https://u.example' };
const digest = (overdue: Assignment[], dueSoon: Assignment[] = []) =>
  new Renderer().renderMessage(
    'digests/mails/weekly-digest',
    toDigestView(
      {
        person: { id: 'p', name: 'wijkbeheerder' } as never,
        ...{ today: TODAY, overdue, dueSoon, statusAsked: [], answered: [], results: [], overview: null },
        ...{ saidRunning: new Map(), asked: new Map(), decided: new Map(), replyTo: undefined },
      },
      {
        ...links,
        action: 'https://a.example',
        forUs: 'https://w.example/mijn-acties/voor-ons',
        areas: 'https://b.example',
        person: 'https://c.example',
      },
      'Gemeente Voorbeeld',
    ),
  ).html;
const headings = (html: string) =>
  [...html.matchAll(/<(h[1-6])[^>]*>(.*?)<\/\1>/g)].map(([, level, text]) => `${level} ${text}`);
const names = (html: string) =>
  [...html.matchAll(/<a class="answer"[^>]*aria-label="([^"]*)"/g)].map(([, name]) => name);
const many = (count: number) => Array.from({ length: count }, (_, n) => action(n + 1));

describe('the actions in a mail', () => {
  it('are headings below that of their part, by which one goes from one to the next', () => {
    const html = digest([action(1, { title: 'Een' })], [action(2, { title: 'Twee', dueOn: '2026-11-24' })]);
    expect(headings(html)).toEqual(['h1 1 actie is te laat', 'h2 BOS-1 · Een', 'h2 Komt eraan', 'h3 BOS-2 · Twee']);
  });

  it('have answers that each say which action they are of, also in a list of links', () => {
    expect(names(digest([action(7)]))).toEqual(
      ['Gereed', 'Loopt', 'Later klaar', 'Niet voor ons', 'Bespreken'].map((answer) => `${answer}: BOS-7`),
    );
  });

  it('fit, forty of them, in what mail programs show of a mail: 102 KB', () => {
    const soon = many(15).map((one) => ({ ...one, dueOn: '2026-11-24' }));
    expect(Buffer.byteLength(digest(many(25), soon))).toBeLessThan(102 * 1024);
  });
});
