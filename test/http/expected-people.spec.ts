import { expect, it } from '@jest/globals';
import { onBothDatabases, startApp } from '../support/app.js';
import { Visitor } from '../support/visitor.js';
import { layTable } from '../support/world.js';

onBothDatabases((kind) => {
  it('says before the meeting who comes and who does not, not yet who is present', async () => {
    const t = await startApp(kind, { today: '2026-06-02' });
    const { as, chair, chairPerson, meeting, partnerPerson } = await layTable(t);
    const session = await t.make.session(meeting.id, { state: 'planned' });
    const visitor = await Visitor.of(t, chairPerson.id);
    const path = `/v1/sessions/${session.id}/attendances/${partnerPerson.id}`;
    const put = (status: string, version: number) => as(chair, 'put', path, { status }, version).expect(200);
    const expected = async () => (await visitor.see(`/vergaderingen/${session.id}`)).split('id="verwacht"')[1];
    await put('present', 1);
    expect(await expected()).toMatch(/wijkagent Boskoop[^]*: komt</);
    await put('excused', 2);
    expect(await expected()).toMatch(/wijkagent Boskoop[^]*: afgemeld</);
  });
});
