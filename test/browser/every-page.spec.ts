import { beforeAll, describe, expect, it, jest } from '@jest/globals';
import { startApp, type TestApp } from '../support/app.js';
import { clientOf } from '../support/client.js';
import { crawl } from '../support/crawl.js';
import { inspect, listen, openBrowser } from '../support/browser.js';
import { type FullHouse, startFullHouse } from '../support/full-house.js';
import { Looking } from '../support/looking.js';

jest.setTimeout(240_000);

/** The name is that of its picture; `unfold` is opened first, `submit` is the button clicked with an empty form. */
interface Case {
  name: string;
  path: string;
  status?: number;
  unfold?: string;
  submit?: string;
}
/** One row of each kind: added, changed, already there, and impossible. */
const AREAS = [
  'naam;code;soort;valt onder;inwoners;opmerking',
  'Snijdelwijk;SNY;buurt;BOS;2026 3150;nieuw',
  'Boskoop;BOS;kern;;2025 15200, 2026 15310;',
  'Zwammerdam;ZWA;kern;;;',
  'Nieuwbouw;NB;dorp;XXX;veel;',
].join('\r\n');
const one = (name: string, path: string, more: Partial<Case> = {}): Case => ({ name, path, ...more });

/** Everything that can be checked automatically on these pages, one after the other in one browser. */
async function flawsOn(url: string, cookie: string, cases: Case[]): Promise<string[]> {
  const looking = await Looking.at(await openBrowser({ cookie, url }));
  const found: string[] = [];
  for (const { name, path, status, unfold, submit } of cases) {
    const flaws = await looking.open(url + path, status);
    if (unfold) await looking.page.locator('summary', { hasText: unfold }).click();
    if (submit) {
      await looking.page.getByRole('button', { name: submit, exact: true }).click();
      flaws.push(...(await looking.problems()));
    }
    flaws.push(...(await looking.enlarge()), ...(await inspect(looking.page, name)));
    found.push(...flaws.map((flaw) => `${name} ${flaw}`));
  }
  return found;
}

