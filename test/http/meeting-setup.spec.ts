import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Area } from '../../src/directory/areas/area.entity.js';
import type { Organisation } from '../../src/directory/organisations/organisation.entity.js';
import { onBothDatabases, startApp, type TestApp } from '../support/app.js';
import { Visitor } from '../support/visitor.js';

onBothDatabases((kind) => {
  let t: TestApp;
  let area: Area;
  let police: Organisation;
  let chair: Visitor;
  let partner: Visitor;
  beforeAll(async () => {
    t = await startApp(kind, { today: '2026-06-02' });
    area = await t.make.area({ name: 'Boskoop', code: 'BOS', kind: 'kern' });
    police = await t.make.organisation({ name: 'Politie', kind: 'police' });
    const adviser = await t.make.person({ name: 'gebiedsadviseur Boskoop' });
    await t.make.grant(adviser.id, 'chair', area.id);
    const agent = await t.make.person({ name: 'wijkagent Boskoop', email: 'agent@politie.example' });
    await t.make.member(agent.id, police.id);
    await t.make.contact(police.id, agent.id, area.id);
    [chair, partner] = [await Visitor.of(t, adviser.id), await Visitor.of(t, agent.id)];
  });
  const fields = () => ({
    ...{ areaId: area.id, name: 'Professionaloverleg Boskoop', kind: 'professionals', minutesForm: 'full' },
    ...{ howOften: 'MONTHLY;INTERVAL=1', which: '1', weekday: 'TU', startTime: '10:00', durationMinutes: '90' },
    ...{ place: 'Dorpshuis', defaultAgenda: 'Opening\nActielijst\nJeugd\nSluiting', skipsHolidays: 'ja' },
  });
  const versionOn = (text: string): string => /name="version" value="(\d+)"/.exec(text)![1];
  const begun = async (more = {}): Promise<string> => {
    const { status, headers, text } = await chair.post('/overleggen/nieuw', { ...fields(), ...more });
    if (status !== 303) throw new Error(text.slice(text.indexOf('<main')));
    return headers.location.replace('/uitnodigen', '');
  };
  const stored = async (path: string) => {
    const token = await t.make.signedIn('chair', area.id);
    return (
      await t.api
        .get(`/v1/meetings/${path.split('/')[2]}`)
        .set('Authorization', token)
        .expect(200)
    ).body;
  };

  describe('the series of an area', () => {
    it('is begun by a chair, and proposes the days of its rhythm', async () => {
      const path = await begun();
      expect(await stored(path)).toMatchObject({
        ...{
          rhythm: 'FREQ=MONTHLY;INTERVAL=1;BYDAY=1TU',
          startTime: '10:00',
          durationMinutes: 90,
          skipsHolidays: true,
        },
        defaultAgenda: [
          { kind: 'opening', title: 'Opening' },
          { kind: 'actions', title: 'Actielijst' },
          { kind: 'topic', title: 'Jeugd' },
          { kind: 'closing', title: 'Sluiting' },
        ],
      });
      const page = await chair.see(path);
      expect(page).toContain('dinsdag 7 juli 2026');
      expect(page).toMatch(/<details class="form-fold"><summary>Een andere dag<\/summary>[^]*plannen-heldOn/);
      expect(page).toContain('Extra, buiten het ritme');
      const plain = await chair.see(await begun({ name: 'Los overleg', howOften: '' }));
      expect(plain).toContain('plannen-heldOn');
      expect(plain).not.toMatch(/Een andere dag|buiten het ritme/);
    });

    it('says beside each field what is wrong, and keeps what was typed', async () => {
      const wrong = { ...fields(), name: '', areaId: '', startTime: 'tien uur', durationMinutes: 'lang' };
      const { status, text } = await chair.post('/overleggen/nieuw', wrong);
      expect(status).toBe(400);
      for (const id of ['areaId', 'name', 'startTime', 'durationMinutes']) expect(text).toContain(`id="${id}-fout"`);
      expect(text).toContain('value="tien uur"');
      expect(text).toContain('Opening\nActielijst\nJeugd\nSluiting');
    });

    it('changes its rhythm, and keeps one that only the API can say', async () => {
      const path = await begun();
      const page = await chair.see(`${path}/wijzigen`);
      expect(page).toMatch(/selected>elke maand</);
      const change = { ...fields(), howOften: 'WEEKLY;INTERVAL=6', weekday: 'TH', version: versionOn(page) };
      expect((await chair.post(`${path}/wijzigen`, change)).status).toBe(303);
      expect((await stored(path)).rhythm).toBe('FREQ=WEEKLY;INTERVAL=6;BYDAY=TH');
      const late = await chair.post(`${path}/wijzigen`, change);
      expect(late.status).toBe(412);
      const token = await t.make.signedIn('chair', area.id);
      const own = 'FREQ=MONTHLY;BYMONTHDAY=1,15';
      const request = t.api.patch(`/v1/meetings/${path.split('/')[2]}`).set('Authorization', token);
      await request.set('If-Match', '"2"').send({ rhythm: own }).expect(200);
      const again = await chair.see(`${path}/wijzigen`);
      expect(again).toMatch(/value="eigen" selected>[^<]*zoals nu</);
      const kept = { ...fields(), howOften: 'eigen', place: '', version: versionOn(again) };
      await chair.post(`${path}/wijzigen`, kept);
      expect(await stored(path)).toMatchObject({ rhythm: own, place: null });
    });

    it('is not begun by a partner, nor for an area of another', async () => {
      await partner.see('/overleggen/nieuw', 403);
      const elsewhere = await t.make.area({ name: 'Zwammerdam' });
      expect((await chair.post('/overleggen/nieuw', { ...fields(), areaId: elsewhere.id })).status).toBe(403);
    });
  });

  describe('who sits at the table', () => {
    it('is invited with whoever comes, changed, and ended on a day', async () => {
      const path = await begun();
      const table = `${path}/deelnemers`;
      const invited = await chair.post(table, { organisationId: police.id, role: 'participant', personId: '' });
      expect(invited.status).toBe(303);
      const page = await chair.see(table);
      expect(page).toMatch(/Aan tafel: Politie\.[^]*Politie<[^]*wijkagent Boskoop \(contactpersoon\)[^]*deelnemer/);
      const one = new RegExp(`${table}/[0-9a-f-]{36}(?=">Politie)`).exec(page)![0];
      const change = { role: 'participant', personId: 'agent@politie.example', untilOn: '', version: '1' };
      expect((await chair.post(one, change)).status).toBe(303);
      expect(await chair.see(table)).toMatch(/Politie<[^]*wijkagent Boskoop/);
      expect(await chair.see(one)).toContain('value="agent@politie.example"');
      expect(await partner.see('/overleggen')).toContain('Professionaloverleg Boskoop');
      const end = { ...change, untilOn: '2026-06-30', version: '2' };
      await chair.post(one, end);
      expect(await chair.see(table)).toContain('di 2 jun tot en met di 30 jun');
    });

    it('is named once, and says what is missing', async () => {
      const table = `${await begun()}/deelnemers`;
      const bare = await chair.post(table, { organisationId: '', role: 'participant', personId: '' });
      expect([bare.status, bare.text.includes('id="organisationId-fout"')]).toEqual([400, true]);
      const unknown = { organisationId: police.id, role: 'participant', personId: 'niemand@x.example' };
      const stranger = await chair.post(table, unknown);
      expect([stranger.status, stranger.text.includes('id="personId-fout"')]).toEqual([400, true]);
      expect(stranger.text).toContain('value="niemand@x.example"');
      const police1 = { organisationId: police.id, role: 'participant', personId: '' };
      await chair.post(table, police1);
      const twice = await chair.post(table, police1);
      expect([twice.status, twice.text.includes('Deze partij is in die tijd al uitgenodigd.')]).toEqual([409, true]);
      await partner.see(table, 403);
    });
  });
});
