import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { rows } from '../../src/platform/database/rows.js';
import { REGISTERS, type Register } from '../../src/administration/register-import/register-columns.rules.js';
import { onBothDatabases, startApp, type TestApp } from '../support/app.js';
import { Visitor } from '../support/visitor.js';

interface Row {
  row: number;
  title: string;
  outcome: string;
  changes: { column: string; from: string; to: string }[];
  questions: { column: string | null; message: string }[];
}

onBothDatabases((kind) => {
  let t: TestApp;
  let admin: string;
  beforeAll(async () => {
    t = await startApp(kind, { today: '2026-06-02' });
    await t.make.root();
    admin = await t.make.signedIn('admin');
  });

  const upload = (register: string, body: string | Buffer, who = admin, type = 'text/csv') =>
    t.api
      .post(`/v1/register-imports?register=${register}`)
      .set('Authorization', who)
      .set('Content-Type', type)
      .send(body as never);
  const propose = async (register: Register, lines: string[], who = admin) =>
    (await upload(register, lines.join('\r\n'), who).expect(201)).body as {
      id: string;
      counts: Record<string, number>;
      rows: Row[];
    };
  const execute = (id: string, who = admin, version = 1) =>
    t.api.put(`/v1/register-imports/${id}/execution`).set('Authorization', who).set('If-Match', `"${version}"`);
  const fill = async (register: Register, ...lines: string[]) => {
    const proposed = await propose(register, lines);
    expect(proposed.rows.filter(({ outcome }) => outcome === 'cannot')).toEqual([]);
    await execute(proposed.id).expect(200);
    return proposed;
  };
  const faults = async (register: Register, ...lines: string[]) =>
    (await propose(register, lines)).rows.map(({ questions }) =>
      questions.map(({ column, message }) => `${column}: ${message}`),
    );
  const exported = (register: string, who = admin) =>
    t.api.get(`/v1/registers/${register}`).set('Authorization', who).set('Accept', 'text/csv').expect(200);
  const list = async (path: string) =>
    (await t.api.get(`/v1/${path}`).set('Authorization', admin).expect(200)).body.items as Record<string, unknown>[];
  const contents = async () => {
    const tables = [
      'areas',
      'area_names',
      'area_parents',
      'organisations',
      'people',
      'memberships',
      'contacts',
      'grants',
    ];
    const found: Record<string, unknown> = {};
    for (const table of tables) found[table] = await rows(t.database.reader, `SELECT * FROM "${table}" ORDER BY "id"`);
    return found;
  };

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

  it.each(REGISTERS)('takes %s in unchanged as they went out', async (register) => {
    const [tag, odd] = [register.slice(0, 2).toUpperCase(), { '2024': 7, '2020': 0 }];
    const area = await t.make.area({ name: '=1+1; "x"', code: `Q${tag}`, cbsCode: '0484', inhabitants: odd });
    await t.make.area({ name: '1-2', code: `A${tag}`, parentId: area.id });
    const police = await t.make.organisation({ name: `@Politie ${tag}`, aliases: ['Stichting A, B', "'t Zand"] });
    await t.make.organisation({ name: `Één ${tag}`, aliases: ['cafe', 'brug'] });
    const one = await t.make.person({ name: '+31  wijkagent', organisationId: police.id, isShared: true });
    await t.make.member(one.id, police.id, { fromOn: '1999-01-01', untilOn: '1999-06-30', function: '2026' });
    await t.make.member(one.id, police.id, { fromOn: '1999-09-01', untilOn: '1999-08-31' });
    const gone = await t.make.person({ name: 'wie wegging', active: false, organisationId: police.id });
    await t.make.person({ name: '(naam verwijderd)', email: null, active: false });
    await t.make.contact(police.id, gone.id, area.id, { fromOn: '2001-01-01', untilOn: '2005-12-31' });
    await t.make.contact(police.id, one.id, area.id, { fromOn: '2006-01-01' });
    await t.make.contact(police.id, one.id);
    await t.make.grant(one.id, 'chair', area.id, { fromOn: '2020-01-01', untilOn: '2020-12-31' });
    await t.make.grant(one.id, 'chair', area.id, { fromOn: '2026-01-01' });
    const { text, headers } = await exported(register);
    expect(headers['content-disposition']).toBe(`attachment; filename="${register}-2026-06-02.csv"`);
    expect(text).not.toMatch(/(^|;)"?[=+@]/m);
    // What lies below another area stands after it, so that the file can fill an empty municipality too.
    if (register === 'areas') expect(text.indexOf(`;Q${tag};`)).toBeLessThan(text.indexOf(`;A${tag};`));
    const before = await contents();
    const { body } = await upload(register, text).expect(201);
    expect(body.rows.filter(({ outcome }: Row) => outcome !== 'unchanged')).toEqual([]);
    expect(body.counts.unchanged).toBeGreaterThan(1);
    await execute(body.id).expect(200);
    expect(await contents()).toEqual(before);
    const json = await t.api.get(`/v1/registers/${register}`).set('Authorization', admin).expect(200);
    expect(json.body.rows).toHaveLength(body.counts.unchanged);
  });

  describe('in a municipality at work', () => {
    let code: string;
    let organisation: string;
    let address: string;
    let count = 0;
    beforeEach(async () => {
      count += 1;
      code = `W${'ABCDEFGHIJKLMNOPQRSTUVWXYZ'[count]}`;
      const area = await t.make.area({ name: `Wijk aan Zee ${code}`, code, inhabitants: { '2025': 10 } });
      organisation = `Habeko ${code}`;
      const { id } = await t.make.organisation({ name: organisation, kind: 'housing', aliases: ['HW'] });
      address = `consulent${code.toLowerCase()}@habeko.example`;
      const person = await t.make.person({ name: 'consulent', email: address, organisationId: id });
      await t.make.contact(id, person.id, area.id);
    });

    it('says per row what would change, in order to be read before anything is done', async () => {
      const before = await contents();
      const areas = await propose('areas', ['naam;code;inwoners', `Wijk aan Meer;${code};2026 12`, `Nieuw;N${code};`]);
      expect(areas.rows).toMatchObject([
        {
          ...{ row: 2, title: `Wijk aan Meer, ${code}`, outcome: 'changed' },
          changes: [
            { column: 'naam', from: `Wijk aan Zee ${code}`, to: 'Wijk aan Meer' },
            { column: 'inwoners', from: '2025 10', to: '2025 10, 2026 12' },
          ],
        },
        { outcome: 'cannot', questions: [{ column: 'soort' }] },
      ]);
      const people = await propose('people', [
        'e-mailadres;naam;doet mee;organisatie;functie;tot en met',
        `${address};wie vertrekt;nee;${organisation};consulent;30-6-2026`,
      ]);
      expect(people.rows[0].changes).toEqual([
        { column: 'naam', from: 'consulent', to: 'wie vertrekt' },
        { column: 'doet mee', from: 'ja', to: 'nee' },
        { column: 'functie', from: '', to: 'consulent' },
        { column: 'tot en met', from: '', to: '30-06-2026' },
      ]);
      const organisations = await propose('organisations', ['naam;andere namen', `${organisation};"HW\nH, W"`]);
      expect(organisations.rows[0].changes).toEqual([{ column: 'andere namen', from: 'HW', to: 'HW\nH, W\n' }]);
      expect(await contents()).toEqual(before);
      await execute(people.id).expect(200);
      expect((await list(`people?q=${address}`))[0]).toMatchObject({
        ...{ name: 'wie vertrekt', active: false },
        memberships: [{ function: 'consulent', untilOn: '2026-06-30' }],
      });
    });

    it('names who stops when somebody else answers, and lets that one stop the day before', async () => {
      await fill('people', 'naam;e-mailadres;organisatie', `opvolger;nieuw${address};${organisation}`);
      const { rows: told } = await fill(
        'contacts',
        'organisatie;gebied;e-mailadres;vanaf',
        `${organisation};${code};nieuw${address};1-9-2026`,
      );
      expect(told[0].changes).toContainEqual({ column: 'e-mailadres', from: address, to: `nieuw${address}` });
      const found = await list(
        `contacts?organisation=${(await list(`organisations?q=${organisation}`))[0].id as string}`,
      );
      expect(found.map(({ fromOn, untilOn }) => [fromOn, untilOn])).toEqual([
        ['2026-09-01', null],
        ['2000-01-01', '2026-08-31'],
      ]);
    });

    it('names all that is wrong in all rows at once, beside the row and the column, and does nothing of it', async () => {
      const told = await faults(
        'areas',
        'naam;code;soort;valt onder;cbs-code;inwoners',
        ';zee9;dorp;XXX;12345678901;veel',
        `Kind;KN${code};kern;OU${code};;`,
        `Ouder;OU${code};kern;ALP;;`,
        `Wijk aan Zee ${code};${code};kern;;;`,
        `Nog een gemeente;G${code};gemeente;;;`,
        `Zonder ouder;Z${code};kern;;;`,
      );
      expect(told).toEqual([
        [
          'soort: "dorp" kennen wij niet. Kies uit: gemeente, team, wijk, kern, buurt.',
          'valt onder: Het gebied "XXX" is er niet. Staat het in dit bestand? Dan moet het op een eerdere regel.',
          'inwoners: "veel" is geen jaar met een aantal. Schrijf bijvoorbeeld: 2025 1800, 2026 1810.',
          'naam: Vul een naam in, van hoogstens 200 tekens.',
          'code: Een code bestaat uit twee tot vijf hoofdletters.',
          'cbs-code: Een CBS-code heeft hoogstens tien tekens.',
        ],
        [expect.stringContaining('valt onder: Het gebied "OU')],
        [],
        ['soort: De soort ligt vast: dit is een wijk.'],
        ['soort: Er is al een gemeente.'],
        ['valt onder: Vul in waar dit onder valt. Alleen de gemeente zelf valt nergens onder.'],
      ]);
      const before = await contents();
      const { id } = await propose('people', [
        'naam;e-mailadres;organisatie;functie;vanaf;tot en met;doet mee;gedeelde postbus',
        `goed;goed${address};${organisation};;;;;`,
        'fout;geen adres;Wie?;;31-2-2026;;misschien;',
        `weg;weg${address};${organisation};;;1-1-2020;nee;`,
        `;leeg${address};;baas;;;;`,
        `;${address};${organisation};;1-5-2026;;;`,
      ]);
      const refused = await execute(id).expect(409);
      expect(refused.body).toMatchObject({
        code: 'IMPORT_HAS_FAULTS',
        errors: [3, 4, 5, 6].map((at) => ({ field: `rows.${at}` })),
      });
      expect(await contents()).toEqual(before);
      const { body } = await t.api.get(`/v1/register-imports/${id}`).set('Authorization', admin).expect(200);
      expect(body.rows.map(({ questions }: Row) => questions.map(({ column }) => column))).toEqual([
        [],
        ['doet mee', 'organisatie', 'vanaf', 'e-mailadres'],
        ['doet mee', 'tot en met'],
        ['organisatie', 'naam'],
        ['vanaf'],
      ]);
    });

    it('refuses rows about the same thing, and what rows say differently about one person', async () => {
      const twice = await faults('areas', 'naam;code', `Een;${code}`, `Twee;${code}`);
      expect(twice).toEqual([[], ['null: Dit staat al op regel 2.']]);
      const people = await faults(
        'people',
        'naam;e-mailadres;organisatie',
        `consulent;${address};${organisation}`,
        `iemand anders;${address};`,
        `consulent;${address};${organisation}`,
      );
      expect(people).toEqual([
        [],
        ['naam: Op regel 2 staat iets anders over deze persoon.'],
        ['null: Dit staat al op regel 2.'],
      ]);
      const contacts = `${organisation};${code};${address};`;
      expect(
        await faults('contacts', 'organisatie;gebied;e-mailadres;tot en met', contacts, `${contacts}1-9-2026`),
      ).toEqual([[], ['null: Dit staat al op regel 2.']]);
    });

    it('does nothing when the register was changed meanwhile, and says which row', async () => {
      const { id } = await propose('areas', [
        'naam;code;soort;valt onder',
        `Eerst;E${code};kern;ALP`,
        `Anders;${code};;`,
      ]);
      const [area] = await list(`areas?q=${code}`);
      const patch = t.api
        .patch(`/v1/areas/${area.id as string}`)
        .set('Authorization', admin)
        .set('If-Match', '"1"');
      await patch.send({ name: 'Tussendoor' }).expect(200);
      const { body } = await execute(id).expect(409);
      expect(body).toMatchObject({ code: 'IMPORT_OUTDATED', errors: [{ field: 'rows.3' }] });
      expect(await list(`areas?q=E${code}`)).toEqual([]);
    });

    it('is done once, with what was read last, and only by who made it', async () => {
      const { id } = await propose('organisations', ['naam;soort', `Nieuw ${code};anders`]);
      const other = await t.make.signedIn('admin');
      await execute(id, other).expect(404);
      await t.api.get(`/v1/register-imports/${id}`).set('Authorization', other).expect(404);
      await execute(id, admin, 2).expect(412);
      await t.api.put(`/v1/register-imports/${id}/execution`).set('Authorization', admin).expect(428);
      await execute(id).expect(200);
      expect((await execute(id, admin, 2).expect(409)).body.code).toBe('IMPORT_EXECUTED');
    });

    it('lets everybody fill what is theirs by hand, and no more', async () => {
      const [area] = await list(`areas?q=${code}`);
      const [own] = await list(`organisations?q=${organisation}`);
      const chair = await t.make.signedIn('chair', area.id as string);
      const member = await t.make.person({ organisationId: own.id as string });
      const partner = await t.make.token(member.id);
      const reader = await t.make.signedIn('reader', area.id as string);
      for (const register of ['areas', 'grants']) {
        await upload(register, 'x', chair).expect(403);
        await t.api.get(`/v1/registers/${register}`).set('Authorization', chair).expect(403);
      }
      await upload('organisations', 'x', partner).expect(403);
      await upload('people', 'x', reader).expect(403);
      const elsewhere = await t.make.area({ code: `V${code}` });
      await t.make.organisation({ name: `Elders ${code}` });
      const lines = (at: string) => ['organisatie;gebied;e-mailadres', `Elders ${code};${at};${address}`];
      expect((await propose('contacts', lines(code), chair)).rows[0].outcome).toBe('new');
      expect((await propose('contacts', lines(elsewhere.code), chair)).rows[0].questions).toEqual([
        { column: null, message: 'U mag dit niet wijzigen.' },
      ]);
      const people = [
        'naam;e-mailadres;organisatie',
        `collega;c${address};${organisation}`,
        `x;x${address};Elders ${code}`,
      ];
      expect((await propose('people', people, partner)).rows.map(({ outcome }) => outcome)).toEqual(['new', 'cannot']);
      const { text } = await exported('people', partner);
      expect(text).toContain(address);
      expect(text.trim().split('\r\n')).toHaveLength(3);
    });

    it('asks for the right again when it is done', async () => {
      const person = await t.make.person();
      const root = (await list('areas?kind=municipality'))[0].id as string;
      const grant = await t.make.grant(person.id, 'admin', root);
      const token = await t.make.token(person.id);
      const { id } = await propose('areas', ['naam;code', `Later;${code}`], token);
      await t.make.grant(person.id, 'chair', root);
      const end = t.api.patch(`/v1/grants/${grant.id}`).set('Authorization', admin).set('If-Match', '"1"');
      await end.send({ untilOn: '2026-06-01' }).expect(200);
      await execute(id, token).expect(403);
    });

    it('reads the file that a Dutch Excel writes, old and new, and says what it did not read', async () => {
      const lines = `Registers van de gemeente;;\r\nNaam;SOORT;Opmerking\r\n"Caf\u00e9 ""'t Zand"" ${code}";bewoners;x`;
      const old = (await upload('organisations', Buffer.from(lines, 'latin1')).expect(201)).body;
      expect(old).toMatchObject({ format: 'csv', encoding: 'windows-1252', unknownColumns: ['Opmerking'] });
      expect(old.rows).toMatchObject([{ row: 3, title: `Café "'t Zand" ${code}`, outcome: 'new' }]);
      expect((await upload('organisations', `\ufeff${lines}`).expect(201)).body.encoding).toBe('utf-8');
      const english = ['e-mailadres;organisatie;vanaf', `${address};${organisation};6/15/2030`];
      expect((await propose('people', english)).rows[0].questions).toMatchObject([{ column: 'vanaf' }]);
    });

    it('keeps what looks like a formula as words', async () => {
      const name = `=HYPERLINK("http://x.example") ${code}`;
      await fill('organisations', 'naam;soort', `"'${name.replaceAll('"', '""')}";anders`);
      expect(await list(`organisations?q=HYPERLINK`)).toContainEqual(expect.objectContaining({ name }));
    });
  });

  it('gives a clear answer to what is no such table, to too much and to another type', async () => {
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
    await upload('areas', '{}', admin, 'application/json').expect(415);
    await t.api.get('/v1/registers/nothing').set('Authorization', admin).expect(404);
    await t.api.get('/v1/registers/areas').set('Authorization', admin).set('Accept', 'image/png').expect(406);
  });

  describe('on pages', () => {
    let visitor: Visitor;
    beforeAll(async () => {
      const person = await t.make.person({ name: 'beheerder' });
      await t.make.grant(person.id, 'admin', await t.make.root());
      visitor = await Visitor.of(t, person.id);
    });
    const send = async (path: string, content: string, who = visitor) => {
      const csrf = /name="_csrf" value="([^"]+)"/.exec(await who.see('/account'))![1];
      const request = t.api.post(path).set('Accept', 'text/html').set('Cookie', who.cookies).field('_csrf', csrf);
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

    it('says beside the field what is wrong with a file, and is for who may fill that register', async () => {
      const path = '/beheer/vullen/gebieden';
      expect((await send(path, '')).text).toContain('id="bestand-fout">Kies een bestand');
      const odd = await send(path, 'onzin\nzonder kolommen\n');
      expect([odd.status, odd.text.includes('Begin met het lege bestand')]).toEqual([400, true]);
      const adviser = await t.make.person();
      await t.make.grant(adviser.id, 'chair', (await t.make.area()).id);
      const chair = await Visitor.of(t, adviser.id);
      const offered = await chair.see('/beheer/vullen');
      expect([offered.includes('vullen/mensen'), offered.includes('vullen/gebieden')]).toEqual([true, false]);
      for (const page of ['', '/nu.csv', '/leeg.csv']) await chair.see(path + page, 403);
      expect((await send(path, 'naam;code\n', chair)).status).toBe(403);
      await visitor.see('/beheer/vullen/niets', 404);
    });
  });
});