describe('in a municipality that has worked with it for a year', () => {
  let h: FullHouse;
  let url: string;
  beforeAll(async () => {
    h = await startFullHouse();
    url = await listen(h);
  });
  const as = async (role: keyof FullHouse['people'], cases: Case[]): Promise<string[]> =>
    flawsOn(url, await h.make.cookie(h.people[role]), cases);

  it('has no flaws on the pages of an administrator', async () => {
    const person = `/beheer/mensen/${h.people.partner}`;
    const organisation = `/beheer/organisaties/${await h.idOf('organisations', `"name" = 'Politie'`)}`;
    const week = `/beheer/weekberichten/${await h.idOf('digest_runs', `"state" = 'planned'`)}`;
    const fileOf = async (lines: string): Promise<string> => {
      const send = h.api.post('/v1/register-imports?register=areas').set('Content-Type', 'text/csv').send(lines);
      return (await send.set('Authorization', await h.make.token(h.people.admin)).expect(201)).body.id;
    };
    const webhook = await h.make.webhook({ areaId: h.areaId });
    await h.make.delivery(webhook, { state: 'deferred', attempts: 2, reason: 'No answer in time.' });
    const cases = [
      one('admin-start', '/'),
      one('admin', '/beheer'),
      one('search', '/zoeken?q=bos'),
      ...[one('manual', '/handleiding?q=vertrouwelijk'), one('manual-operators', '/handleiding/beheer')],
      one('api-guide', '/v1/docs'),
      one('api-resource', '/v1/docs/memberships'),
      one('admin-people', '/beheer/mensen'),
      one('admin-people-none', '/beheer/mensen?q=niemand'),
      one('admin-person', person),
      one('admin-person-new', '/beheer/mensen/nieuw', { submit: 'Persoon toevoegen' }),
      one('admin-person-leaving', `${person}/afscheid`),
      one('admin-person-passkeys', `${person}/passkeys`),
      one('admin-organisations', '/beheer/organisaties'),
      one('admin-organisation', organisation),
      one('admin-organisation-merging', `${organisation}/samenvoegen`, { submit: 'Verder' }),
      one('admin-organisation-new', '/beheer/organisaties/nieuw', { submit: 'Organisatie toevoegen' }),
      one('admin-contacts', '/beheer/contacten'),
      one('admin-contact-new', '/beheer/contacten/nieuw', { submit: 'Contactpersoon toevoegen' }),
      one('admin-areas', '/beheer/gebieden'),
      one('admin-area', `/beheer/gebieden/${h.areaId}`),
      one('admin-area-new', '/beheer/gebieden/nieuw', { submit: 'Gebied toevoegen' }),
      one('admin-filling', '/beheer/vullen'),
      one('admin-filling-people', '/beheer/vullen/mensen', { submit: 'Bekijk wat er zou veranderen' }),
      one('admin-filling-preview', `/beheer/vullen/gebieden/${await fileOf(AREAS)}`),
      one('admin-roles', '/beheer/rollen'),
      one('admin-role-new', '/beheer/rollen/nieuw', { submit: 'Rol geven' }),
      one('admin-chair-change', '/beheer/voorzitter-wisselen', { submit: 'Voorzitter wisselen' }),
      one('admin-digests', '/beheer/weekberichten'),
      one('admin-digest', week),
      one('admin-digest-weeks', '/beheer/weekberichten/weken'),
      one('admin-mail', '/beheer/mail'),
      one('admin-state', '/beheer/toestand'),
      one('admin-log', '/beheer/logboek'),
      one('admin-tokens', '/beheer/tokens', { submit: 'Koppeling maken' }),
      one('admin-clients', '/beheer/systemen'),
      one('admin-client-new', '/beheer/systemen/nieuw', { submit: 'Toevoegen' }),
      one('admin-webhooks', '/beheer/berichten'),
      one('admin-webhook-new', '/beheer/berichten/nieuw', { submit: 'Toevoegen' }),
      one('admin-webhook', `/beheer/berichten/${webhook.id}`),
      one('admin-deliveries', `/beheer/berichten/${webhook.id}/bezorgingen`),
      one('admin-client', `/beheer/systemen/${(await h.make.client({ areaId: h.areaId })).id}`),
    ];
    expect(await as('admin', cases)).toEqual([]);
  });

  it('has no flaws on the pages of a chair', async () => {
    const { goal, draftGoal, wijkagenda, nextAgenda, draft, review, quarter, sentQuarter, opgave } = h.paths;
    const action = `/acties/${h.lateAction}`;
    const budget = `/budgetten/${await h.idOf('budgets', `"areaId" = '${h.areaId}'`)}`;
    const cases = [
      one('chair-start', '/'),
      one('chair-my-actions', '/mijn-acties'),
      one('chair-area', `/gebieden/${h.areaId}`),
      one('chair-actions', `/acties?gebied=${h.areaId}`),
      one('chair-actions-late', '/acties?stand=te-laat&zoek=de'),
      one('chair-actions-none', '/acties?zoek=niets'),
      one('action', action),
      one('action-refused', action, { unfold: 'Stand doorgeven', submit: 'Stand opslaan' }),
      one('action-new', `/gebieden/${h.areaId}/acties/nieuw`, { submit: 'Actie opslaan' }),
      one('chair-minutes', `/verslagen/${h.lastSession}`),
      one('chair-redaction', `/verslagen/${h.lastSession}/weglakken`),
      one(
        'chair-item-files',
        `/agendapunten/${await h.idOf('agenda_items', `"sessionId" = '${h.lastSession}' AND NOT "isConfidential"`)}/stukken`,
      ),
      one('budgets', `/budgetten?area=${h.areaId}`),
      one('budget', budget, { unfold: 'Initiatief vastleggen' }),
      one('budget-new', '/budgetten/nieuw', { submit: 'Budget beginnen' }),
      one('budget-change', `${budget}/wijzigen`),
      one('initiative', `/initiatieven/${await h.idOf('initiatives', `"state" = 'requested'`)}`),
      one('initiative-files', `/initiatieven/${await h.idOf('initiatives', `"state" = 'granted'`)}/bestanden`),
      one('questions', `/vragen?area=${h.areaId}`),
      one('question', `/vragen/${await h.idOf('questions', '"outcome" IS NULL')}`, { unfold: 'Gegevens wijzigen' }),
      one('question-new', '/vragen/nieuw', { submit: 'Vraag vastleggen' }),
      one('wijkagendas', '/wijkagenda'),
      one('wijkagenda', wijkagenda),
      one('wijkagenda-draft', nextAgenda),
      one('wijkagenda-new', '/wijkagenda/nieuw', { submit: 'Wijkagenda beginnen' }),
      one('wijkagenda-change', `${nextAgenda}/wijzigen`),
      one('wijkagenda-adoption', `${nextAgenda}/vaststelling`, { submit: 'Vaststellen' }),
      one('wijkagenda-publication', `${wijkagenda}/publicatie`),
      one('goal', goal),
      one('goal-measuring', goal, { unfold: 'Meting toevoegen', submit: 'Meting opslaan' }),
      one('goal-draft', draftGoal),
      one('goal-new', '/doelen/nieuw', { submit: 'Doel opslaan als concept' }),
      one('opgaven', '/opgaven'),
      one('opgave-new', '/opgaven/nieuw', { submit: 'Opgave opslaan' }),
      one('opgave-change', `${opgave}/wijzigen`),
      one('opgave', opgave),
      one('reviews', '/jaarevaluatie'),
      one('review-draft', draft),
      one('review', review),
      one('review-cases', `${review}/cijfers/agreed`),
      one('review-new', '/jaarevaluatie/nieuw', { submit: 'Jaarevaluatie maken' }),
      one('quarters', '/gelukt'),
      one('quarter', quarter),
      one('quarter-sent', sentQuarter),
      one('quarter-new', '/gelukt/nieuw', { submit: 'Concept maken' }),
      one('ratings', '/waardering', { unfold: 'Ronde beginnen', submit: 'Ronde beginnen' }),
      one('meetings', '/overleggen'),
      one('decisions', '/besluitenlijst'),
      one('meeting', h.meeting),
      one('meeting-new', '/overleggen/nieuw', { submit: 'Nieuw overleg' }),
      one('meeting-change', `${h.meeting}/wijzigen`),
      one('meeting-ending', `${h.meeting}/stoppen`),
      one('meeting-table', `${h.meeting}/deelnemers`, { unfold: 'Eén partij toevoegen', submit: 'Opslaan' }),
      one('meeting-inviting', `${h.meeting}/uitnodigen`, { submit: 'Aan tafel zetten' }),
      one('meeting-dates', `${h.meeting}/data`),
    ];
    expect(await as('chair', cases)).toEqual([]);
  });

  it('has no flaws on the pages of a partner and a reader', async () => {
    const { goal, wijkagenda, opgave, review } = h.paths;
    const partner = [
      one('partner-start', '/'),
      one('partner-actions', '/mijn-acties'),
      one('partner-list', '/acties'),
      one('partner-undo', `/mijn-acties?klaar=${await h.doneBy(h.people.partner)}&was=open`),
      one('partner-action', `/acties/${h.partnerAction}`),
      one('partner-table', '/mijn-acties/tabel'),
      one('partner-goal', goal),
      one('partner-opgave', opgave),
      one('partner-people', '/beheer/mensen'),
      one('partner-session', `/vergaderingen/${h.lastSession}`),
      one('forbidden', '/beheer/gebieden', { status: 403 }),
    ];
    expect(await as('partner', partner)).toEqual([]);
    const reader = [
      one('reader-start', '/'),
      one('reader-koersoverzicht', '/koersoverzicht'),
      one('reader-early-warnings', '/koersoverzicht/signalen'),
      one('reader-wijkagenda', wijkagenda),
      one('reader-review', review),
      one('reader-ratings', '/waardering'),
      one('reader-quarters', '/gelukt'),
      one('reader-mail', '/mijn-mail'),
    ];
    expect(await as('reader', reader)).toEqual([]);
  });

  it('leads everybody from the start page only to pages that are there for them, by a menu of at most six words', async () => {
    const client = await clientOf(h);
    const wrong: string[] = [];
    for (const name of [
      'functioneel beheerder',
      'gebiedsadviseur Boskoop',
      'wijkagent Boskoop',
      'directeur',
      'wethouder',
      'beleidsadviseur MO',
      'wijkbeheerder BOR',
      'secretaris Dorpsraad Boskoop',
      'griffier',
    ]) {
      const known = await h.idOf('people', `"name" = '${name}'`).catch(async () => (await h.make.person({ name })).id);
      const pages = await crawl(client, await h.make.cookie(known), { roots: ['/'], mostAlike: 2, mostDocuments: 1 });
      const menu = pages.get('/')!.text.split('menu-bar">')[1].split('</ul>')[0];
      if (menu.match(/<li/g)!.length > 6) wrong.push(`${name} has a long menu`);
      for (const [path, { status }] of pages) if (status >= 400) wrong.push(`${name}: ${path} answered ${status}`);
    }
    expect(wrong).toEqual([]);
  });

  it('prints a wijkagenda and an action list on as few sheets as they need', async () => {
    const page = await openBrowser({ cookie: await h.make.cookie(h.people.chair), url });
    for (const path of [h.paths.wijkagenda, `/acties?gebied=${h.areaId}`]) {
      await page.goto(url + path);
      const sheets = (await page.pdf({ format: 'A4' })).toString('latin1').match(/\/Type\s*\/Page\b/g)!;
      expect(sheets.length).toBeLessThanOrEqual(8);
    }
  });

  it('has no flaws on what everybody may read, and behind the links of mails', async () => {
    const id = (path: string): string => path.split('/').pop()!;
    const cases = [
      one('public', '/openbaar'),
      one('public-area', `/openbaar/gebied/${h.areaId}`),
      one('public-wijkagenda', `/openbaar/wijkagenda/${id(h.paths.wijkagenda)}`),
      one('public-reviews', '/jaarevaluaties'),
      one('public-review', `/jaarevaluaties/${id(h.paths.review)}`),
      one('public-quarters', '/openbaar/gelukt'),
      one('public-quarter', `/openbaar/gelukt/${id(h.paths.sentQuarter)}`),
      one('sign-in-empty', '/aanmelden', { submit: 'Stuur mij een link' }),
      one('link-gone', '/aanmelden/onbekend', { status: 410 }),
      one('mail-answer', h.linkIn('antwoord')),
      // Not the answer of one of the buttons, so nothing is selected.
      one('mail-answer-empty', h.linkIn('antwoord').split('?')[0], { submit: 'Antwoorden opslaan' }),
      one('mail-attendance', h.linkIn('aanwezigheid'), { submit: 'Antwoord opslaan' }),
      one('mail-decision', h.linkIn('besluit'), { submit: 'Besluit opslaan' }),
      one('mail-unsubscribe', h.linkIn('afmelden'), { submit: 'Stilzetten' }),
      one('mail-rating', h.linkIn('waardering'), { submit: 'Waardering opslaan' }),
      one('mail-review-draft', h.linkIn('jaarevaluatie-concept')),
    ];
    expect(await flawsOn(url, '', cases)).toEqual([]);
  });
});

