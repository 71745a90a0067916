import { beforeEach, describe, expect, it } from '@jest/globals';
import { onBothDatabases } from '../support/app.js';
import { type Row, setUpRegisterImports } from './register-imports.setup.js';

onBothDatabases((kind) => {
  const r = setUpRegisterImports(kind);
  const { upload, propose, execute, fill, faults, exported, list, contents } = r;

  describe('in a municipality at work', () => {
    let code: string;
    let organisation: string;
    let address: string;
    let count = 0;
    beforeEach(async () => {
      count += 1;
      code = `W${'ABCDEFGHIJKLMNOPQRSTUVWXYZ'[count]}`;
      const area = await r.t.make.area({ name: `Wijk aan Zee ${code}`, code, inhabitants: { '2025': 10 } });
      organisation = `Habeko ${code}`;
      const { id } = await r.t.make.organisation({ name: organisation, kind: 'housing', aliases: ['HW'] });
      address = `consulent${code.toLowerCase()}@habeko.example`;
      const person = await r.t.make.person({ name: 'consulent', email: address, organisationId: id });
      await r.t.make.contact(id, person.id, area.id);
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

    it('names the one who stops when somebody else answers, and lets that one stop the day before', async () => {
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
      // Only an area can be in the same file as what refers to it.
      const [refusal] = await faults('contacts', 'organisatie;gebied;e-mailadres', `Wie?;XXX;${address}`);
      expect(refusal.slice(0, 2)).toEqual([
        'organisatie: De organisatie "Wie?" is er niet. Voeg haar eerst toe, bij Organisaties.',
        'gebied: Het gebied "XXX" is er niet. Schrijf de code of de naam van een gebied dat er is.',
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
      const { body } = await r.t.api.get(`/v1/register-imports/${id}`).set('Authorization', r.admin).expect(200);
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
      const patch = r.t.api
        .patch(`/v1/areas/${area.id as string}`)
        .set('Authorization', r.admin)
        .set('If-Match', '"1"');
      await patch.send({ name: 'Tussendoor' }).expect(200);
      const { body } = await execute(id).expect(409);
      expect(body).toMatchObject({ code: 'IMPORT_OUTDATED', errors: [{ field: 'rows.3' }] });
      expect(await list(`areas?q=E${code}`)).toEqual([]);
    });

    it('is done once, with what was read last, and only by whoever made it', async () => {
      const { id } = await propose('organisations', ['naam;soort', `Nieuw ${code};anders`]);
      const other = await r.t.make.signedIn('admin');
      await execute(id, other).expect(404);
      await r.t.api.get(`/v1/register-imports/${id}`).set('Authorization', other).expect(404);
      await execute(id, r.admin, 2).expect(412);
      await r.t.api.put(`/v1/register-imports/${id}/execution`).set('Authorization', r.admin).expect(428);
      await execute(id).expect(200);
      expect((await execute(id, r.admin, 2).expect(409)).body.code).toBe('IMPORT_EXECUTED');
    });

    it('lets everybody fill what is theirs by hand, and no more', async () => {
      const [area] = await list(`areas?q=${code}`);
      const [own] = await list(`organisations?q=${organisation}`);
      const chair = await r.t.make.signedIn('chair', area.id as string);
      const member = await r.t.make.person({ organisationId: own.id as string });
      const partner = await r.t.make.token(member.id);
      const reader = await r.t.make.signedIn('reader', area.id as string);
      for (const register of ['areas', 'grants']) {
        await upload(register, 'x', chair).expect(403);
        await r.t.api.get(`/v1/registers/${register}`).set('Authorization', chair).expect(403);
      }
      await upload('organisations', 'x', partner).expect(403);
      await upload('people', 'x', reader).expect(403);
      const elsewhere = await r.t.make.area({ code: `V${code}` });
      await r.t.make.organisation({ name: `Elders ${code}` });
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
      const person = await r.t.make.person();
      const root = (await list('areas?kind=municipality'))[0].id as string;
      const grant = await r.t.make.grant(person.id, 'admin', root);
      const token = await r.t.make.token(person.id);
      const { id } = await propose('areas', ['naam;code', `Later;${code}`], token);
      await r.t.make.grant(person.id, 'chair', root);
      const end = r.t.api.patch(`/v1/grants/${grant.id}`).set('Authorization', r.admin).set('If-Match', '"1"');
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
});
