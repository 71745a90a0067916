import { beforeEach, expect, it } from '@jest/globals';
import { onBothDatabases } from '../support/app.js';
import { setUpDigests } from './digests.setup.js';

const MONDAYS = ['2026-06-08', '2026-06-15', '2026-06-22', '2026-06-29'];

onBothDatabases((kind) => {
  const d = setUpDigests(kind);
  let chair: string;

  beforeEach(async () => {
    await d.start();
    const person = await d.t.make.person({ name: 'voorzitter', email: 'voorzitter@gemeente.example' });
    await d.t.make.grant(person.id, 'chair', d.boskoop);
    chair = await d.t.make.token(person.id);
  });

  const mailOn = async (days: readonly string[]) => {
    for (const day of days) {
      d.t.clock.set(`${day}T06:00:00.000Z`);
      await d.ring();
    }
  };
  const unanswered = async () => {
    const { body } = await d.t.api.get('/v1/early-warnings').set('Authorization', chair).expect(200);
    return (body.items as { kind: string; reason: string }[])
      .filter((one) => one.kind === 'unanswered')
      .map(({ reason }) => reason);
  };

  it('do not make an action unanswered that was in them only because of what is confidential', async () => {
    await d.overdue({ title: 'GEHEIM', isConfidential: true, partyIds: [d.police], number: 'BOS-V1' });
    await d.overdue({ title: 'Bankje', dueKind: 'ongoing', dueOn: null, checkOn: '2026-05-30' });
    await mailOn(MONDAYS);
    expect(d.mails()).toHaveLength(4);
    expect(d.mails()[3].mail.text).toContain('Bankje');
    expect(await unanswered()).toEqual([]);
    await d.overdue({ title: 'Lamp', recordedOn: '2026-06-30', dueOn: '2026-07-02' });
    await mailOn(['2026-07-06', '2026-07-13', '2026-07-20', '2026-07-27']);
    expect(await unanswered()).toEqual(Array(2).fill('In 4 weekmails genoemd, zonder antwoord.'));
  });

  it('do not make a person silent who got them only because of what is confidential', async () => {
    await d.overdue({ title: 'GEHEIM', isConfidential: true, partyIds: [d.police], number: 'BOS-V1' });
    await d.overdue({ title: 'Lamp', dueOn: '2026-07-02' });
    await mailOn([...MONDAYS, '2026-07-06']);
    const toChair = () => d.mailbox.to('voorzitter@gemeente.example').at(-1)!.mail.text;
    expect(toChair()).toContain('Politie');
    expect(toChair()).not.toContain('wijkagent Boskoop');
    await mailOn(['2026-07-13', '2026-07-20', '2026-07-27', '2026-08-03']);
    expect(toChair()).toContain('wijkagent Boskoop');
  });

  it('do not make a chair silent whose own lines in them were confidential, nor count these in the log or an export', async () => {
    await d.t.make.grant(d.agent, 'chair', d.boskoop);
    const other = await d.t.make.organisation({ name: 'Habeko' });
    await d.overdue({ title: 'Van een ander', ownerId: other.id });
    await d.overdue({ title: 'GEHEIM', isConfidential: true, partyIds: [d.police], number: 'BOS-V1' });
    await d.overdue({ title: 'Lamp', dueOn: '2026-07-02' });
    await mailOn([...MONDAYS.slice(0, 3), '2026-07-06']);
    const toAgent = () => d.mailbox.to(d.AGENT).at(-1)!.mail.text;
    expect(toAgent()).toContain('BOS-V1');
    const admin = await d.t.make.signedIn('admin');
    const read = async (path: string) => (await d.t.api.get(path).set('Authorization', admin).expect(200)).body;
    const [{ id }] = (await read('/v1/digests')).items;
    const logged = (await read(`/v1/digests/${id}/messages`)).items;
    const ofAgent = logged.find((one: { personId: string }) => one.personId === d.agent);
    expect(ofAgent.lines).toBe(1);
    expect((await read(`/v1/digests/preview?person=${d.agent}`)).lines).toBe(1);
    const { mails } = await read(`/v1/people/${d.agent}/export`);
    expect(mails).toHaveLength(4);
    expect(new Set(mails.map(({ subject }: { subject: string | null }) => subject))).toEqual(new Set([null]));
    const { body } = await d.t.api
      .get(`/v1/people/${d.agent}/export`)
      .set('Authorization', await d.t.make.token(d.agent));
    expect(body.mails.at(-1).subject).toContain('2 acties te laat');
    await mailOn(['2026-07-13']);
    expect(d.mailbox.to('voorzitter@gemeente.example').at(-1)!.mail.text).not.toContain('wijkagent Boskoop gaf');
  });
});