describe('on the first day', () => {
  let t: TestApp;
  let url: string;
  beforeAll(async () => {
    t = await startApp('sqlite', { today: '2026-06-02' });
    url = await listen(t);
  });

  it('has no flaws on pages without anything on them, and each says what to do', async () => {
    const area = await t.make.area({ name: 'Boskoop', kind: 'kern' });
    const chair = await t.make.person({ name: 'gebiedsadviseur Boskoop' });
    await t.make.grant(chair.id, 'chair', area.id);
    const cases = [
      one('empty-start', '/'),
      one('empty-actions', '/mijn-acties'),
      one('empty-table', '/mijn-acties/tabel'),
      one('empty-for-us', '/mijn-acties/voor-ons'),
      one('empty-meetings', '/overleggen'),
      one('empty-area', `/gebieden/${area.id}`),
      one('empty-action-list', '/acties'),
      one('empty-minutes', `/gebieden/${area.id}/verslagen`),
      one('empty-wijkagendas', '/wijkagenda'),
      one('empty-opgaven', '/opgaven'),
      one('empty-koersoverzicht', '/koersoverzicht'),
      one('empty-reviews', '/jaarevaluatie'),
      one('empty-quarters', '/gelukt'),
      one('empty-ratings', '/waardering'),
      one('empty-digests', '/beheer/weekberichten'),
      one('empty-tokens', '/beheer/tokens'),
      one('empty-search', '/zoeken?q=girafje'),
      one('empty-public', '/openbaar'),
    ];
    expect(await flawsOn(url, await t.make.cookie(chair.id), cases)).toEqual([]);
  });
});
