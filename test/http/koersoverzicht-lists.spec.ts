import { expect, it } from '@jest/globals';
import { Goal } from '../../src/goals/goal.entity.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { onBothDatabases } from '../support/app.js';
import { Visitor } from '../support/visitor.js';
import { setUpKoersoverzicht } from './koersoverzicht.setup.js';

onBothDatabases((kind) => {
  const k = setUpKoersoverzicht(kind);

  it('counts nothing of what is being agreed in a session that is still open, nor lists it', async () => {
    const { make } = k.t;
    const { body: me } = await k.get('me', 'manager').expect(200);
    const manager = await Visitor.of(k.t, me.id);
    const figures = async () => {
      const { body } = await k.get('koersoverzicht', 'manager').expect(200);
      const warnings = (await k.get('early-warnings', 'chair').expect(200)).body.total;
      const start = (await manager.see('/')).match(/\d+ van[^<]*/g);
      return [body.total, warnings, start, (await manager.see('/koersoverzicht/lijst/overdue')).match(/<tr/g)!.length];
    };
    const before = await figures();
    const meeting = await make.meeting(k.boskoop, { kind: 'board' });
    const session = await make.session(meeting.id, { heldOn: '2026-05-20', state: 'open' });
    const agreed = { areaId: k.boskoop, meetingId: meeting.id, sessionId: session.id, ownerId: k.space };
    await make.action({ ...agreed, recordedOn: '2026-05-20', dueOn: '2026-05-25', postponements: 3 });
    // Those without minutes after 14 days count, and this one is among them.
    const after = await figures();
    expect((after[0] as { sessionsWithoutMinutes: number }).sessionsWithoutMinutes).toBe(2);
    expect(after).toEqual([{ ...(before[0] as object), sessionsWithoutMinutes: 2 }, ...before.slice(1)]);
  });

  it('steers on the goals of this year, and leaves those that ended in an earlier one to its review', async () => {
    const { body: me } = await k.get('me', 'manager').expect(200);
    const manager = await Visitor.of(k.t, me.id);
    const redOf = async (endsOn: string | null) => {
      const change = { endsOn };
      await k.t.app.get(Transactions).run((write) => write.update(Goal, { opgaveId: k.opgave }, change));
      const { areas } = (await k.get('koersoverzicht', 'manager').expect(200)).body;
      const listed = await manager.see('/koersoverzicht/lijst/goalsRed');
      const row = areas.find(({ areaId }: { areaId: string }) => areaId === k.boskoop);
      return [row.goalsRed, listed.includes('Een plek voor jongeren')];
    };
    expect(await redOf('2026-03-31')).toEqual([1, true]);
    // Without any other goal nothing is said about goals.
    expect(await redOf('2025-12-31')).toEqual([null, false]);
    expect(await redOf(null)).toEqual([1, true]);
  });

  it('leads from a number to the public actions behind it for a reader, by their public text', async () => {
    const { body } = await k.get('me', 'manager').expect(200);
    const manager = await Visitor.of(k.t, body.id);
    const late = '/koersoverzicht/lijst/overdue';
    expect(await manager.see(late)).not.toMatch(/ href="\/acties\/[0-9a-f]/);
    const fields = { areaId: k.boskoop, ownerId: k.space, dueOn: '2026-06-01' };
    await k.t.make.action({ ...fields, title: 'Bank van de oma', isPublic: true, publicText: 'Openbaar bankje' });
    await k.t.make.action({ ...fields, title: 'Bank van de opa' });
    const page = await manager.see(late);
    expect(page.match(/ href="\/acties\/[0-9a-f-]+">[^<]+/g)).toEqual([expect.stringContaining('>Openbaar bankje')]);
    expect(page).not.toContain('Bank van');
    expect(await manager.see(/ href="(\/acties\/[0-9a-f-]+)"/.exec(page)![1])).toContain('Openbaar bankje');
  });
});
