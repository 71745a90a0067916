import { beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '../../src/platform/common/ids.js';
import { Escalation } from '../../src/actions/escalations/escalation.entity.js';
import { onBothDatabases, startApp, type TestApp } from '../support/app.js';
import { clientOf } from '../support/client.js';
import { crawl } from '../support/crawl.js';
import { Visitor } from '../support/visitor.js';
import { CAST, layVillage } from '../support/world.js';
import { chairOf } from '../support/year.js';

/** The blocks of a start page, in order. */
const blocksOf = (text: string): string[] =>
  [...text.matchAll(/<section class="start-block[^"]*" aria-labelledby="([\w-]+)"/g)].map(([, id]) => id);
const blockOf = (text: string, id: string): string =>
  text.split(`aria-labelledby="${id}"`)[1]?.split('</section>')[0] ?? '';
/** Empty until its chair has made one. */
const YEARLY = ['/wijkagenda', '/jaarevaluatie'];
const menuOf = (text: string): string[] =>
  [
    ...text
      .split('menu-bar')[1]
      .split('</ul>')[0]
      .matchAll(/<a[^>]*>([^<]*)</g),
  ].map(([, label]) => label);

/**
 * What each person is, and the blocks they see, in order: those of all their roles, none twice. Boskoop has work for its
 * chair, and Zwammerdam for its partners.
 */
const PEOPLE = {
  'chair and at the table elsewhere': {
    start: 'Vandaag',
    menu: ['Vandaag', 'Overleggen', 'Acties', 'Wijkagenda', 'Resultaten', 'Beheer'],
    blocks: [
      ...['te-laat', 'stand-van-zaken', 'deze-week', 'zonder-actiehouder', 'verslagen-klaar'],
      ...['te-laat-per-organisatie', 'volgende', 'verslagen', 'organisatie'],
    ],
  },
  'chair, at the table elsewhere and director': {
    start: 'Vandaag',
    menu: ['Vandaag', 'Overleggen', 'Acties', 'Wijkagenda', 'Resultaten', 'Beheer'],
    blocks: [
      ...['besluiten', 'te-laat', 'stand-van-zaken', 'deze-week', 'zonder-actiehouder', 'verslagen-klaar'],
      ...['te-laat-per-organisatie', 'volgende', 'verslagen', 'organisatie', 'koers', 'jaarevaluatie'],
    ],
  },
  'chair of both': {
    start: 'Vandaag',
    menu: ['Vandaag', 'Overleggen', 'Acties', 'Wijkagenda', 'Resultaten', 'Beheer'],
    blocks: ['zonder-actiehouder', 'verslagen-klaar', 'te-laat-per-organisatie', 'volgende'],
  },
  'chair and administrator': {
    start: 'Vandaag',
    menu: ['Vandaag', 'Overleggen', 'Acties', 'Wijkagenda', 'Resultaten', 'Beheer'],
    blocks: [
      ...['zonder-actiehouder', 'verslagen-klaar', 'te-laat-per-organisatie', 'volgende'],
      ...['werkt-niet', 'zonder-contact'],
    ],
  },
  'reader and bestuurder': {
    start: 'Overzicht',
    menu: ['Overzicht', 'Gebieden', 'Acties', 'Wijkagenda', 'Resultaten'],
    blocks: ['koers', 'opgaven', 'jaarevaluatie'],
  },
  'nothing but reader': {
    start: 'Overzicht',
    menu: ['Overzicht', 'Gebieden', 'Acties', 'Wijkagenda', 'Resultaten'],
    blocks: ['koers', 'jaarevaluatie', 'gepubliceerd'],
  },
  'bestuurder at the table': {
    start: 'Vandaag',
    menu: ['Vandaag', 'Overleggen', 'Acties', 'Wijkagenda', 'Resultaten', 'Mijn organisatie'],
    blocks: [
      ...['te-laat', 'stand-van-zaken', 'deze-week', 'volgende', 'verslagen', 'organisatie', 'opgaven'],
      'jaarevaluatie',
    ],
  },
  'nothing but bestuurder': {
    start: 'Overzicht',
    menu: ['Overzicht', 'Opgaven', 'Resultaten'],
    blocks: ['opgaven', 'jaarevaluatie'],
  },
  'member of two organisations': {
    start: 'Vandaag',
    menu: ['Vandaag', 'Overleggen', 'Acties', 'Wijkagenda', 'Resultaten', 'Mijn organisatie'],
    blocks: ['te-laat', 'stand-van-zaken', 'deze-week', 'volgende', 'verslagen', 'organisatie'],
  },
  'chair of one session': {
    start: 'Vandaag',
    menu: ['Vandaag', 'Overleggen', 'Acties'],
    blocks: ['verslagen-klaar', 'volgende'],
  },
  'nothing but signed in': {
    start: 'Overzicht',
    menu: ['Overzicht'],
    blocks: ['gepubliceerd'],
  },
};
type Kind = keyof typeof PEOPLE;
const KINDS = Object.keys(PEOPLE) as Kind[];
const named = (part: string): Kind[] => KINDS.filter((name) => name.includes(part));
type Village = Awaited<ReturnType<typeof layVillage<string>>>;

onBothDatabases((kind) => {
  let t: TestApp;
  const people = {} as Record<Kind, string>;
  beforeAll(async () => {
    t = await startApp(kind, { today: '2026-06-02' });
    const { make } = t;
    const { gemeente, politie, habeko } = CAST;
    const table = { area: await make.area({ name: 'Zwammerdam', code: 'ZWA', kind: 'kern' as const }) };
    const boskoop = await layVillage(t, { gemeente: { ...gemeente, kind: 'municipality' }, politie, habeko });
    const zwammerdam = await layVillage(t, { gemeente: { chairs: true, person: 'gebiedsadviseur Zwammerdam' } }, table);
    for (const name of KINDS) people[name] = (await make.person({ name })).id;
    const grant = async (role: 'admin' | 'chair' | 'reader', areaId: string, those: Kind[]) => {
      for (const name of those) await make.grant(people[name], role, areaId);
    };
    await grant('chair', boskoop.area.id, [...named('chair and'), ...named('chair,'), ...named('chair of both')]);
    await grant('chair', zwammerdam.area.id, named('chair of both'));
    await grant('admin', await make.root(), named('administrator'));
    await grant('reader', await make.root(), [...named('director'), ...named('reader')]);
    await work(boskoop);
    for (const name of [...named('table'), ...named('two organisations')]) await seat(name, zwammerdam);
    const session = await make.session(zwammerdam.meeting.id);
    const chair = chairOf(t, zwammerdam.tokens.gemeente);
    for (const state of ['opening', 'closing']) await chair.bring(session.id, state);
    await chair.send(session.id);
    await make.session(zwammerdam.meeting.id, { heldOn: '2026-06-18' });
    for (const name of named('bestuurder')) await lead(name, boskoop);
    await review(boskoop);
  });

  /** What waits in Boskoop for its chair, and for a director. */
  async function work({ area, meeting, organisations, people: those, tokens }: Village): Promise<void> {
    const { make } = t;
    const chairId = people['chair of one session'];
    const here = { areaId: area.id, meetingId: meeting.id, recordedOn: '2026-04-01' };
    const late = await make.action({ ...here, ownerId: organisations.politie.id, dueOn: '2026-05-01', isPublic: true });
    await make.action({ ...here, ownerId: null, isHandedBack: true, dueOn: '2026-05-20' });
    const session = await make.session(meeting.id, { chairId });
    const chair = chairOf(t, tokens.gemeente);
    for (const state of ['opening', 'closing']) await chair.bring(session.id, state);
    await make.session(meeting.id, { heldOn: '2026-06-16', chairId });
    await make.row(Escalation, {
      ...{ id: newId(), actionId: late.id, step: 1, text: 'Wilt u beslissen?' },
      ...{ personId: people['chair, at the table elsewhere and director'], askedById: those.gemeente.id },
      ...{ askedOn: '2026-06-01', askedAt: '2026-06-01T10:00:00.000Z' },
      ...{ decision: null, decidedFor: null, answeredAt: null },
    });
  }

  /** A place at the table of Zwammerdam for an organisation of their own, with what it agreed there. */
  async function seat(name: Kind, { area, meeting }: Village): Promise<void> {
    const { make } = t;
    const there = { areaId: area.id, meetingId: meeting.id, recordedOn: '2026-04-01' };
    const join = async () => {
      const { id } = await make.organisation({ kind: 'welfare' });
      await make.member(people[name], id);
      await make.contact(id, people[name]);
      return id;
    };
    const own = await join();
    await make.invitation(meeting.id, { organisationId: own, personId: people[name] });
    const other = name === 'member of two organisations' ? await join() : own;
    await make.action({ ...there, ownerId: own, title: 'Inloop bemensen', dueOn: '2026-05-20' });
    await make.action({ ...there, ownerId: other, title: 'Speelplek opruimen', dueOn: '2026-05-21' });
    await make.action({ ...there, ownerId: own, dueOn: '2026-06-05' });
    await make.action({ ...there, ownerId: own, dueOn: '2026-09-01' });
    await make.action({ ...there, ownerId: own, dueKind: 'asap', dueOn: null, checkOn: '2026-05-25' });
  }

  async function lead(name: Kind, { area, organisations, people: those }: Village): Promise<void> {
    const who = { bestuurderId: people[name], procesregisseurId: those.gemeente.id };
    const departments = [
      { organisationId: organisations.gemeente.id, isLead: true, part: 'Regie' },
      { organisationId: (await t.make.organisation({ kind: 'municipality' })).id, isLead: false, part: 'Uitvoering' },
    ];
    const opgave = { areaId: area.id, title: `Jongeren (${name})`, origin: 'Coalitieakkoord', ...who, departments };
    const chair = await t.make.token(people['chair of both']);
    await t.api.post('/v1/opgaven').set('Authorization', chair).send(opgave).expect(201);
  }

  async function review({ area, tokens }: Village): Promise<void> {
    const put = (path: string, body: object, version: number) =>
      t.api.put(path).set('Authorization', tokens.gemeente).set('If-Match', `"${version}"`).send(body).expect(200);
    const { body } = await t.api
      .post('/v1/reviews')
      .set('Authorization', tokens.gemeente)
      .send({ areaId: area.id, fromOn: '2025-06-01', asOf: '2026-05-31' })
      .expect(201);
    await put(`/v1/reviews/${body.id}/freezing`, { reason: 'De partijen zijn al gehoord.' }, 1);
    await put(`/v1/reviews/${body.id}/publication`, {}, 2);
  }

  describe.each(Object.entries(PEOPLE) as [Kind, (typeof PEOPLE)[Kind]][])('%s', (name, { start, menu, blocks }) => {
    it('sees what waits for all their roles, each block once, in order and with its own button', async () => {
      const text = await (await Visitor.of(t, people[name])).see('/');
      expect(/<h1>(\w+)/.exec(text)![1]).toBe(start);
      expect(menuOf(text)).toEqual(menu);
      expect(blocksOf(text)).toEqual(blocks);
      for (const id of blocks) expect(blockOf(text, id).match(/class="start-button"/g)).toHaveLength(1);
      expect(text.match(/button--primary-action/g)).toHaveLength(1);
    });

    it('is led from there only to pages that are theirs, and to something on each of the menu', async () => {
      const pages = await crawl(await clientOf(t), await t.make.cookie(people[name]), { roots: ['/'], mostAlike: 1 });
      expect([...pages].filter(([, { status }]) => status >= 400).map(([path]) => path)).toEqual([]);
      const menu = [
        ...pages
          .get('/')!
          .text.split('menu-bar')[1]
          .split('</ul>')[0]
          .matchAll(/href="([^"]+)"/g),
      ];
      const isEmpty = (path: string) => pages.get(path)!.text.includes('alert--info empty');
      const empty = menu.map(([, href]) => href).filter((path) => !YEARLY.includes(path) && isEmpty(path));
      expect(empty).toEqual([]);
    });
  });
});
