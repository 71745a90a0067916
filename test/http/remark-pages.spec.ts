import { beforeAll, expect, it } from '@jest/globals';
import { Meeting } from '../../src/meetings/meeting.entity.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { onBothDatabases, startApp, type TestApp } from '../support/app.js';
import { boskoop, type Boskoop, bring, send } from '../support/minutes.js';
import { Visitor } from '../support/visitor.js';
import { chairOf } from '../support/year.js';

onBothDatabases((kind) => {
  let t: TestApp;
  beforeAll(async () => {
    t = await startApp(kind, { today: '2026-06-02' });
  });
  const sent = async (fields: Partial<Meeting> = {}) => {
    const b = await boskoop(t);
    if (fields.allowsWrittenAdoption)
      await t.app.get(Transactions).run((m) => m.update(Meeting, b.meeting.id, { allowsWrittenAdoption: true }));
    await bring(t, b.session.id, 'closed');
    await send(t, b);
    return b;
  };
  const page = ({ session }: Boskoop) => `/verslagen/${session.id}`;
  const remark = async (b: Boskoop, personId: string, fields: Record<string, string>) =>
    (await Visitor.of(t, personId)).post(`${page(b)}/opmerkingen`, fields, page(b));

  it('lets a participant say on the page of sent minutes what is wrong, for the session that adopts them', async () => {
    const b = await sent();
    const text = 'De rondes zijn op zaterdag.';
    const answer = await remark(b, b.coach.id, { text, itemNumber: '3' });
    expect([answer.status, answer.headers.location]).toEqual([303, `${page(b)}#opmerkingen`]);
    const seen = await (await Visitor.of(t, b.wijkagent.id)).see(page(b));
    expect(seen).toContain('wijkcoach Boskoop, punt 3, dinsdag 2 juni 2026: De rondes zijn op zaterdag.');
    const next = await t.make.session(b.meeting.id, { heldOn: '2026-06-02', state: 'open' });
    const desk = await (await Visitor.of(t, b.chair.id)).see(`/vergaderingen/${next.id}`);
    expect(desk).toContain('De rondes zijn op zaterdag.');
  });

  it('shows the form again with what is missing', async () => {
    const b = await sent();
    const answer = await remark(b, b.coach.id, { text: ' ', itemNumber: '3' });
    expect(answer.status).toBe(400);
    expect(answer.text).toContain('Schrijf op wat er niet klopt.');
    expect(answer.text).toContain('<option value="3" selected>');
  });

  it('offers an objection, with its last day, only where silence adopts the minutes', async () => {
    const strict = await sent();
    expect(await (await Visitor.of(t, strict.coach.id)).see(page(strict))).not.toContain('bezwaar');
    const b = await sent({ allowsWrittenAdoption: true });
    const seen = await (await Visitor.of(t, b.coach.id)).see(page(b));
    expect(seen).toContain('Dit is een bezwaar');
    expect(seen).toContain('dinsdag 16 juni 2026');
    await remark(b, b.coach.id, { text: 'Dit besluit is niet genomen.', isObjection: 'ja' });
    t.clock.set('2026-06-20T10:00:00Z');
    const { status, body } = await chairOf(t, b.signedIn.chair).adopt(b.session.id, { kind: 'unchanged' });
    expect([status, body.code]).toEqual([409, 'MINUTES_OBJECTED']);
  });

  it('shows what was said of a confidential item to its parties alone', async () => {
    const b = await sent();
    await remark(b, b.wijkagent.id, { text: 'Het huis is verkeerd.', itemNumber: 'V1' });
    expect(await (await Visitor.of(t, b.wijkagent.id)).see(page(b))).toContain('Het huis is verkeerd.');
    const other = await (await Visitor.of(t, b.coach.id)).see(page(b));
    expect(other).not.toContain('Het huis is verkeerd.');
    expect(other).not.toContain('V1');
  });

  it('is not there before the minutes are sent, nor once they are adopted', async () => {
    const b = await boskoop(t);
    await bring(t, b.session.id, 'closed');
    const visitor = await Visitor.of(t, b.chair.id);
    expect(await visitor.see(page(b))).not.toContain('Klopt er iets niet?');
    await send(t, b);
    expect(await visitor.see(page(b))).toContain('Klopt er iets niet?');
    const next = await t.make.session(b.meeting.id, { heldOn: '2026-06-02', state: 'open' });
    await chairOf(t, b.signedIn.chair).adopt(b.session.id, { kind: 'unchanged', sessionId: next.id });
    expect(await visitor.see(page(b))).not.toContain('Klopt er iets niet?');
  });
});
