import { describe, expect, it } from '@jest/globals';
import { onBothDatabases } from '../support/app.js';
import { readPdf, wholeText } from '../support/pdf.mjs';
import { fieldsOf } from '../support/world.js';
import { Visitor } from '../support/visitor.js';
import { setUpDigests } from './digests.setup.js';
import { type Row, setUpDiscussions } from './discussions.setup.js';

/** 56 days late on 2 June 2026. */
const LATE = '2026-04-07';
type Asked = Row & { asked: object | null; outcome: string | null };

onBothDatabases((kind) => {
  describe('asking to discuss an action', () => {
    const d = setUpDiscussions(kind);
    const laid = async () => {
      const table = await d.laid();
      const { as, partner, action, police } = table;
      const late = (fields = {}) => action({ ownerId: police.id, recordedOn: '2026-01-01', dueOn: LATE, ...fields });
      const ask = (id: string, body: object = {}) =>
        as(partner, 'post', `/v1/actions/${id}/updates`, { discuss: true, ...body });
      const discussed = async (id: string) => (await table.list(id)) as Asked[];
      return { ...table, late, ask, discussed };
    };

    it('is for an owner whose action is eight weeks late, by itself', async () => {
      d.t.clock.set('2026-06-02T08:00:00Z');
      const { late, ask, chair } = await laid();
      const [one, early] = [await late(), await late({ dueOn: '2026-04-08' })];
      expect(fieldsOf((await ask(early.id).expect(400)).body)).toEqual(['discuss']);
      expect(fieldsOf((await ask(one.id, { status: 'in_progress' }).expect(400)).body)).toEqual(['discuss']);
      expect((await ask(one.id, { comment: 'We komen er zo niet uit' }).expect(201)).body).toMatchObject({
        ...{ kind: 'discussion_asked', status: 'open', comment: 'We komen er zo niet uit', dueOn: LATE },
      });
      const entries = await d.t.api
        .get('/v1/audit-entries?operation=action.discussion_asked')
        .set('Authorization', chair);
      expect(entries.body.items.some(({ objectId }: { objectId: string }) => objectId === one.id)).toBe(true);
    });

    it('puts it first at the table until a session has discussed it', async () => {
      d.t.clock.set('2026-06-02T08:00:00Z');
      const { late, ask, discussed, session, open, close, as, chair } = await laid();
      const [longer, asked] = [await late({ dueOn: '2026-02-01' }), await late()];
      await ask(asked.id).expect(201);
      const first = await session();
      await open(first);
      expect(await discussed(first)).toMatchObject([
        { actionId: asked.id, section: 'urgent', asked: { on: '2026-06-02', organisationName: expect.any(String) } },
        { actionId: longer.id, asked: null },
      ]);
      await close(first);
      // Nobody got to it, so it waits for the next session.
      const second = await session('2026-06-23');
      await open(second);
      const [found] = await discussed(second);
      expect(found).toMatchObject({ actionId: asked.id, asked: { on: '2026-06-02' } });
      await as(chair, 'patch', `/v1/discussions/${found.id}`, { outcome: 'discussed' }, found.version).expect(200);
      await close(second);
      expect((await discussed(second)).every((one) => one.asked === null)).toBe(true);
      const third = await session('2026-07-14');
      await open(third);
      expect(await discussed(third)).toMatchObject([{ actionId: longer.id }, { actionId: asked.id, asked: null }]);
      await ask(asked.id).expect(201);
      expect((await discussed(third))[0]).toMatchObject({ actionId: asked.id, asked: { on: '2026-07-14' } });
      await close(third);
    });

    it('stands in the minutes, also when nothing came of it, until it was discussed', async () => {
      d.t.clock.set('2026-09-01T08:00:00Z');
      const { late, ask, session, open, discussed, close, as, chair, police } = await laid();
      const [first, second] = [await late({ title: 'Lantaarn' }), await late({ title: 'Bankje' })];
      for (const { id } of [first, second]) await ask(id).expect(201);
      const minutesOf = async (id: string) => {
        const { body } = await as(chair, 'get', `/v1/sessions/${id}/minutes`).expect(200);
        const path = `/v1/sessions/${id}/minutes`;
        const page = await d.t.api.get(path).set('Authorization', chair).set('Accept', 'text/plain').expect(200);
        return { discussed: body.discussed as object[], text: page.text };
      };
      const id = await session('2026-09-01');
      await open(id);
      const row = (await discussed(id)).find(({ actionId }) => actionId === first.id)!;
      await as(chair, 'patch', `/v1/discussions/${row.id}`, { outcome: 'discussed' }, row.version).expect(200);
      await close(id);
      const asked = { on: '2026-09-01', organisationName: police.name };
      const minutes = await minutesOf(id);
      expect(minutes.discussed).toMatchObject([
        { title: 'Lantaarn', outcome: 'discussed', discussionAsked: asked },
        { title: 'Bankje', outcome: null, discussionAsked: asked },
      ]);
      const words = `${police.name} vroeg op dinsdag 1 september 2026 om dit te bespreken`;
      expect([minutes.text.includes(`${words}.`), minutes.text.includes(`${words}; daar kwam het niet van.`)]).toEqual([
        true,
        true,
      ]);
      const next = await session('2026-09-22');
      await open(next);
      await close(next);
      expect((await minutesOf(next)).discussed).toMatchObject([{ title: 'Bankje', discussionAsked: asked }]);
    });

    it('is said on the desk and in the history of the action, and of a confidential one to its parties only', async () => {
      d.t.clock.set('2026-08-04T08:00:00Z');
      const { late, ask, session, open, discussed, chairPerson, gemeente, police, partner } = await laid();
      const open1 = await late({ title: 'Lantaarn Zijde' });
      const secret = await late({ title: 'Geheim pand', isConfidential: true, partyIds: [police.id] });
      await ask(open1.id).expect(201);
      await ask(secret.id).expect(201);
      const id = await session('2026-08-04');
      await open(id);
      expect((await discussed(id)).map(({ actionId }) => actionId)).toEqual([open1.id]);
      const chair = await Visitor.of(d.t, chairPerson.id);
      const desk = await chair.see(`/vergaderingen/${id}/aan-tafel`).catch(() => chair.see(`/vergaderingen/${id}`));
      expect(desk).toContain('om dit te bespreken');
      expect(desk).not.toContain('Geheim pand');
      expect(await chair.see(`/acties/${open1.id}`)).toContain('Gevraagd om te bespreken in het overleg');
      const { body } = await d.t.api
        .get(`/vergaderingen/${id}/tafelblad`)
        .set('Cookie', await d.t.make.cookie(chairPerson.id))
        .buffer(true)
        .expect(200);
      const sheet = wholeText(readPdf(body as Buffer).root);
      expect(sheet).toMatch(/Bespreken:\s*Lantaarn Zijde/);
      expect(sheet.match(/Bespreken/g)).toHaveLength(1);
      expect(gemeente.id).not.toBe(police.id);
      expect(partner).toBeTruthy();
    });
  });

  describe('in the weekly mail', () => {
    const d = setUpDigests(kind);

    it('begins with what can be answered; what is confidential comes below it', async () => {
      await d.start('2026-06-01T06:00:00.000Z');
      await d.overdue({ title: 'Geheim', dueOn: '2026-04-01', isConfidential: true, partyIds: [d.police] });
      await d.overdue({ title: 'Bankje', dueOn: '2026-05-20' });
      await d.ring();
      const text = d.mails()[0].mail.text!;
      expect(text.indexOf('Bankje')).toBeGreaterThan(0);
      expect(text.indexOf('vertrouwelijke actie')).toBeGreaterThan(text.indexOf('Bankje'));
      expect(text).not.toContain('Geheim');
    });

    it('is a button from eight weeks late on, that opens the page with that answer, where one more press saves it', async () => {
      await d.start('2026-06-01T06:00:00.000Z');
      const late = await d.overdue({ title: 'Bankje', dueOn: '2026-04-06', number: 'BOS-1' });
      await d.overdue({ title: 'Lantaarn', dueOn: '2026-04-07', number: 'BOS-2' });
      await d.ring();
      const text = d.mails()[0].mail.text!;
      expect(text.match(/Bespreken: https/g)).toHaveLength(1);
      const [, path] = /Bespreken: https:\/\/wijkagenda\.example(\S+)#BOS-1/.exec(text)!;
      const someone = new Visitor(d.t);
      const at = await someone.sentTo(path);
      const page = await someone.see(at);
      expect(page).toMatch(/value="discuss" id="[^"]+" checked/);
      expect(page.match(/value="discuss"/g)).toHaveLength(1);
      const updates = () => d.t.api.get(`/v1/actions/${late.id}/updates`).set('Authorization', d.admin);
      expect((await updates()).body.total).toBe(1);
      const answer = await someone.postRaw(at, { [`status-${late.id}`]: 'discuss', [`line-${late.id}`]: '' });
      expect(answer.status).toBe(303);
      expect((await updates()).body.items.at(-1)).toMatchObject({ kind: 'discussion_asked', comment: null });
      const chair = await d.t.make.person({ email: 'gebiedsadviseur@gemeente.example' });
      await d.t.make.grant(chair.id, 'chair', d.boskoop);
      d.t.clock.set('2026-06-08T06:05:00.000Z');
      await d.ring();
      expect(d.mailbox.to('gebiedsadviseur@gemeente.example')[0].mail.text).toMatch(
        /Bespreken in het overleg \(1\)\s+- BOS-1: Bankje/,
      );
      const next = d.mails().at(-1)!.mail.text!;
      expect(next).toContain('Op maandag 1 juni 2026 is gevraagd om dit te bespreken in het overleg.');
      // BOS-2 is eight weeks late by now; BOS-1 has already been asked about.
      expect(next).toMatch(/Bespreken: \S+#BOS-2/);
      expect(next).not.toMatch(/Bespreken: \S+#BOS-1/);
    });
  });
});
