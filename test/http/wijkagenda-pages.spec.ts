import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Area } from '../../src/directory/areas/area.entity.js';
import { Goal } from '../../src/goals/goal.entity.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import type { Organisation } from '../../src/directory/organisations/organisation.entity.js';
import { onBothDatabases, startApp, type TestApp } from '../support/app.js';
import { Visitor } from '../support/visitor.js';

onBothDatabases((kind) => {
  let t: TestApp;
  let area: Area;
  let police: Organisation;
  let chair: Visitor;
  let partner: Visitor;
  let outsider: Visitor;
  beforeAll(async () => {
    t = await startApp(kind, { today: '2026-06-02' });
    area = await t.make.area({ name: 'Boskoop', code: 'BOS', kind: 'kern' });
    police = await t.make.organisation({ name: 'Politie', kind: 'police' });
    const adviser = await t.make.person({ name: 'gebiedsadviseur Boskoop' });
    await t.make.grant(adviser.id, 'chair', area.id);
    const agent = await t.make.person({ name: 'wijkagent Boskoop', organisationId: police.id });
    await t.make.contact(police.id, agent.id, area.id);
    await t.make.invitation((await t.make.meeting(area.id)).id, { organisationId: police.id });
    const other = await t.make.person({ name: 'gebiedsadviseur elders' });
    await t.make.grant(other.id, 'chair', (await t.make.area({ name: 'Zwammerdam' })).id);
    [chair, partner, outsider] = await Promise.all([adviser, agent, other].map(({ id }) => Visitor.of(t, id)));
  });
  const versionOn = (text: string): string => /name="version" value="(\d+)"/.exec(text)![1];
  const made = async (path: string, fields: Record<string, string>): Promise<string> => {
    const { status, headers, text } = await chair.post(path, fields);
    if (status !== 303) throw new Error(`${status} ${text.slice(text.indexOf('<main'), 3000)}`);
    return headers.location;
  };
  const goal = (fields = {}) =>
    made('/doelen/nieuw', {
      areaId: area.id,
      title: 'Veiliger uitgaan',
      kind: 'result',
      courseKind: 'line',
      ...fields,
    });
  const SMART = {
    ...{
      description: 'Extra rondes op vrijdag.',
      endResult: 'Minder meldingen.',
      indicator: 'meldingen',
      unit: 'aantal',
    },
    ...{ baseline: '40', baselineOn: '2026-01-01', target: '20,5', direction: 'down', source: 'politie' },
    ...{ framework: 'Kadernota', startsOn: '2026-01-01', endsOn: '2026-12-31' },
  };

  describe('a goal', () => {
    it('starts as a direction, and says what is missing when it is made active too early', async () => {
      const path = await goal();
      const page = await chair.see(path);
      expect(page).toContain('richting, nog niet meetbaar');
      expect(page).toMatch(/<li class="not-yet"><span class="letter">S</);
      expect(page).not.toContain('Doel actief maken');
      expect(page).toMatch(new RegExp(`primary-action" href="${path}/wijzigen">Aanvullen wat nodig is<`));
      const version = versionOn(await chair.see(`${path}/wijzigen`));
      const refused = await chair.post(`${path}/actief`, { version }, path);
      expect([refused.status, refused.text.includes('Dit doel is nog niet SMART.')]).toEqual([409, true]);
      expect(await chair.see(path)).toContain('richting, nog niet meetbaar');
    });

    it('is written part by part: each letter folded, with how much of it is there, and open where something is wrong', async () => {
      const fresh = await chair.see('/doelen/nieuw');
      expect(fresh.match(/<details class="form-fold"><summary>[^<]*\(nog leeg\)/g)).toHaveLength(6);
      const path = await goal(SMART);
      expect(await chair.see(`${path}/wijzigen`)).toContain('Meetbaar: waaraan u het ziet (7 van 8 ingevuld)');
      const bare = { areaId: area.id, title: 'Rustig', kind: 'result', courseKind: 'line' };
      const { text } = await chair.post('/doelen/nieuw', { ...bare, target: 'veel' }, '/doelen/nieuw');
      const open = text.match(/<details class="form-fold" open><summary>[^(]*/g);
      expect(open).toEqual(['<details class="form-fold" open><summary>Meetbaar: waaraan u het ziet ']);
    });

    it('runs from SMART to agreed, active, measured, steered and judged', async () => {
      const path = await goal(SMART);
      expect(await chair.see(path)).toMatch(
        /primary-action" href="#instemmen">Vastleggen wie instemt<[^]*<h2 id="instemmen"/,
      );
      expect((await partner.post(`${path}/instemming`, { agrees: 'ja' }, path)).status).toBe(303);
      const page = await chair.see(path);
      expect(page).toMatch(/Politie[^]*stemt in/);
      expect(page).toMatch(/Doel actief maken/);
      expect((await chair.post(`${path}/actief`, { version: versionOn(page) }, path)).status).toBe(303);
      const wrong = await chair.post(`${path}/meting`, { measuredOn: '2026-06-01', value: 'veel', source: 'x' }, path);
      expect(wrong.status).toBe(400);
      expect(wrong.text).toMatch(/href="#meting-value"[^]*value="veel"/);
      await chair.post(`${path}/meting`, { measuredOn: '2026-06-01', value: '38,5', source: 'politie' }, path);
      expect(await partner.see(path)).toContain('>38,5<');
      expect(await partner.see(path)).toContain('grijs: nog geen koers bepaald');
      const bare = await chair.post(`${path}/koers`, { course: 'red' }, path);
      expect(bare.status).toBe(400);
      for (const field of ['cause', 'consequence', 'measure']) expect(bare.text).toContain(`id="koers-${field}-fout"`);
      const why = { cause: 'te weinig mensen', consequence: 'minder rondes', measure: 'inhuren' };
      expect((await chair.post(`${path}/koers`, { course: 'red', ...why }, path)).status).toBe(303);
      expect(await partner.see(path)).toMatch(/light-red" aria-hidden="true">R<\/span> Niet op koers/);
      await partner.post(`${path}/oordeel`, { judgement: 'partly', comment: 'half' }, path);
      await partner.post(`${path}/regel`, { text: 'Wij rijden extra rondes.' }, path);
      expect(await chair.see(path)).toMatch(/deels gelukt[^]*half[^]*Wij rijden extra rondes\./);
    });

    it('lets the chair record what a party answered, and go on changing the draft until then', async () => {
      await t.make.organisation({ name: 'Trifolium', kind: 'housing' });
      const path = await goal({ ...SMART, title: 'Nog te bespreken' });
      const page = await chair.see(path);
      expect(page).toContain(`href="${path}/wijzigen">Doel wijzigen<`);
      const answer = /<form[^>]*\/instemming"[^]*?<\/form>/.exec(page)![0];
      expect(answer).toContain(`<option value="${police.id}">Politie</option>`);
      expect(answer).not.toContain('Trifolium');
      const said = { organisationId: police.id, agrees: 'ja' };
      expect((await chair.post(`${path}/instemming`, said, path)).status).toBe(303);
      expect(await chair.see(path)).toMatch(/Politie[^]*stemt in[^]*Antwoord vastleggen/);
      expect(await partner.see(path)).toContain('Stemt uw organisatie in met dit doel?');
    });

    it('leads to a new action for it', async () => {
      const path = await goal({ ...SMART, title: 'Met een actie' });
      const href = /href="([^"]+)">Actie toevoegen</.exec(await chair.see(path))![1].replaceAll('&#x3D;', '=');
      expect(await chair.see(href)).toContain(`<option value="${path.split('/').pop()}" selected>Met een actie<`);
      expect(await partner.see(path)).not.toContain('Actie toevoegen');
    });

    it('folds what is older than the last five measurements', async () => {
      const path = await goal({ ...SMART, title: 'Vaak gemeten' });
      for (const day of ['08', '15', '22', '29'])
        await chair.post(`${path}/meting`, { measuredOn: `2026-04-${day}`, value: day, source: 'politie' }, path);
      await chair.post(`${path}/meting`, { measuredOn: '2026-05-06', value: '31', source: 'politie' }, path);
      expect(await chair.see(path)).not.toContain('van eerder');
      await chair.post(`${path}/meting`, { measuredOn: '2026-05-13', value: '32', source: 'politie' }, path);
      expect(await chair.see(path)).toMatch(
        />15<[^]*<details><summary>Nog 2 van eerder<[^]*>8<[^]*>nulmeting<[^]*<\/details>/,
      );
    });

    it('shows its way as a line with a sentence and a table, its actions, and who measured and decided', async () => {
      const path = await goal({ ...SMART, title: 'Minder meldingen' });
      await partner.post(`${path}/instemming`, { agrees: 'ja' }, path);
      await chair.post(`${path}/actief`, { version: versionOn(await chair.see(path)) }, path);
      expect(await chair.see(path)).toMatch(/grijs: niet gemeten[^]*Er is nog niet gemeten/);
      await chair.post(`${path}/meting`, { measuredOn: '2026-04-01', value: '35', source: 'politie' }, path);
      await chair.post(`${path}/koers`, { course: 'green' }, path);
      const serving = { areaId: area.id, goalId: path.split('/').pop()!, ownerId: police.id, recordedOn: '2026-03-01' };
      await t.make.action({ ...serving, number: 'BOS-71', title: 'Extra fietsronde', dueOn: '2026-05-30' });
      await t.make.action({ ...serving, number: 'BOS-72', title: 'Brief', status: 'done', doneOn: '2026-05-01' });
      const text = await chair.see(path);
      expect(text).toContain('Van 40 naar 35 op woensdag 1 april 2026; op de rechte lijn was dat 35,2.');
      expect(text).toMatch(/<svg [^>]*role="img"[^]*<polyline/);
      expect(text).toMatch(/data-label="Op de rechte lijn">35,2<[^]*data-label="Door">(?:<[^>]*>)?gebiedsadviseur/);
      expect(text).toMatch(/Koers bepaald<\/dt><dd>dinsdag 2 juni 2026 door gebiedsadviseur/);
      expect(text).toMatch(/1 open \(1 te laat\), 1 gereed of vervallen\.[^]*BOS-71[^]*3 dagen te laat/);
      expect(text).toContain(
        '<time datetime="2026-05-30" title="zaterdag 30 mei 2026">za 30 mei</time>, 3 dagen te laat',
      );
      expect(text).toContain('<time datetime="2026-04-01" title="woensdag 1 april 2026">wo 1 apr</time>');
      expect(text).not.toContain('BOS-72');
      const all = /href="([^"]+)">Alle acties bij dit doel/
        .exec(text)![1]
        .replaceAll('&#x3D;', '=')
        .replaceAll('&amp;', '&');
      expect(await chair.see(all)).toMatch(/BOS-7[12][^]*BOS-7[12]/);
    });

    it('asks why of whoever does not agree, and keeps what was chosen', async () => {
      const path = await goal();
      const { status, text } = await partner.post(`${path}/instemming`, { agrees: 'nee' }, path);
      expect([status, text.includes('id="instemming-comment-fout"')]).toEqual([400, true]);
      expect(text).toContain('<option value="nee" selected>');
    });

    it('has no forms for whoever may not write, and is not there for other areas', async () => {
      const path = await goal();
      expect(await partner.see(path)).not.toMatch(/Meting opslaan|Doel actief maken/);
      expect((await partner.post(`${path}/meting`, {}, path)).status).toBe(403);
      await outsider.see(path, 404);
    });
  });

  describe('a wijkagenda', () => {
    it('is begun once a year, filled with goals, and seen by the partners', async () => {
      const fields = { areaId: area.id, year: '2026', introduction: 'Samen.', themes: 'veiligheid\nparticipatie' };
      const path = await made('/wijkagenda/nieuw', fields);
      const again = await chair.post('/wijkagenda/nieuw', fields);
      expect([again.status, again.text.includes('al een wijkagenda voor dat jaar')]).toEqual([409, true]);
      await t.make.action({
        areaId: area.id,
        ownerId: police.id,
        title: 'Extra ronde',
        theme: 'veiligheid',
        recordedOn: '2026-05-01',
      });
      const goalId = (await goal({ title: 'Rustig plein' })).split('/').pop()!;
      const version = versionOn(await chair.see(path));
      const placed = await chair.post(`${path}/doelen`, { version, goal: goalId, public: goalId }, path);
      expect(placed.status).toBe(303);
      const page = await partner.see(path);
      expect(page).toMatch(/Rustig plein[^]*richting, nog niet meetbaar[^]*Veiligheid[^]*Extra ronde/);
      expect(page).not.toContain('Publiceren');
      const file = /href="([^"]+wijkagenda\.pdf)"/.exec(page)![1];
      const { status, headers } = await t.api.get(file).set('Cookie', partner.cookies);
      expect([status, headers['content-type']]).toEqual([200, 'application/pdf']);
      await outsider.see(file, 404);
      const late = await chair.post(`${path}/doelen`, { version, goal: goalId }, path);
      expect(late.status).toBe(412);
      await outsider.see(path, 404);
    });

    it('offers a goal that was made from its page, ticked, for one press', async () => {
      const path = await made('/wijkagenda/nieuw', { areaId: area.id, year: '2031', themes: 'veilig' });
      const [, query] = /href="\/doelen\/nieuw\?([^"]+)"/.exec(await chair.see(path))!;
      const fresh = await chair.see(`/doelen/nieuw?${query.replaceAll('&amp;', '&')}`);
      expect(fresh).toContain(`name="wijkagenda" value="${path.split('/').pop()}"`);
      const asked = await goal({ title: 'Groene pleinen', wijkagenda: path.split('/').pop() });
      const [, goalId] = /\?doel=([^#]+)#welke-doelen$/.exec(asked)!;
      const page = await chair.see(asked.split('#')[0]);
      expect(page).toContain('Opgeslagen: Groene pleinen. Druk op Doelen opslaan');
      expect(page).toMatch(new RegExp(`id="welke-doelen" open>[^]*value="${goalId}" id="doel-${goalId}" checked`));
    });

    it('offers the goals there are at once, those that go on first, each with the reason', async () => {
      const active = async (title: string, endsOn: string) => {
        const path = await goal({ ...SMART, title, endsOn });
        const id = path.split('/').pop()!;
        await t.app.get(Transactions).run((manager) => manager.update(Goal, id, { state: 'active' }));
        return path;
      };
      const reached = await active('Al gehaald', '2026-05-01');
      await chair.post(`${reached}/meting`, { measuredOn: '2026-05-01', value: '20', source: 'politie' }, reached);
      await active('Over de jaargrens', '2029-06-30');
      const begun = await made('/wijkagenda/nieuw', { areaId: area.id, year: '2029', themes: 'veilig' });
      const page = await chair.see(begun);
      expect(page).toContain('Vink hieronder aan welke doelen erop staan, of voeg een doel toe.');
      expect(page).toMatch(/id="welke-doelen" open>[^]*jaargrens[^]*?Loopt door\.[^]*Streefwaarde gehaald\./);
    });

    it('names what is missing beside the fields', async () => {
      const { status, text } = await chair.post('/wijkagenda/nieuw', { year: 'ooit', themes: '' });
      expect(status).toBe(400);
      for (const id of ['areaId', 'year', 'themes']) expect(text).toContain(`id="${id}-fout"`);
    });
  });

  describe('the koersoverzicht', () => {
    it('shows areas with their figures, and is mailed to whoever asks', async () => {
      expect(await chair.see('/koersoverzicht')).toMatch(/Te laat[^]*Boskoop/);
      expect((await chair.post('/koersoverzicht/mail', { area: area.id }, '/koersoverzicht')).status).toBe(303);
      const page = await chair.see('/koersoverzicht');
      expect(page).toContain('U krijgt dit overzicht elke maand per mail.');
      await chair.post('/koersoverzicht/mail/einde', { version: versionOn(page) }, '/koersoverzicht');
      expect(await chair.see('/koersoverzicht')).toContain('Mail mij dit elke maand');
    });
  });

  describe('opgaven', () => {
    it('say what to do when there is none, and answer 404 for an unknown one', async () => {
      expect(await partner.see('/opgaven')).toContain('Er zijn nog geen opgaven.');
      await partner.see('/opgaven/019300a0-0000-7000-8000-000000000999', 404);
    });

    it('are entered by a chair with a lead and departments, and changed', async () => {
      const [society, space] = [
        await t.make.organisation({ name: 'Maatschappelijke ontwikkeling', kind: 'municipality' }),
        await t.make.organisation({ name: 'Beheer openbare ruimte', kind: 'municipality' }),
      ];
      await t.make.person({ name: 'wethouder jeugd', email: 'wethouder@gemeente.example' });
      const fields = {
        ...{ areaId: area.id, title: 'Jongeren met een plek', origin: 'Coalitieakkoord' },
        ...{ bestuurderId: 'wethouder@gemeente.example', procesregisseurId: 'wethouder@gemeente.example' },
        'departments.0.organisationId': society.id,
        'departments.0.part': 'Jongerenwerk.',
      };
      const alone = await chair.post('/opgaven/nieuw', fields);
      expect([alone.status, alone.text.includes('href="#departments.0.organisationId"')]).toEqual([400, true]);
      expect(alone.text).toContain('van ten minste twee afdelingen');
      // An empty row between two others is skipped.
      const whole = { ...fields, 'departments.3.organisationId': space.id, 'departments.3.part': 'Inrichting.' };
      const path = await made('/opgaven/nieuw', whole);
      expect(await chair.see(path)).toMatch(/Maatschappelijke ontwikkeling <span class="count">trekker/);
      const page = await chair.see(`${path}/wijzigen`);
      expect(page).toContain('value="wethouder@gemeente.example"');
      const change = { ...fields, title: 'Plek voor jongeren', version: versionOn(page) };
      const wrong = await chair.post(`${path}/wijzigen`, { ...change, bestuurderId: 'niemand@x.example' });
      expect([wrong.status, wrong.text.includes('id="bestuurderId-fout"')]).toEqual([400, true]);
      const swapped = {
        ...{ 'departments.0.organisationId': space.id, 'departments.0.part': 'Inrichting.' },
        ...{ 'departments.1.organisationId': society.id, 'departments.1.part': 'Jongerenwerk.' },
      };
      expect((await chair.post(`${path}/wijzigen`, { ...change, ...swapped })).status).toBe(303);
      expect(await chair.see(path)).toMatch(/Plek voor jongeren[^]*Beheer openbare ruimte <span class="count">trekker/);
      const serving = { areaId: area.id, opgaveId: path.split('/').pop()!, ownerId: police.id };
      const { id } = await t.make.action({ ...serving, number: 'BOS-73', title: 'Bankje', dueOn: '2026-07-01' });
      expect(await chair.see(path)).toContain(`<a href="/acties/${id}">BOS-73</a>`);
      await partner.see('/opgaven/nieuw', 403);
    });
  });
});
