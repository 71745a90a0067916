import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Action } from '../../src/actions/action.entity.js';
import { Escalations } from '../../src/actions/escalations/escalations.service.js';
import { onBothDatabases } from '../support/app.js';
import { Visitor } from '../support/visitor.js';
import { type Row, setUpDiscussions } from './discussions.setup.js';

onBothDatabases((kind) => {
  const d = setUpDiscussions(kind);
  const { laid } = d;

  it('takes over each unfinished action of the meeting by reference, once, and adds nothing when opened again', async () => {
    const { action, session, open, list, meeting } = await laid();
    const own = await action({ title: 'Plan de schouw' });
    await action({ meetingId: (await d.t.make.meeting(own.areaId)).id });
    await action({ isWithdrawn: true });
    await action({ status: 'done' });
    const id = await session();
    await open(id);
    await open(id);
    const found = await list(id);
    expect(found).toMatchObject([{ actionId: own.id, number: own.number, title: 'Plan de schouw', kind: 'open' }]);
    expect(meeting.id).toBe(own.meetingId);
  });

  it('hears in its next session of every step of "aan de bel trekken" and of the answer, and once', async () => {
    const { action, session, open, close, list, as, chair, partner, chairPerson, police: owner } = await laid();
    const police = owner.id;
    const stuck = await action({ ownerId: police, status: 'blocked', title: 'Lantaarn Zijde', dueOn: '2026-12-31' });
    const other = await action({ ownerId: police, status: 'blocked', dueOn: '2026-12-31' });
    const [director, alderman] = [
      await d.t.make.person({ name: 'directeur Ruimte' }),
      await d.t.make.person({ name: 'wethouder' }),
    ];
    const ask = (id: string, personId: string, text: string) =>
      as(chair, 'post', `/v1/actions/${id}/escalations`, { personId, text }).expect(201);
    const stepsIn = async (id: string) =>
      new Map(
        (await list(id, chair)).map((one) => [one.actionId, (one as Row & { escalations: object[] }).escalations]),
      );
    const first = await session();
    await open(first);
    await close(first);
    d.t.clock.set('2026-06-10T10:00:00Z');
    const { body: asked } = await ask(stuck.id, director.id, 'Wie geeft de vergunning af?');
    await ask(other.id, alderman.id, 'Wilt u hiernaar kijken?');
    await d.t.app
      .get(Escalations)
      .answer(
        asked.id,
        { decision: 'VTH doet het.', decidedFor: '2026-07-01' },
        { personId: director.id, how: 'link' },
      );
    // Work on it continues: it still comes first in the session, with what was decided.
    await as(partner, 'post', `/v1/actions/${stuck.id}/updates`, { status: 'in_progress' }).expect(201);
    d.t.clock.set('2026-06-23T10:00:00Z');
    const second = await session('2026-06-23');
    await open(second);
    const found = await stepsIn(second);
    expect(found.get(stuck.id)).toEqual([
      {
        step: 1,
        personId: director.id,
        personName: 'directeur Ruimte',
        text: 'Wie geeft de vergunning af?',
        askedOn: '2026-06-10',
        decision: 'VTH doet het.',
        decidedFor: '2026-07-01',
        answeredAt: expect.stringMatching(/^2026-06-10T10:00/),
      },
    ]);
    expect(found.get(other.id)).toMatchObject([{ personName: 'wethouder', decision: null, answeredAt: null }]);
    expect((await list(second)).map(({ actionId, section }) => [actionId, section])).toEqual(
      [stuck, other].map(({ id }) => [id, 'urgent']),
    );
    const page = await (await Visitor.of(d.t, chairPerson.id)).see(`/vergaderingen/${second}`);
    expect(page).toContain('Aan de bel getrokken bij directeur Ruimte');
    expect(page).toContain('VTH doet het.');
    expect(page).toContain('Wie geeft de vergunning af?');
    expect(page).toContain('Er is nog geen antwoord.');
    await close(second);
    const { body: minutes } = await as(chair, 'get', `/v1/sessions/${second}/minutes`).expect(200);
    expect(minutes.discussed).toMatchObject([
      { escalations: [{ asked: { name: 'directeur Ruimte' }, decision: 'VTH doet het.', decidedFor: '2026-07-01' }] },
      { escalations: [{ asked: { name: 'wethouder' }, decision: null }] },
    ]);
    const { text } = await as(chair, 'get', `/v1/sessions/${second}/minutes`).set('Accept', 'text/html').expect(200);
    expect(text).toContain('Besluit, uiterlijk woensdag 1 juli 2026: VTH doet het.');
    d.t.clock.set('2026-07-07T10:00:00Z');
    const third = await session('2026-07-07');
    await open(third);
    const later = await stepsIn(third);
    // That answer was reported; the one who did not answer is still being waited for.
    expect([later.get(stuck.id), later.get(other.id)]).toMatchObject([[], [{ personName: 'wethouder' }]]);
  });

  it('puts first what is overdue, past its check date, blocked, handed back or due before the next session', async () => {
    const { action, session, open, list } = await laid();
    const rest = await action({ dueOn: '2026-07-07' });
    const soon = await action({ dueOn: '2026-07-06' });
    const back = await action({ isHandedBack: true, ownerId: null });
    const blocked = await action({ status: 'blocked' });
    const check = await action({ dueOn: null, checkOn: '2026-06-01' });
    const today = await action({ dueOn: '2026-06-02' });
    const yesterday = await action({ dueOn: '2026-06-01' });
    const long = await action({ dueOn: '2026-05-01' });
    await action({ status: 'on_hold', resumeOn: '2026-09-01', dueOn: '2026-05-01' });
    const id = await session();
    await session('2026-07-07');
    await open(id);
    const found = await list(id);
    const urgent = found.filter(({ section }) => section === 'urgent').map(({ actionId }) => actionId);
    expect(urgent).toEqual([long.id, yesterday.id, check.id, blocked.id, back.id, today.id, soon.id]);
    expect(found).toHaveLength(9);
    expect(found.at(-1)).toMatchObject({ section: 'rest', actionId: rest.id, daysOverdue: 0 });
    expect(found[0]).toMatchObject({ daysOverdue: 32 });
  });

  it('lists once what was finished since the last session', async () => {
    const { action, session, open, close, list, finish } = await laid();
    const [early, late, never] = [await action(), await action(), await action()];
    await finish(early);
    const ids = [await session('2026-06-02'), await session('2026-06-30'), await session('2026-07-28')];
    await open(ids[0]);
    await close(ids[0]);
    await finish(late, 'cancelled');
    await open(ids[1]);
    await close(ids[1]);
    await open(ids[2]);
    const kinds = async (id: string) => (await list(id)).map((one) => `${one.number} ${one.section}`);
    expect(await kinds(ids[0])).toContain(`${early.number} reported_done`);
    expect(await kinds(ids[1])).toEqual([`${never.number} rest`, `${late.number} reported_done`]);
    expect(await kinds(ids[2])).toEqual([`${never.number} rest`]);
  });

  it('does not report what was finished in the session itself again in the next', async () => {
    const { action, session, open, close, list, finish } = await laid();
    const treated = await action();
    const ids = [await session('2026-06-02'), await session('2026-06-30')];
    await open(ids[0]);
    await finish(treated);
    await close(ids[0]);
    await open(ids[1]);
    expect(await list(ids[1])).toEqual([]);
  });

  it('takes over what stood open on the day of a session that is typed in days later, and leaves the rest to the next', async () => {
    const { action, session, open, close, list, finish } = await laid();
    const before = await action();
    d.t.clock.set('2026-06-05T10:00:00Z');
    await finish(before);
    const after = await action();
    d.t.clock.set('2026-06-08T10:00:00Z');
    const ids = [await session('2026-06-02'), await session('2026-06-09')];
    await open(ids[0]);
    expect(await list(ids[0])).toMatchObject([{ actionId: before.id, kind: 'open' }]);
    await close(ids[0]);
    d.t.clock.set('2026-06-09T10:00:00Z');
    await open(ids[1]);
    expect(await list(ids[1])).toMatchObject([
      { actionId: after.id, kind: 'open' },
      { actionId: before.id, kind: 'reported_done' },
    ]);
  });

  it('lists actions finished before the session that had them open was reopened and closed again', async () => {
    const { action, session, open, close, list, finish, as, chair } = await laid();
    const one = await action();
    const ids = [await session('2026-06-02'), await session('2026-06-09')];
    await open(ids[0]);
    await close(ids[0]);
    d.t.clock.set('2026-06-05T10:00:00Z');
    await finish(one);
    await as(chair, 'put', `/v1/sessions/${ids[0]}/reopening`, { reason: 'Een punt ontbrak.' }, 3).expect(200);
    await close(ids[0]);
    await open(ids[1]);
    expect(await list(ids[1])).toMatchObject([{ actionId: one.id, kind: 'reported_done' }]);
  });

  it('shows a confidential action only to its parties', async () => {
    const { action, session, open, list, police, area, chair, partner, as } = await laid();
    const insider = await d.t.make.person({ organisationId: police.id });
    await d.t.make.grant(insider.id, 'chair', area.id);
    const secret = await action({ isConfidential: true, partyIds: [police.id] });
    const id = await session();
    const body = await open(id);
    expect(body.counts.discussions).toBe(0);
    expect(await list(id, chair)).toEqual([]);
    expect(await list(id, partner)).toEqual([]);
    const [own] = await list(id, await d.t.make.token(insider.id));
    expect(own).toMatchObject({ actionId: secret.id, isConfidential: true });
    await as(chair, 'patch', `/v1/discussions/${own.id}`, { note: 'x' }, 1).expect(404);
    await as(partner, 'patch', `/v1/discussions/${own.id}`, { note: 'x' }, 1).expect(403);
  });

  it('notes the outcome with a version of its own, only while the session is open', async () => {
    const { action, session, open, close, list, as, chair } = await laid();
    await action();
    const id = await session();
    await open(id);
    const [{ id: discussion }] = await list(id);
    const path = `/v1/discussions/${discussion}`;
    await as(chair, 'patch', path, { outcome: 'discussed' }).expect(428);
    await as(chair, 'patch', path, { outcome: 'forgotten' }, 1).expect(400);
    const { body } = await as(chair, 'patch', path, { outcome: 'discussed', note: 'Loopt.' }, 1).expect(200);
    expect(body).toMatchObject({ outcome: 'discussed', note: 'Loopt.', version: 2 });
    const discussedOn = async () =>
      (await as(chair, 'get', `/v1/actions/${body.actionId}`).expect(200)).body.discussedOn;
    expect(await discussedOn()).toEqual(['2026-06-02']);
    await as(chair, 'patch', path, { outcome: 'not_discussed' }, 2).expect(200);
    expect(await discussedOn()).toEqual([]);
    await as(chair, 'patch', path, { note: 'x' }, 1).expect(412);
    await close(id);
    expect((await as(chair, 'patch', path, { note: 'x' }, 3).expect(409)).body.code).toBe('SESSION_NOT_OPEN');
  });

  it('reports what was done again after it was reopened, and nothing for a comment on what was done', async () => {
    const { action, session, open, close, list, finish } = await laid();
    const done = await action();
    const ids = [await session('2026-06-02'), await session('2026-06-30'), await session('2026-07-28')];
    await finish(done);
    await open(ids[0]);
    await close(ids[0]);
    await d.t.make.update({ ...done, status: 'done' }, { sequence: 3, kind: 'comment' });
    await open(ids[1]);
    expect(await list(ids[1])).toEqual([]);
    await close(ids[1]);
    await d.t.make.update(done, { sequence: 4, kind: 'reopening' });
    await finish(done, 'done', 5);
    await open(ids[2]);
    expect(await list(ids[2])).toMatchObject([{ actionId: done.id, section: 'reported_done' }]);
  });

  it('loses and doubles nothing over chains of sessions, whatever is finished, adjourned or cancelled in between', async () => {
    const step = fc.record({
      added: fc.nat(2),
      finished: fc.nat(2),
      during: fc.nat(1),
      topics: fc.array(fc.constantFrom('adjourned', 'not_discussed', 'discussed'), { maxLength: 2 }),
      isCancelled: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 4 }), async (steps) => {
        d.t.clock.set('2026-06-02T10:00:00Z');
        const { action, session, open, close, list, finish, as, chair } = await laid();
        const unfinished: Action[] = [];
        const listed: string[] = [];
        let waiting: string[] = [];
        let toReport: string[] = [];
        for (const [index, { added, finished, during, topics, isCancelled }] of steps.entries()) {
          for (let n = 0; n < added; n += 1) unfinished.push(await action());
          for (const one of unfinished.splice(0, finished)) {
            await finish(one);
            toReport.push(one.id);
          }
          const id = await session(`2026-0${index + 6}-15`);
          if (isCancelled) {
            await as(chair, 'put', `/v1/sessions/${id}/cancellation`, { reason: 'Vakantie.' }, 1).expect(200);
            continue;
          }
          await open(id);
          await open(id);
          const found = await list(id);
          const idsOf = (section: string) => found.filter((one) => one.kind === section).map((one) => one.actionId);
          expect(idsOf('open').sort()).toEqual(unfinished.map((one) => one.id).sort());
          expect(idsOf('reported_done').sort()).toEqual(toReport.sort());
          listed.push(...toReport);
          toReport = [];
          const { items } = (await as(chair, 'get', `/v1/sessions/${id}/agenda-items`).expect(200)).body;
          expect(items.map(({ title }: { title: string }) => title).sort()).toEqual([...waiting].sort());
          waiting = [];
          const states = [
            ...items.map((_: unknown, n: number) => (n % 2 === 0 ? 'adjourned' : 'discussed')),
            ...topics,
          ];
          for (const [n, state] of states.entries()) {
            const title = items[n]?.title ?? `Punt ${index}.${n}`;
            const path = `/v1/sessions/${id}/agenda-items`;
            const item = items[n] ?? (await as(chair, 'post', path, { title }).expect(201)).body;
            await as(chair, 'patch', `/v1/agenda-items/${item.id}`, { state, notes: 'x' }, 1).expect(200);
            if (state !== 'discussed') waiting.push(title);
          }
          for (const one of unfinished.splice(0, during)) await finish(one);
          await close(id);
        }
        expect(new Set(listed).size).toBe(listed.length);
      }),
      { numRuns: 5 },
    );
  });
});
