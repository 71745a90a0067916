import { beforeAll, expect, it } from '@jest/globals';
import { Delivery } from '../../src/platform/mail/delivery.service.js';
import { onBothDatabases, startApp, type TestApp } from '../support/app.js';
import { Mailbox } from '../support/mailbox.js';
import { Visitor } from '../support/visitor.js';
import { layTable } from '../support/world.js';

const PLACE = 'Dorpshuis, bovenzaal';

/** The notulist or the voorzitter of a session is erased, leaves or is replaced while it is open. */
onBothDatabases((kind) => {
  let t: TestApp;
  let mailbox: Mailbox;
  let admin: string;
  beforeAll(async () => {
    mailbox = await Mailbox.start();
    t = await startApp(kind, { today: '2026-06-02', environment: { SMTP_URL: mailbox.url } });
    admin = await t.make.signedIn('admin');
  });

  const opened = async () => {
    const table = await layTable(t);
    const { as, chair, meeting, gemeente, area } = table;
    const secretary = await t.make.person({ name: 'Nora Notulist', email: `nora-${area.code}@gemeente.example` });
    await t.make.member(secretary.id, gemeente.id);
    const { id } = await t.make.session(meeting.id, { heldOn: '2026-06-02', secretaryId: secretary.id });
    const path = `/v1/sessions/${id}`;
    const put = async (state: string) => {
      const { body } = await as(chair, 'get', path).expect(200);
      return as(chair, 'put', `${path}/${state}`, undefined, body.version);
    };
    await put('opening');
    const token = await t.make.token(secretary.id);
    const gone = {
      erased: async () => {
        const { headers } = await as(admin, 'get', `/v1/people/${secretary.id}`).expect(200);
        const erasure = t.api.put(`/v1/people/${secretary.id}/erasure`).set('Authorization', admin);
        await erasure.set('If-Match', headers.etag).send({ ground: 'Verzoek van de betrokkene.' }).expect(200);
      },
      deactivated: async () => {
        const { body } = await as(admin, 'get', `/v1/people/${secretary.id}`).expect(200);
        await as(admin, 'patch', `/v1/people/${secretary.id}`, { active: false }, body.version).expect(200);
      },
    };
    return { ...table, secretary, token, id, path, put, gone };
  };

  it.each(['erased', 'deactivated'] as const)(
    'goes on when its notulist is %s, and the chair closes and sends it',
    async (how) => {
      const l = await opened();
      const { as, chair, path } = l;
      const { body: item } = await as(l.token, 'post', `${path}/agenda-items`, { title: 'Speeltuin' }).expect(201);
      await l.gone[how]();
      await as(l.token, 'patch', `/v1/agenda-items/${item.id}`, { notes: 'Nog een zin.' }, 1).expect(401);
      const visitor = await Visitor.of(t, l.chairPerson.id);
      await visitor.see(`/vergaderingen/${l.id}`);
      await as(chair, 'patch', `/v1/agenda-items/${item.id}`, { notes: 'De gemeente kijkt.' }, 1).expect(200);
      mailbox.clear();
      expect((await l.put('closing')).status).toBe(200);
      const { body: minutes, headers } = await as(chair, 'get', `${path}/minutes`).expect(200);
      expect(JSON.stringify(minutes).includes('Nora')).toBe(how === 'deactivated');
      const dispatch = t.api.put(`${path}/minutes/dispatch`).set('Authorization', chair).set('If-Match', headers.etag);
      await dispatch.expect(200);
      await t.app.get(Delivery).deliverDue();
      expect(mailbox.messages.map(({ to }) => to)).not.toContain(l.secretary.email);
      expect(mailbox.messages).toHaveLength(2);
    },
  );

  it.each(['erased', 'deactivated'] as const)(
    'lets the chair change its place on the page, when its notulist is %s',
    async (how) => {
      const l = await opened();
      await l.gone[how]();
      const visitor = await Visitor.of(t, l.chairPerson.id);
      const page = await visitor.see(`/vergaderingen/${l.id}`);
      const form = /<form[^>]*action="[^"]*\/gegevens"[^]*?<\/form>/.exec(page)![0];
      const value = (name: string) =>
        new RegExp(`<input[^>]*name="${name}"[^>]*value="([^"]*)"`).exec(form)?.[1] ??
        new RegExp(`<input[^>]*value="([^"]*)"[^>]*name="${name}"`).exec(form)?.[1] ??
        '';
      const chosen = (name: string) => {
        const select = new RegExp(`<select[^>]*name="${name}"[^]*?</select>`).exec(form)![0];
        return /<option value="([^"]*)"[^>]*selected/.exec(select)?.[1] ?? '';
      };
      const fields = {
        ...Object.fromEntries(['version', 'heldOn', 'startTime', 'endTime'].map((name) => [name, value(name)])),
        ...Object.fromEntries(['chairId', 'secretaryId'].map((name) => [name, chosen(name)])),
        place: PLACE,
      };
      const answer = await visitor.post(`/vergaderingen/${l.id}/gegevens`, fields, `/vergaderingen/${l.id}`);
      expect(answer.status).toBe(303);
      expect((await l.as(l.chair, 'get', l.path).expect(200)).body).toMatchObject({ place: PLACE });
    },
  );
});
