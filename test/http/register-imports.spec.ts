import { beforeAll, describe, expect, it } from '@jest/globals';
import {
  REGISTER_LAYOUTS,
  REGISTERS,
  type Register,
} from '../../src/administration/register-import/register-columns.rules.js';
import { onBothDatabases } from '../support/app.js';
import { Visitor } from '../support/visitor.js';
import { type Row, setUpRegisterImports } from './register-imports.setup.js';

onBothDatabases((kind) => {
  const r = setUpRegisterImports(kind);
  const { upload, propose, execute, exported, list, contents } = r;

  it('fills an empty municipality, each row leaning on earlier ones, and changes nothing the second time', async () => {
    const files: [Register, string[]][] = [
      [
        'areas',
        [
          'naam;code;soort;valt onder;cbs-code;inwoners',
          'Boskoop en Zwammerdam;BZW;team;ALP;;',
          'Boskoop;bos;Kern;BZW;WK048403;2025: 15.200, 2026 15 310',
          'Snijdelwijk;SNY;buurt;boskoop;;',
        ],
      ],
      [
        'organisations',
        ['naam;soort;andere namen', 'Politie;politie;"wijkpolitie, agent"', 'Afdeling Groen;gemeente;'],
      ],
      [
        'people',
        [
          'naam;e-mailadres;gedeelde postbus;organisatie;functie;vanaf;tot en met',
          'wijkagent Boskoop;Wijkagent@Politie.example;nee;agent;wijkagent;1-1-2026;31-12-2027',
          ';wijkagent@politie.example;;Afdeling groen;boa;;',
          'secretariaat Groen;groen@gemeente.example;ja;Afdeling Groen;;;',
        ],
      ],
      [
        'contacts',
        [
          'organisatie;gebied;e-mailadres;vanaf;tot en met',
          'politie;BOS;wijkagent@politie.example;;',
          'Afdeling Groen;;groen@gemeente.example;1-7-2026;',
        ],
      ],
      ['grants', ['e-mailadres;rol;gebied;vanaf;tot en met', 'wijkagent@politie.example;Lezer;Boskoop;;31-12-2026']],
    ];
    for (const [register, lines] of files) {
      const before = await contents();
      const { counts, id, rows: told } = await propose(register, lines);
      expect(told.map(({ questions }) => questions).flat()).toEqual([]);
      expect(await contents()).toEqual(before);
      const done = await execute(id).expect(200);
      expect(done.body).toMatchObject({ state: 'executed', version: 2, counts });
    }
    const [boskoop] = await list('areas?q=Boskoop&kind=kern');
    const [team] = await list('areas?q=BZW');
    expect(boskoop).toMatchObject({
      ...{ code: 'BOS', parentId: team.id, cbsCode: 'WK048403', inhabitants: { '2025': 15200, '2026': 15310 } },
    });
    expect((await list('areas?q=SNY'))[0]).toMatchObject({ parentId: boskoop.id });
    expect(await list('people?q=wijkagent@')).toMatchObject([
      {
        name: 'wijkagent Boskoop',
        memberships: [
          { organisationName: 'Politie', function: 'wijkagent', fromOn: '2026-01-01', untilOn: '2027-12-31' },
          { organisationName: 'Afdeling Groen', function: 'boa', fromOn: '2026-06-02', untilOn: null },
        ],
      },
    ]);
    expect(await list(`contacts?area=${boskoop.id as string}`)).toMatchObject([
      { organisationName: 'Politie', personName: 'wijkagent Boskoop', fromOn: '2026-06-02' },
    ]);
    expect(await list(`grants?area=${boskoop.id as string}`)).toMatchObject([
      { role: 'reader', untilOn: '2026-12-31' },
    ]);
    const operations = (await list('audit-entries?pageSize=200')).map(({ operation }) => operation);
    for (const [operation, times] of Object.entries({
      'area.created': 3,
      'person.created': 2,
      'membership.created': 3,
    }))
      expect([operation, operations.filter((one) => one === operation).length]).toEqual([operation, times]);
    for (const operation of ['organisation.created', 'contact.created', 'grant.created', 'register_import.executed'])
      expect(operations).toContain(operation);
    const after = await contents();
    for (const [register, lines] of files) {
      const again = await propose(register, lines);
      expect([register, again.counts]).toEqual([
        register,
        { new: 0, changed: 0, unchanged: lines.length - 1, cannot: 0 },
      ]);
      await execute(again.id).expect(200);
    }
    expect(await contents()).toEqual(after);
  });

  // Those of the leefbaarheidsbudget belong to the chair: see budget-tables.spec.
  it.each(REGISTERS.filter((one) => REGISTER_LAYOUTS[one].permission !== 'budgets.write'))(
    'takes %s in unchanged as they went out',
    async (register) => {
      const address = { contactEmail: 'boskoop@gemeente.example' };
      const [tag, odd] = [register.slice(0, 2).toUpperCase(), { '2024': 7, '2020': 0 }];
      const area = await r.t.make.area({
        name: '=1+1; "x"',
        code: `Q${tag}`,
        cbsCode: '0484',
        inhabitants: odd,
        ...address,
      });
      await r.t.make.area({ name: '1-2', code: `A${tag}`, parentId: area.id });
      const police = await r.t.make.organisation({ name: `@Politie ${tag}`, aliases: ['Stichting A, B', "'t Zand"] });
      await r.t.make.organisation({ name: `Één ${tag}`, aliases: ['cafe', 'brug'] });
      const one = await r.t.make.person({ name: '+31  wijkagent', organisationId: police.id, isShared: true });
      await r.t.make.member(one.id, police.id, { fromOn: '1999-01-01', untilOn: '1999-06-30', function: '2026' });
      await r.t.make.member(one.id, police.id, { fromOn: '1999-09-01', untilOn: '1999-08-31' });
      const gone = await r.t.make.person({ name: 'wie wegging', active: false, organisationId: police.id });
      await r.t.make.person({ name: '(naam verwijderd)', email: null, active: false });
      await r.t.make.contact(police.id, gone.id, area.id, { fromOn: '2001-01-01', untilOn: '2005-12-31' });
      await r.t.make.contact(police.id, one.id, area.id, { fromOn: '2006-01-01' });
      await r.t.make.contact(police.id, one.id);
      await r.t.make.grant(one.id, 'chair', area.id, { fromOn: '2020-01-01', untilOn: '2020-12-31' });
      await r.t.make.grant(one.id, 'chair', area.id, { fromOn: '2026-01-01' });
      const { text, headers } = await exported(register);
      expect(headers['content-disposition']).toBe(`attachment; filename="${register}-2026-06-02.csv"`);
      expect(text).not.toMatch(/(^|;)"?[=+@]/m);
      // An area comes after its parent, so that the file can also fill an empty municipality.
      if (register === 'areas') expect(text.indexOf(`;Q${tag};`)).toBeLessThan(text.indexOf(`;A${tag};`));
      const before = await contents();
      const { body } = await upload(register, text).expect(201);
      expect(body.rows.filter(({ outcome }: Row) => outcome !== 'unchanged')).toEqual([]);
      expect(body.counts.unchanged).toBeGreaterThan(1);
      await execute(body.id).expect(200);
      expect(await contents()).toEqual(before);
      const json = await r.t.api.get(`/v1/registers/${register}`).set('Authorization', r.admin).expect(200);
      expect(json.body.rows).toHaveLength(body.counts.unchanged);
    },
  );

  it('gives a clear answer to a file that is no such table, is too large or has another type', async () => {
    const message = async (register: string, body: string) =>
      (await upload(register, body).expect(400)).body.errors.map((one: { message: string }) => one.message).join();
    expect(await message('areas', 'naam;plaats\nx;y')).toContain('"naam" en "code"');
    expect(await message('people', '')).toContain('leeg');
    expect(await message('organisations', 'naam;naam\nx;y')).toContain('één keer');
    expect(await message('organisations', `naam\n${'x\n'.repeat(2001)}`)).toContain('hoogstens 2000');
    expect(await message('nothing', 'naam\nx')).toContain('register must be one of');
    const many = Array.from({ length: 501 }, (_, n) => `Vereniging ${n};bewoners`);
    if (kind === 'sqlite')
      expect(await message('organisations', `naam;soort\n${many.join('\n')}`)).toContain('500 regels');
    await upload('areas', 'x'.repeat(5 * 1024 * 1024 + 1)).expect(413);
    await upload('areas', '{}', r.admin, 'application/json').expect(415);
    await r.t.api.get('/v1/registers/nothing').set('Authorization', r.admin).expect(404);
    await r.t.api.get('/v1/registers/areas').set('Authorization', r.admin).set('Accept', 'image/png').expect(406);
  });

  describe('on pages', () => {
    let visitor: Visitor;
    beforeAll(async () => {
      const person = await r.t.make.person({ name: 'beheerder' });
      await r.t.make.grant(person.id, 'admin', await r.t.make.root());
      visitor = await Visitor.of(r.t, person.id);
    });
    const send = async (path: string, content: string, who = visitor) => {
      const csrf = /name="_csrf" value="([^"]+)"/.exec(await who.see('/account'))![1];
      const request = r.t.api.post(path).set('Accept', 'text/html').set('Cookie', who.cookies).field('_csrf', csrf);
      return request.attach('bestand', Buffer.from(content), 'bestand.csv');
    };

    it('leads from Beheer to an empty file, what each row would do, and one button', async () => {
      expect(await visitor.see('/beheer')).toContain('href="/beheer/vullen"');
      expect(await visitor.see('/beheer/vullen')).toContain('href="/beheer/vullen/organisaties"');
      expect(await visitor.see('/beheer/organisaties')).toContain('href="/beheer/vullen/organisaties"');
      const path = '/beheer/vullen/organisaties';
      expect(await visitor.see(path)).toMatch(/leeg\.csv[^]*Deze kolom moet er zijn/);
      expect(await visitor.see(`${path}/leeg.csv`)).toBe('\ufeffnaam;soort;andere namen\r\n');
      const now = await visitor.see(`${path}/nu.csv`);
      const sent = await send(path, `${now}<b>Dorpshuis</b>;bewoners;\r\n`);
      expect(sent.status).toBe(303);
      const preview = await visitor.see(sent.headers.location);
      for (const words of ['Er is nog niets opgeslagen', '1 wordt toegevoegd', 'staat er al', '&lt;b&gt;Dorpshuis'])
        expect(preview).toContain(words);
      expect(await visitor.see('/beheer/organisaties?q=Dorpshuis')).toContain('Geen organisatie gevonden');
      const version = /name="version" value="(\d+)"/.exec(preview)![1];
      const done = await visitor.post(sent.headers.location, { version });
      expect([done.status, done.headers.location]).toEqual([303, '/beheer/organisaties']);
      expect(await visitor.see('/beheer/organisaties?q=Dorpshuis')).toMatch(
        /Ingevoerd: 1 toegevoegd, 0 gewijzigd[^]*Dorpshuis/,
      );
      expect((await visitor.post(sent.headers.location, { version }, '/account')).text).toContain('al ingevoerd');
      const again = await send(path, `${now}<b>Dorpshuis</b>;bewoners;\r\n`);
      expect(await visitor.see(again.headers.location)).toContain('Alles staat er al.');
    });

    it('offers no button when a row cannot, and says in words what is wrong with it', async () => {
      const sent = await send('/beheer/vullen/gebieden', 'naam;code;soort\nDorp;D1;dorp\n');
      const preview = await visitor.see(sent.headers.location);
      expect(preview).toMatch(/1 kan niet[^]*kies het opnieuw[^]*kan niet<[^]*soort: &quot;dorp&quot; kennen wij niet/);
      expect(preview).not.toMatch(/Voer \d+ regel/);
      expect((await visitor.post(sent.headers.location, { version: '1' }, '/account')).text).toContain('kunnen niet');
    });

    it('shows beside the field what is wrong with a file, and is open to those who may fill that register', async () => {
      const path = '/beheer/vullen/gebieden';
      expect((await send(path, '')).text).toContain('id="bestand-fout">Kies een bestand');
      const odd = await send(path, 'onzin\nzonder kolommen\n');
      expect([odd.status, odd.text.includes('Begin met het lege bestand')]).toEqual([400, true]);
      const adviser = await r.t.make.person();
      await r.t.make.grant(adviser.id, 'chair', (await r.t.make.area()).id);
      const chair = await Visitor.of(r.t, adviser.id);
      const offered = await chair.see('/beheer/vullen');
      expect([offered.includes('vullen/mensen'), offered.includes('vullen/gebieden')]).toEqual([true, false]);
      for (const page of ['', '/nu.csv', '/leeg.csv']) await chair.see(path + page, 403);
      expect((await send(path, 'naam;code\n', chair)).status).toBe(403);
      await visitor.see('/beheer/vullen/niets', 404);
    });
  });
});
