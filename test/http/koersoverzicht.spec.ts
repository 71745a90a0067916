import { describe, expect, it } from '@jest/globals';
import { Delivery } from '../../src/platform/mail/delivery.service.js';
import { MonthlyPlanner } from '../../src/wijkagenda/koersoverzicht/monthly-planner.service.js';
import { onBothDatabases } from '../support/app.js';
import { Visitor } from '../support/visitor.js';
import { setUpKoersoverzicht } from './koersoverzicht.setup.js';

onBothDatabases((kind) => {
  const k = setUpKoersoverzicht(kind);
  const { who, get } = k;

  describe('the koersoverzicht', () => {
    it('shows areas by departments on one screen, without anything confidential', async () => {
      const { body } = await get('koersoverzicht', 'manager').expect(200);
      const areas = body.areas.filter(({ areaId }: { areaId: string }) => [k.boskoop, k.ridderveld].includes(areaId));
      expect(areas).toMatchObject([
        {
          areaId: k.boskoop,
          areaName: 'Boskoop',
          open: 3,
          overdue: 3,
          overdueMonthAgo: 3,
          blocked: 1,
          unresponsive: 0,
          unansweredEscalations: 0,
          goalsOrange: 0,
          goalsRed: 1,
          sessionsWithoutMinutes: 1,
          departments: [
            {
              organisationId: k.space,
              name: 'Openbare ruimte',
              overdue: 2,
              blocked: 1,
              unresponsive: 0,
              unansweredEscalations: 0,
            },
          ],
          partners: { overdue: 1, blocked: 0, unresponsive: 0, unansweredEscalations: 0 },
        },
        {
          areaId: k.ridderveld,
          areaName: 'Ridderveld',
          overdue: 1,
          blocked: 0,
          unresponsive: 0,
          unansweredEscalations: 0,
          goalsOrange: null,
          goalsRed: null,
          sessionsWithoutMinutes: 0,
          departments: [
            {
              organisationId: k.society,
              name: 'Maatschappelijke ontwikkeling',
              overdue: 0,
              blocked: 0,
              unresponsive: 0,
              unansweredEscalations: 0,
            },
            {
              organisationId: k.space,
              name: 'Openbare ruimte',
              overdue: 1,
              blocked: 0,
              unresponsive: 0,
              unansweredEscalations: 0,
            },
          ],
          partners: { overdue: 0, blocked: 0, unresponsive: 0, unansweredEscalations: 0 },
        },
      ]);
      expect(body.total).toEqual({
        open: 6,
        overdue: 4,
        overdueMonthAgo: 4,
        blocked: 1,
        unresponsive: 0,
        unansweredEscalations: 0,
        goalsOrange: 0,
        goalsRed: 1,
        sessionsWithoutMinutes: 1,
      });
    });

    it('adds up in an area what is below it, and its change since a month ago', async () => {
      const { body } = await get('koersoverzicht', 'manager').expect(200);
      const [first, ...others] = body.areas;
      expect(first).toMatchObject({
        parentId: null,
        withBelow: { open: 6, overdue: 4, overdueMonthAgo: 4, goalsRed: 1 },
      });
      expect(others.map(({ parentId }: { parentId: string }) => parentId)).toEqual(others.map(() => first.areaId));
      k.t.clock.set('2026-07-01T10:00:00Z');
      expect((await get('koersoverzicht', 'manager').expect(200)).body.total).toMatchObject({
        overdue: 4,
        overdueMonthAgo: 0,
      });
    });

    it('is of one domain on request, without goals and minutes, where the municipality has domains', async () => {
      const page = async (path: string) => {
        const { id } = (await k.t.api.get('/v1/me').set('Authorization', who.manager).expect(200)).body;
        return (await Visitor.of(k.t, id)).see(path);
      };
      expect(await page('/koersoverzicht')).not.toContain('Domein');
      k.t.settings.THEME_DOMAINS = 'participatie=sociaal;schoon-heel-veilig=fysiek';
      const { body } = await get('koersoverzicht?domain=sociaal', 'manager').expect(200);
      expect(body).toMatchObject({ year: null, total: { open: 1, overdue: 1, overdueMonthAgo: 1, goalsRed: null } });
      expect((await get('koersoverzicht?domain=fysiek', 'manager').expect(200)).body.total.open).toBe(0);
      const text = await page('/koersoverzicht?domein=sociaal');
      expect(text).toContain('<option value="sociaal" selected>sociaal</option>');
      expect(text).not.toContain('sessionsWithoutMinutes');
      const links = [...text.matchAll(/<a href="(\/koersoverzicht\/lijst[^"]+)">(?:<strong>)?(\d+)/g)];
      expect(links.length).toBeGreaterThan(2);
      for (const [, href, count] of links) {
        const list = await page(href.replaceAll('&amp;', '&').replaceAll('&#x3D;', '='));
        expect([href, /class="count">\((\d+)\)/.exec(list)?.[1]]).toEqual([href, count]);
        expect(list).toMatch(/koersoverzicht\?[^"]*domein&#x3D;sociaal/);
      }
      k.t.settings.THEME_DOMAINS = '';
    });

    it('has a list of exactly that length behind each number, with texts only for those who may read them', async () => {
      const visitor = async (as: string) => {
        const { body } = await k.t.api.get('/v1/me').set('Authorization', who[as]).expect(200);
        return Visitor.of(k.t, body.id);
      };
      for (const as of ['manager', 'chair', 'lead']) {
        const own = await visitor(as);
        const page = await own.see('/koersoverzicht');
        const links = [...page.matchAll(/<a href="(\/koersoverzicht\/lijst[^"]+)"><strong>(\d+)/g)];
        expect(links.length).toBeGreaterThan(3);
        for (const [, href, count] of links) {
          const list = await own.see(href.replaceAll('&amp;', '&').replaceAll('&#x3D;', '='));
          expect([as, href, /class="count">\((\d+)\)/.exec(list)?.[1]]).toEqual([as, href, count]);
          expect(list.includes('Bankje') || list.includes('Lantaarn')).toBe(
            as !== 'manager' && /lijst\/(overdue|open)/.test(href),
          );
          expect(list).not.toContain('GEHEIM');
        }
      }
      const manager = await (await visitor('manager')).see('/koersoverzicht');
      expect(manager).toMatch(/van <a href="\/koersoverzicht\/lijst\/open[^"]+">3</);
      const late = await (await visitor('manager')).see('/koersoverzicht/lijst/overdue');
      const days = [...late.matchAll(/<strong class="late-words">[^]*?(\d+) dag/g)].map(([, count]) => Number(count));
      expect(days).toHaveLength(4);
      expect(days).toEqual([...days].sort((a, b) => b - a));
      await (await visitor('agent')).see('/koersoverzicht', 403);
      await (await visitor('manager')).see('/koersoverzicht/lijst/anders', 404);
    });

    it('is of the own areas for a chair, and can be narrowed', async () => {
      const { body } = await get('koersoverzicht', 'chair').expect(200);
      expect(body.areas.map(({ areaName }: { areaName: string }) => areaName)).toEqual(['Boskoop']);
      const narrow = await get(`koersoverzicht?area=${k.ridderveld}`, 'manager').expect(200);
      expect(narrow.body.areas.map(({ areaName }: { areaName: string }) => areaName)).toEqual(['Ridderveld']);
      expect((await get(`koersoverzicht?area=${k.ridderveld}`, 'chair').expect(200)).body.areas).toEqual([]);
    });

    it('shows a department that leads an opgave its own actions in all areas, and nothing of others', async () => {
      const { body } = await get('koersoverzicht', 'lead').expect(200);
      expect(body.onlyOf).toEqual([k.space]);
      expect(body.areas).toMatchObject([
        { areaName: 'Boskoop', overdue: 2, goalsRed: null, partners: { overdue: 0 } },
        { areaName: 'Ridderveld', overdue: 1, departments: [{ name: 'Openbare ruimte' }] },
      ]);
      expect(body.total).toMatchObject({ overdue: 3, goalsRed: null });
    });

    it('is not for a department that leads none, or for a partner', async () => {
      await get('koersoverzicht', 'member').expect(403);
      await get('koersoverzicht', 'agent').expect(403);
      await k.t.api.get('/v1/koersoverzicht').expect(401);
    });

    it('is available as a page', async () => {
      const { text } = await get('koersoverzicht', 'manager').set('Accept', 'text/html').expect(200);
      for (const part of ['Koersoverzicht', 'Boskoop', 'Openbare ruimte', 'donderdag 2 juli 2026', 'Samen']) {
        expect(text).toContain(part);
      }
      expect((await get('koersoverzicht', 'lead').set('Accept', 'text/html').expect(200)).text).toContain(
        'eigen afdeling',
      );
    });
  });

  describe('the monthly mail', () => {
    const ask = (as: string, body: object = {}) =>
      k.t.api.post('/v1/koersoverzicht/mail').set('Authorization', who[as]).send(body);
    const month = async (instant: string) => {
      k.t.clock.set(instant);
      const planned = await k.t.app.get(MonthlyPlanner).planDue();
      await k.t.app.get(Delivery).deliverDue();
      return planned;
    };
    const textTo = (part: string) => k.mailbox.messages.filter(({ raw }) => raw.includes(part)).length;

    it('goes only to people who asked, and only those who may see the overview can ask', async () => {
      expect(await month('2026-07-02T10:00:00Z')).toBe(0);
      await ask('agent').expect(403);
      await ask('member').expect(403);
      await get('koersoverzicht/mail', 'manager').expect(404);
    });

    it('goes once a month to those who asked, with what has stalled in their own areas', async () => {
      expect((await ask('manager').expect(201)).body).toMatchObject({ areaId: null, version: 1 });
      await ask('lead').expect(201);
      expect(await month('2026-08-01T05:59:00Z')).toBe(0);
      expect(await month('2026-08-01T06:00:00Z')).toBe(2);
      expect(await month('2026-08-02T06:00:00Z')).toBe(0);
      expect(k.mailbox.messages.map((m) => /overdue"[^>]*>\d acties</.test(`${m.mail.html}`))).toEqual([true, true]);
      const [one, other] = k.mailbox.messages.map(({ mail }) => mail.text ?? '');
      const [manager, lead] = one.includes('doelen rood') ? [one, other] : [other, one];
      expect(manager).toMatch(
        /Boskoop\n {3}3 van 3 te laat.*\n {3}alle 3 open acties.*\n {3}stokt: 1:.*\n {3}doelen rood: 1:/,
      );
      expect(lead).toMatch(/\n {3}2 van 2 te laat.*\n.*\n {3}stokt: 1:/);
      for (const text of [manager, lead]) expect(text).not.toMatch(/: 0:/);
      expect(lead).not.toContain('doelen');
      expect(textTo('GEHEIM')).toBe(0);
    });

    it('says how to stop it, and one click without signing in does', async () => {
      const { raw } = k.mailbox.messages.find(({ raw }) => raw.includes('doelen rood'))!;
      const [, path] = /^List-Unsubscribe: <https?:\/\/[^/]+(\/afmelden\/[\w-]{43})>\r$/m.exec(raw)!;
      expect(raw).toMatch(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click\r$/m);
      expect((await k.t.api.get(path)).status).toBeLessThan(400);
      await get('koersoverzicht/mail', 'manager').expect(200);
      const click = () => k.t.api.post(path).type('form').send('List-Unsubscribe=One-Click').expect(200);
      expect((await click()).text).toContain('niet meer per mail');
      await click();
      await get('koersoverzicht/mail', 'manager').expect(404);
      const { isDigestStopped } = (await k.t.api.get('/v1/me/preferences').set('Authorization', who.manager)).body;
      expect(isDigestStopped ?? false).toBe(false);
      await ask('manager').expect(201);
    });

    it('is about the area that was asked for, and stops when it is stopped', async () => {
      expect((await ask('manager', { areaId: k.ridderveld }).expect(201)).body.version).toBe(2);
      await k.t.api.delete('/v1/koersoverzicht/mail').set('Authorization', who.lead).set('If-Match', '"1"').expect(200);
      expect(await month('2026-09-01T06:00:00Z')).toBe(1);
      const { text } = k.mailbox.messages.at(-1)!.mail;
      expect(text).toContain('Ridderveld');
      expect(text).not.toContain('Boskoop');
      await get('koersoverzicht/mail', 'lead').expect(404);
    });
  });

  describe('the overview of an opgave', () => {
    interface Overview {
      areas: {
        areaName: string;
        goals: { title: string }[];
        actions: { actionId: string; title: string; isReadable: boolean }[];
      }[];
    }
    const overview = async (as: string) => {
      const { areas } = (await get(`opgaven/${k.opgave}/overview`, as).expect(200)).body as Overview;
      return areas.map(({ areaName, goals, actions }) => [
        areaName,
        goals.map(({ title }) => title),
        actions.map(({ title }) => title),
      ]);
    };

    it('shows its departments the goals and actions that serve it, in all areas, nothing confidential', async () => {
      for (const as of ['lead', 'member', 'coordinator']) {
        expect(await overview(as)).toEqual([
          ['Boskoop', ['Een plek voor jongeren'], ['Bankje']],
          ['Ridderveld', [], ['Lantaarn']],
        ]);
      }
    });

    it('shows others what they may read', async () => {
      expect(await overview('chair')).toEqual([['Boskoop', ['Een plek voor jongeren'], ['Bankje']]]);
      expect(await overview('agent')).toEqual([['Boskoop', ['Een plek voor jongeren'], []]]);
      await get('opgaven/019300a0-0000-7000-8000-00000000dead/overview', 'lead').expect(404);
    });

    it('says which actions the caller may read', async () => {
      const all: boolean[] = [];
      for (const as of ['lead', 'member', 'coordinator', 'chair']) {
        const { areas } = (await get(`opgaven/${k.opgave}/overview`, as).expect(200)).body as Overview;
        for (const { actionId, isReadable } of areas.flatMap(({ actions }) => actions)) {
          expect([as, isReadable]).toEqual([as, (await get(`actions/${actionId}`, as)).status === 200]);
          all.push(isReadable);
        }
      }
      expect(new Set(all)).toEqual(new Set([true, false]));
    });

    it('puts what is finished behind what is not', async () => {
      const made = { areaId: k.boskoop, ownerId: k.space, opgaveId: k.opgave, recordedOn: '2026-01-02' };
      await k.t.make.action({ ...made, title: 'Hek', dueOn: '2026-02-01', status: 'done', doneOn: '2026-03-01' });
      expect((await overview('lead'))[0][2]).toEqual(['Bankje', 'Hek']);
    });
  });
});
