import { expect, it } from '@jest/globals';
import { onBothDatabases, startApp } from '../support/app.js';
import { Visitor } from '../support/visitor.js';
import { layTable } from '../support/world.js';

/** A meeting should not end with actions that nobody owns without its chair knowing. */
onBothDatabases((kind) => {
  it('names what was handed back and has no owner, by number only, until it has one', async () => {
    const t = await startApp(kind, { today: '2026-06-02' });
    const { area, meeting, police, chairPerson, chair, partner, as, step } = await layTable(t);
    const owned = { areaId: area.id, meetingId: meeting.id, recordedOn: '2026-05-01', ownerId: police.id };
    const [one, finished] = [
      await t.make.action({ ...owned, dueOn: '2026-05-20', title: 'Schouw' }),
      await t.make.action({ ...owned, dueOn: '2026-05-20', title: 'Bankjes' }),
    ];
    await t.make.action({ ...owned, dueOn: '2026-05-20', title: 'Van de politie' });
    const enter = (id: string, body: object, by: string) =>
      as(by, 'post', `/v1/actions/${id}/updates`, body).expect(201);
    for (const { id } of [one, finished]) await enter(id, { handBack: true, reason: 'Niet voor ons.' }, partner);
    const session = await t.make.session(meeting.id, { heldOn: '2026-06-02' });
    await step(session.id, 'opening');
    const visitor = await Visitor.of(t, chairPerson.id);
    const named = async (): Promise<string[]> => {
      const page = await visitor.see(`/vergaderingen/${session.id}`);
      const words = /Van eerder, en nog zonder actiehouder: [^]*?<\/p>/.exec(page)?.[0] ?? '';
      for (const [, anchor] of words.matchAll(/href="#([\w-]+)"/g)) expect(page).toContain(`id="${anchor}"`);
      return [...words.matchAll(/>([A-Z]+-\d+)</g)].map(([, number]) => number);
    };
    await enter(finished.id, { status: 'cancelled', reason: 'Hoeft niet meer.' }, chair);
    expect(await named()).toEqual([one.number]);
    await enter(one.id, { ownerId: police.id }, chair);
    expect(await named()).toEqual([]);
  });
});
