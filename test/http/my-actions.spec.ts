import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Organisation } from '../../src/directory/organisations/organisation.entity.js';
import { onBothDatabases, startApp, type TestApp } from '../support/app.js';
import { Visitor } from '../support/visitor.js';

onBothDatabases((kind) => {
  let t: TestApp;
  let police: Organisation;
  let visitor: Visitor;
  beforeAll(async () => {
    t = await startApp(kind, { today: '2026-06-02' });
  });
  beforeEach(async () => {
    police = await t.make.organisation({ kind: 'police' });
    visitor = await Visitor.of(t, (await t.make.person({ organisationId: police.id })).id);
  });
  const mine = (fields: Parameters<TestApp['make']['action']>[0]) =>
    t.make.action({ ownerId: police.id, recordedOn: '2026-05-01', ...fields });
  const stored = async (id: string) =>
    (
      await t.database.reader.query(
        `SELECT "status", "isHandedBack", "dueOn", "version" FROM "actions" WHERE "id" = '${id}'`,
      )
    )[0];

  it('says what happens next when there is nothing to do', async () => {
    expect(await visitor.see('/mijn-acties')).toContain('U hebt geen open acties.');
  });

  it('keeps the pages beside it in the menu on each of its tabs', async () => {
    for (const path of ['/mijn-acties', '/mijn-acties/tabel', '/mijn-acties/voor-ons'])
      expect(await visitor.see(path)).toMatch(/href="\/acties"[^>]*>Alle acties/);
  });

  it('shows what is overdue first, the longest first, over all areas, and nothing of others', async () => {
    const [here, there] = [await t.make.area({ name: 'Boskoop' }), await t.make.area({ name: 'Zwammerdam' })];
    await mine({ title: 'Plan de schouw', dueOn: '2026-06-20', areaId: here.id });
    await mine({ title: 'Bel de huisbaas', dueOn: '2026-06-01', areaId: here.id });
    await mine({ title: 'Lantaarn melden', dueOn: '2026-05-20', areaId: there.id });
    await t.make.action({ title: 'Van een ander' });
    const text = await visitor.see('/mijn-acties');
    const order = ['Te laat', 'Lantaarn melden', '13 dagen te laat', 'Zwammerdam', 'Bel de huisbaas', 'Plan de schouw'];
    const places = order.map((words) => text.indexOf(words));
    expect(places).toEqual([...places].sort((one, other) => one - other));
    expect(places[0]).toBeGreaterThan(0);
    expect(text).not.toContain('Van een ander');
  });

  it('calls "volgend overleg" by its name while no session is planned', async () => {
    await mine({ title: 'Neem de kaart mee', dueKind: 'next_session', dueOn: null });
    for (const page of ['/mijn-acties', '/mijn-acties/tabel']) {
      const text = await visitor.see(page);
      expect(text).toContain('volgend overleg');
      expect(text).not.toContain('geen datum');
    }
  });

  it('takes a status with one button, and says so once', async () => {
    const { id, number } = await mine({ title: 'Bel de huisbaas' });
    const { status, headers } = await visitor.post(`/mijn-acties/${id}`, { status: 'done' }, '/mijn-acties');
    expect([status, headers.location]).toEqual([303, `/mijn-acties?klaar=${id}&was=open`]);
    expect(await stored(id)).toMatchObject({ status: 'done' });
    expect(await visitor.see('/mijn-acties')).toContain(`Opgeslagen: ${number} is gereed.`);
    expect(await visitor.see('/mijn-acties')).not.toContain('Opgeslagen');
  });

  it('undoes an accidental click once, and not for actions that are not closed or not theirs', async () => {
    const { id, number } = await mine({ title: 'Bel de huisbaas', status: 'in_progress' });
    const { headers } = await visitor.post(`/mijn-acties/${id}`, { status: 'done' }, '/mijn-acties');
    const page = await visitor.see(headers.location);
    expect(page).toContain(`action="/mijn-acties/${id}/ongedaan"`);
    const undone = await visitor.post(`/mijn-acties/${id}/ongedaan`, { was: 'in_progress' }, headers.location);
    expect(undone.status).toBe(303);
    expect(await stored(id)).toMatchObject({ status: 'in_progress' });
    expect(await visitor.see('/mijn-acties')).toContain(`Ongedaan gemaakt: ${number} loopt weer.`);
    expect(await visitor.see(headers.location)).not.toContain('Ongedaan maken');
    const other = await t.make.action({ status: 'done', doneOn: '2026-06-01' });
    expect(await visitor.see(`/mijn-acties?klaar=${other.id}`)).not.toContain('Ongedaan maken');
    expect(await visitor.see('/mijn-acties?klaar=x&was=<b>')).not.toContain('Ongedaan maken');
  });

  it('asks why beside the field and on top, keeps what was chosen, and changes nothing', async () => {
    const { id } = await mine({});
    const { status, text } = await visitor.post(`/mijn-acties/${id}`, { status: 'blocked', line: ' ' }, '/mijn-acties');
    expect(status).toBe(400);
    expect(text).toContain('<title>Niet opgeslagen: Mijn acties');
    expect(text).toContain(`<a href="#regel-${id}">Schrijf erbij waarom`);
    expect(text).toContain(`aria-describedby="regel-hulp-${id} regel-fout-${id}"`);
    expect(text).toContain('value="blocked" id="stand-' + id + '-blocked" checked');
    expect(await stored(id)).toMatchObject({ status: 'open' });
  });

  it.each([
    [{ status: 'blocked', line: 'wacht op de gemeente' }, { status: 'blocked' }],
    [
      { status: 'later', line: 'meer tijd nodig', day: '2026-07-01' },
      { status: 'open', dueOn: '2026-07-01' },
    ],
    [{ status: 'on_hold', line: 'na de zomer', day: '2026-06-05' }, { status: 'on_hold' }],
    [{ status: 'cancelled', line: 'niet meer nodig' }, { status: 'cancelled' }],
    [{ status: 'partly', line: 'half gelukt' }, { status: 'done' }],
  ])('takes the rest with its explanation: %j', async (fields, expected) => {
    const { id } = await mine({});
    expect((await visitor.post(`/mijn-acties/${id}`, fields, '/mijn-acties')).status).toBe(303);
    const { status, dueOn } = await stored(id);
    const day = dueOn instanceof Date ? '2026-07-01' : dueOn;
    expect({ status, ...('dueOn' in expected && { dueOn: day }) }).toEqual(expected);
  });

  it('gives back what is not ours', async () => {
    const { id } = await mine({});
    await visitor.post(`/mijn-acties/${id}`, { status: 'not_ours', line: 'dit is van de boa' }, '/mijn-acties');
    expect(Boolean((await stored(id)).isHandedBack)).toBe(true);
    expect(await visitor.see('/mijn-acties')).toContain('gaat terug naar de voorzitter');
  });

  it.each([
    ['no choice', {}],
    ['an unknown choice', { status: 'weg' }],
    ['a later date that is none', { status: 'later', line: 'x', day: '2026-02-30' }],
    ['on hold without a date', { status: 'on_hold', line: 'x' }],
  ])('refuses %s', async (_, fields) => {
    const { id } = await mine({});
    const { status, text } = await visitor.post(`/mijn-acties/${id}`, fields, '/mijn-acties');
    expect([status, text.includes('Nog niet opgeslagen')]).toEqual([400, true]);
  });

  /** "Later klaar" with a date that is not later: the deadline, the requested date, and the message. */
  const NOT_LATER = [
    ['before the deadline', '2026-06-20', '2026-06-12', 'Deze datum is niet later dan wat nu is afgesproken.'],
    ['of the deadline itself', '2026-06-20', '2026-06-20', 'Deze datum is niet later dan wat nu is afgesproken.'],
    ['that has passed', '2026-05-20', '2026-06-01', 'Deze datum is al voorbij.'],
  ] as const;

  it.each(NOT_LATER)('refuses a later date %s, beside the date', async (_, dueOn, day, words) => {
    const { id, version } = await mine({ dueOn });
    const asked = { status: 'later', line: 'meer tijd nodig', day };
    const { status, text } = await visitor.post(`/mijn-acties/${id}`, asked, '/mijn-acties');
    expect(status).toBe(400);
    expect(text).toContain(`id="dag-fout-${id}">${words}`);
    expect(text).toContain(`value="${day}"`);
    expect(await stored(id)).toMatchObject({ version });
  });

  it('knows nothing of the actions of others', async () => {
    const { id } = await t.make.action();
    const { status, text } = await visitor.post(`/mijn-acties/${id}`, { status: 'done' }, '/mijn-acties');
    expect([status, text.includes('Deze pagina is er niet')]).toEqual([404, true]);
  });

  describe('as a table', () => {
    const save = (fields: Record<string, string>) => visitor.post('/mijn-acties/tabel', fields);

    it('changes many at once with one button', async () => {
      const [one, two, three] = [await mine({}), await mine({}), await mine({})];
      const { headers } = await save({
        [`status-${one.id}`]: 'done',
        [`status-${two.id}`]: 'blocked',
        [`line-${two.id}`]: 'wacht op de gemeente',
        [`status-${three.id}`]: '',
      });
      expect(headers.location).toBe('/mijn-acties/tabel');
      expect(await visitor.see('/mijn-acties/tabel')).toContain('2 acties opgeslagen.');
      const states = [];
      for (const { id } of [one, two, three]) states.push((await stored(id)).status);
      expect(states).toEqual(['done', 'blocked', 'open']);
    });

    it('saves what is right, and shows the rest again with what was filled in', async () => {
      const [one, two] = [await mine({}), await mine({})];
      const { status, text } = await save({
        [`status-${one.id}`]: 'in_progress',
        [`status-${two.id}`]: 'later',
        [`line-${two.id}`]: 'meer tijd "nodig"',
      });
      expect(status).toBe(400);
      expect(text).toContain('1 actie opgeslagen, 1 nog niet.');
      expect(text).toContain(`<a href="#dag-${two.id}">`);
      expect(text).toContain('value="meer tijd &quot;nodig&quot;"');
      expect((await stored(one.id)).status).toBe('in_progress');
    });

    it.each(NOT_LATER)('refuses a later date %s, beside the date', async (_, dueOn, day, words) => {
      const { id, version } = await mine({ dueOn });
      const asked = { [`status-${id}`]: 'later', [`line-${id}`]: 'meer tijd nodig', [`day-${id}`]: day };
      const { status, text } = await save(asked);
      expect(status).toBe(400);
      expect(text).toContain(`<a href="#dag-${id}">${words}`);
      expect(await stored(id)).toMatchObject({ version });
    });

    it('does not overwrite what somebody else changed meanwhile', async () => {
      const { id, version } = await mine({});
      const page = await visitor.see('/mijn-acties/tabel');
      expect(page).toContain(`name="version-${id}" value="${version}"`);
      await visitor.post(`/mijn-acties/${id}`, { status: 'in_progress' }, '/mijn-acties');
      const { status, text } = await save({ [`status-${id}`]: 'done', [`version-${id}`]: String(version) });
      expect([status, text.includes('Iemand anders heeft dit intussen gewijzigd')]).toEqual([400, true]);
      expect((await stored(id)).status).toBe('in_progress');
    });

    it('says so when nothing was filled in', async () => {
      await mine({});
      await save({});
      expect(await visitor.see('/mijn-acties/tabel')).toContain('U hebt niets ingevuld.');
    });
  });

  it('shows what others do for us, as far as we may know it', async () => {
    const meeting = await t.make.meeting(await t.make.root());
    await t.make.invitation(meeting.id, { organisationId: police.id });
    const person = await t.make.person({ organisationId: police.id });
    await t.make.contact(police.id, person.id);
    visitor = await Visitor.of(t, person.id);
    await t.make.action({ title: 'Lamp vervangen', meetingId: meeting.id, requestedById: police.id });
    await t.make.action({ title: 'Buiten ons overleg', requestedById: police.id });
    await t.make.action({ title: 'Door een ander gevraagd', meetingId: meeting.id });
    const over = { meetingId: meeting.id, requestedById: police.id, closedOn: '2026-05-30' };
    await t.make.action({
      ...over,
      title: 'Hek gemaakt',
      status: 'done',
      doneOn: '2026-05-30',
      result: 'Het hek is dicht.',
    });
    await t.make.action({ ...over, title: 'Bank verplaatst', status: 'cancelled', statusReason: 'De bank is weg.' });
    const text = await visitor.see('/mijn-acties/voor-ons');
    expect(text).toContain('Lamp vervangen');
    const [, ended] = text.split('Klaar of vervallen</h2>');
    expect(ended).toMatch(/Bank verplaatst[^]*?vervallen<\/span> De bank is weg\./);
    expect(ended).toMatch(/Hek gemaakt[^]*?gereed<\/span> Het hek is dicht\./);
    expect(ended).not.toContain('Lamp vervangen');
    expect(text).not.toContain('Buiten ons overleg');
    expect(text).not.toContain('Door een ander gevraagd');
  });

  it('leads from what others do for us to each action, and to the next ones of a long list', async () => {
    const organisation = await t.make.organisation({ name: 'Dorpsraad' });
    const meeting = await t.make.meeting(await t.make.root());
    await t.make.invitation(meeting.id, { organisationId: organisation.id });
    const person = await t.make.person({ organisationId: organisation.id });
    await t.make.contact(organisation.id, person.id);
    visitor = await Visitor.of(t, person.id);
    for (let n = 1; n <= 105; n += 1)
      await t.make.action({ title: `Paal ${n}`, meetingId: meeting.id, requestedById: organisation.id });
    const first = await visitor.see('/mijn-acties/voor-ons');
    const [, id] = /<a href="\/acties\/([0-9a-f-]{36})">Paal/.exec(first)!;
    await visitor.see(`/acties/${id}`);
    const second = await visitor.see(/rel="next" href="([^"]+)"/.exec(first)![1].replaceAll('&#x3D;', '='));
    expect((first + second).match(/">Paal \d+</g)).toHaveLength(105);
    expect(second).not.toContain('rel="next"');
  });

  it('leads from the 200 that fit on a page to the list of all', async () => {
    const organisation = await t.make.organisation({ name: 'Buurtbeheer' });
    const meeting = await t.make.meeting(await t.make.root());
    await t.make.invitation(meeting.id, { organisationId: organisation.id });
    visitor = await Visitor.of(t, (await t.make.person({ organisationId: organisation.id })).id);
    for (let n = 1; n <= 203; n += 1)
      await t.make.action({ title: `Hek ${n}`, meetingId: meeting.id, ownerId: organisation.id });
    for (const path of ['/mijn-acties', '/mijn-acties/tabel']) {
      const [, all] = /<a href="([^"]+)">Alle 203 acties</.exec(await visitor.see(path)) ?? [path, 'no link'];
      expect(await visitor.see(all.replaceAll('&#x3D;', '='))).toContain('203 acties');
    }
  });
});
