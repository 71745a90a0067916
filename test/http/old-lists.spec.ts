import { beforeEach, expect, it } from '@jest/globals';
import { callsOf } from '../support/world.js';
import { onBothDatabases } from '../support/app.js';
import { Visitor } from '../support/visitor.js';
import { DigestScheduler } from '../../src/digests/digests.scheduler.js';
import { AGENT, MORNING, setUpAnnouncements } from './announcements.setup.js';

const CLIPBOARD = `<meta charset='utf-8'><table border=1><tbody>
<tr style="height:15pt"><td><b>Actiepunt</b></td><td>Trekker</td><td>Deadline</td><td>Status</td><td>Opmerkingen</td></tr>
<tr><td>Lantaarn &amp; bank<br>Zijde</td><td>Politie</td><td>20-5-2026</td><td>ligt bij de aannemer</td><td>2x gebeld</td></tr>
</tbody></table>`;

onBothDatabases((kind) => {
  const d = setUpAnnouncements(kind);
  const ring = () => d.t.app.get(DigestScheduler).planAndDeliver();
  let chair: Visitor;
  let token: string;
  let chairId: string;
  beforeEach(async () => {
    d.t.clock.set(MORNING);
    const { id } = await d.t.make.person({ name: 'gebiedsadviseur' });
    await d.t.make.grant(id, 'chair', d.boskoop);
    token = await d.t.make.token(id);
    chair = await Visitor.of(d.t, id);
    chairId = id;
  });

  /** Pastes the table, and returns the address and the text of the preview. */
  const paste = async (tabel: string) => {
    const path = `/gebieden/${d.boskoop}/acties/invoeren`;
    const csrf = /name="_csrf" value="([^"]+)"/.exec(await chair.see(path))![1];
    const sent = await d.t.api
      .post(path)
      .set('Accept', 'text/html')
      .set('Cookie', chair.cookies)
      .field('_csrf', csrf)
      .field('tabel', tabel);
    if (sent.status !== 303) return { at: path, text: sent.text };
    const at = sent.headers.location as string;
    return { at, text: await chair.see(at) };
  };

  it.each([
    [
      'tabs',
      '\tActiepunt\tTrekker\tDeadline\tStatus\n1\tLantaarn & bank Zijde\tPolitie\t20-5-2026\tligt bij de aannemer: 2x gebeld',
    ],
    [
      'semicolons',
      'Actiepunt;Trekker;Deadline;Status\nLantaarn & bank Zijde;Politie;20-5-2026;ligt bij de aannemer: 2x gebeld',
    ],
    ['HTML', CLIPBOARD],
  ])('reads a table that was pasted with %s, and keeps an unknown status as a note', async (_, tabel) => {
    const { at, text } = await paste(tabel);
    expect(text).toContain('Lantaarn &amp; bank Zijde');
    expect(text).toContain('ligt bij de aannemer: 2x gebeld (wordt een opmerking)');
    expect(text).toContain('Voer 1 regel in');
    await chair.post(at, { version: '1', bekend: 'ja' });
    const { body } = await callsOf(d.t)(token, 'get', '/v1/actions?open=true').expect(200);
    const [action] = body.items.filter(({ title }: { title: string }) => title === 'Lantaarn & bank Zijde');
    expect(action).toMatchObject({ status: 'open', dueOn: '2026-05-20', ownerName: 'Politie' });
    const history = await callsOf(d.t)(token, 'get', `/v1/actions/${action.id}/updates`).expect(200);
    expect(history.body.items.at(-1).comment).toBe('ligt bij de aannemer: 2x gebeld');
  });

  it('refuses no row of an old list for its status', async () => {
    const rows = ['aangehouden', 'vervallen', 'stokt', 'wacht tot 1-1-2026: winter', '???'].map(
      (status, n) => `Punt ${n}\tPolitie\t1-7-2026\t${status}`,
    );
    const { text } = await paste(['actie\twie\twanneer\tstatus', ...rows].join('\n'));
    expect(text).toContain('Voer 5 regels in');
    expect(text).not.toMatch(/regels? (kan|kunnen) niet/);
  });

  it('takes what is finished without a date, or with one that cannot be read, and keeps the words as a note', async () => {
    const rows = [
      'Bank 1;Politie;;gereed;',
      'Bank 2;Politie;;gereed: staat er;3-3-2026',
      'Bank 3;Politie;voorjaar;afgerond;ja',
      'Bank 4;Politie;;;x',
      'Bank 5;Politie;;vervallen;2-2-2026',
      'Bank 6;Politie;1-7-2026;gereed;in de zomer',
      'Bank 7;Politie;1-7-2026;loopt;nee',
    ];
    const { at, text } = await paste(['actie;wie;wanneer;status;afgehandeld', ...rows].join('\n'));
    expect(text).toContain('Voer 7 regels in');
    expect(text).toContain('In de ingevoerde lijst: zonder datum. (wordt een opmerking)');
    await chair.post(at, { version: '1', bekend: 'ja' });
    const { body } = await callsOf(d.t)(token, 'get', '/v1/actions?q=bank&sort=number').expect(200);
    const found = Object.fromEntries(body.items.map((one: { title: string }) => [one.title.slice(-1), one]));
    const finished = { status: 'done', dueKind: 'asap', dueOn: null };
    expect(found).toMatchObject({
      1: { ...finished, doneOn: MORNING.slice(0, 10) },
      2: { ...finished, doneOn: '2026-03-03', recordedOn: '2026-03-03', result: 'staat er' },
      ...{ 3: finished, 4: finished, 5: { status: 'cancelled', recordedOn: '2026-02-02' } },
      ...{ 6: { status: 'done', dueOn: '2026-07-01' }, 7: { status: 'in_progress' } },
    });
    const notes = async (key: number) => {
      const { items } = (await callsOf(d.t)(token, 'get', `/v1/actions/${found[key].id}/updates`).expect(200)).body;
      return items.at(-1).comment;
    };
    expect(await notes(1)).toBe('In de ingevoerde lijst: zonder datum.');
    expect(await notes(3)).toBe('In de ingevoerde lijst: wanneer "voorjaar".');
    expect(await notes(6)).toBe('In de ingevoerde lijst: afgehandeld "in de zomer".');
    expect(await notes(7)).toBeNull();
  });

  it('asks about an open row without a date once, without repeating its column', async () => {
    const { text } = await paste('actie;wie;wanneer;status;datum\nKuil;Politie;;loopt;31-2-2026');
    expect(text).toContain('<div>Wanneer moet het klaar zijn?</div>');
    expect(text).toContain('<div>datum: &quot;31-2-2026&quot; is geen dag tot en met vandaag.</div>');
  });

  it('adds an unknown organisation and recognises another on the spot, without pasting the list again', async () => {
    const rows = ['Speelplek;Buurtvereniging Zuid', 'Heg;buurtvereniging zuid + Pol. Boskoop', 'Bank;Groen en Grijs'];
    const { at, text } = await paste(['actie;wie;wanneer', ...rows.map((one) => `${one};1-7-2026`)].join('\n'));
    expect(text).toContain('“Buurtvereniging Zuid” (2 regels)');
    expect(text).toContain('“Groen en Grijs” (1 regel)');
    const police = /<option value="([0-9a-f-]{36})">Politie</.exec(text)![1];
    const naam = ['Buurtvereniging Zuid', 'Pol. Boskoop', 'Groen en Grijs', 'Zomaar een naam'];
    const is = ['nieuw-residents', police, 'overslaan', 'nieuw-other'];
    const sent = await chair.post(`${at}/namen`, { version: '1', naam, is }, at);
    expect([sent.status, sent.headers.location]).toEqual([303, at]);
    const again = await chair.see(at);
    expect(again).toContain('Voer 2 regels in');
    expect(again).toContain('1 regel kan niet');
    expect(again).not.toContain('“Pol. Boskoop”');
    await chair.post(at, { version: '2', bekend: 'ja' });
    const { body } = await callsOf(d.t)(token, 'get', '/v1/actions?open=true').expect(200);
    const heg = body.items.find(({ title }: { title: string }) => title === 'Heg');
    expect([heg.ownerName, heg.coOwners[0].name]).toEqual(['Buurtvereniging Zuid', 'Politie']);
    const { body: known } = await callsOf(d.t)(token, 'get', '/v1/organisations?q=zuid').expect(200);
    expect(known.items).toMatchObject([{ name: 'Buurtvereniging Zuid', kind: 'residents' }]);
    const { body: others } = await callsOf(d.t)(token, 'get', '/v1/organisations?q=zomaar').expect(200);
    expect(others.total).toBe(0);
  });

  it('asks whether the owners know, and mails nobody until the first session that discusses it is closed', async () => {
    const { at } = await paste('actie\twie\twanneer\nOude lamp\tPolitie\t20-5-2026');
    const unanswered = await chair.post(at, { version: '1' });
    expect([unanswered.status, unanswered.text.includes('Kies ja of nee')]).toEqual([400, true]);
    await chair.post(at, { version: '1', bekend: 'nee' });
    await ring();
    expect(d.mailbox.to(AGENT)).toEqual([]);

    const as = callsOf(d.t);
    const { body } = await as(token, 'get', '/v1/actions?open=true').expect(200);
    const { id } = body.items.find(({ title }: { title: string }) => title === 'Oude lamp');
    const meeting = await d.t.make.meeting(d.boskoop);
    await d.change(`UPDATE "actions" SET "meetingId" = '${meeting.id}' WHERE "id" = '${id}'`);
    const hold = async (heldOn: string, outcome?: string) => {
      d.t.clock.set(`${heldOn}T08:00:00.000Z`);
      const path = `/v1/sessions/${(await d.t.make.session(meeting.id, { heldOn })).id}`;
      const version = async () => (await as(token, 'get', path).expect(200)).body.version;
      await as(token, 'put', `${path}/opening`, undefined, await version()).expect(200);
      const { items } = (await as(token, 'get', `${path}/discussions`).expect(200)).body;
      const [one] = items.filter(({ actionId }: { actionId: string }) => actionId === id);
      if (outcome) await as(token, 'patch', `/v1/discussions/${one.id}`, { outcome }, one.version).expect(200);
      await as(token, 'put', `${path}/closing`, undefined, await version()).expect(200);
    };
    const notTold = 'De actiehouder heeft hier nog geen bericht van.';
    const seen = async () => (await Visitor.of(d.t, chairId)).see(`/acties/${id}`);
    expect(await seen()).toContain(notTold);
    await hold('2026-06-02');
    d.t.clock.set('2026-06-08T06:00:00.000Z');
    await ring();
    expect(d.mailbox.to(AGENT)).toEqual([]);

    await hold('2026-06-09', 'discussed');
    expect(await seen()).not.toContain(notTold);
    d.t.clock.set('2026-06-09T15:00:01.000Z');
    await ring();
    expect(d.mailbox.to(AGENT)).toHaveLength(1);
    expect(JSON.stringify(d.mailbox.to(AGENT))).toContain('Oude lamp');
    d.t.clock.set('2026-06-15T06:00:00.000Z');
    await ring();
    expect(d.mailbox.to(AGENT)).toHaveLength(2);
  });
});
