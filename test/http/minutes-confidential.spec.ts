import { beforeAll, expect, it } from '@jest/globals';
import { Person } from '../../src/directory/people/person.entity.js';
import { AgendaItemParty } from '../../src/meetings/agenda/agenda-item-party.entity.js';
import { row, rows } from '../../src/platform/database/rows.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { onBothDatabases, type TestApp } from '../support/app.js';
import { textOfDocx } from '../support/docx.js';
import { readPdf, wholeText } from '../support/pdf.mjs';
import { boskoop, type Boskoop, bring, send, startClosed } from '../support/minutes.js';

const PAPERS: [string, (file: Buffer) => string][] = [
  ['application/pdf', (file) => wholeText(readPdf(file).root)],
  ['application/vnd.openxmlformats-officedocument.wordprocessingml.document', textOfDocx],
];

onBothDatabases((kind) => {
  let t: TestApp;
  let b: Boskoop;
  let get: Awaited<ReturnType<typeof startClosed>>['get'];
  beforeAll(async () => {
    ({ t, b, get } = await startClosed(kind));
  });

  it('shows a party of a confidential item that item and its actions, where they were treated', async () => {
    const other = await boskoop(t);
    await bring(t, other.session.id, 'closed');
    await send(t, other);
    const { body } = await get(other.signedIn.police, '', other.session.id).expect(200);
    expect(body.items.map(({ number }: { number: string }) => number)).toEqual(['3', 'V1', '2']);
    expect(body.items[1]).toMatchObject({
      notes: 'Geheim: het huis met de groene deur.',
      isConfidential: true,
      actions: [{ number: other.secret.number }],
    });
    expect(body.actions).toHaveLength(3);
  });

  it('shows anyone else nothing of it: no text, no number, no gap, no count', async () => {
    const withSecret = await boskoop(t);
    await bring(t, withSecret.session.id, 'closed');
    await send(t, withSecret);
    for (const accept of ['application/json', 'text/html', 'text/plain']) {
      for (const token of [withSecret.signedIn.welfare, withSecret.signedIn.chair]) {
        const { text } = await get(token, '', withSecret.session.id).set('Accept', accept).expect(200);
        expect(text).not.toMatch(/\bV1\b|[Gg]eheim|groene deur|"position"|follows|parts|vertrouwelijk/);
      }
    }
    const { body } = await get(withSecret.signedIn.welfare, '', withSecret.session.id).expect(200);
    expect(body.items.map(({ number }: { number: string }) => number)).toEqual(['3', '2']);
    expect(body.actions).toHaveLength(2);
    const open = await row<{ content: string }>(
      t.database.reader,
      `SELECT p."content" FROM "minutes_parts" p JOIN "minutes_versions" v ON v."id" = p."versionId"
       JOIN "minutes" m ON m."id" = v."minutesId" WHERE m."sessionId" = $1 AND p."label" = 'open'`,
      [withSecret.session.id],
    );
    expect(open!.content).not.toMatch(/\bV1\b|[Gg]eheim|groene deur|position/);
  });

  it('shows a chair a confidential item once the own organisation is named, and no longer when it is taken out', async () => {
    const other = await boskoop(t);
    const named = { agendaItemId: other.adres.id, organisationId: other.wk.id };
    await t.make.row(AgendaItemParty, named);
    await bring(t, other.session.id, 'closed');
    expect((await get(other.signedIn.chair, '', other.session.id).expect(200)).text).toContain('groene deur');
    await t.app.get(Transactions).run((m) => m.delete('agenda_item_parties', named));
    expect((await get(other.signedIn.chair, '', other.session.id).expect(200)).text).not.toContain('groene deur');
  });

  it('lets a party that joins after sending read along', async () => {
    const other = await boskoop(t);
    await bring(t, other.session.id, 'closed');
    await send(t, other);
    await t.make.row(AgendaItemParty, { agendaItemId: other.adres.id, organisationId: other.welfare.id });
    const { text } = await get(other.signedIn.welfare, '', other.session.id).expect(200);
    expect(text).toContain('groene deur');
  });

  it('names nobody to others who got the minutes on account of a confidential action alone', async () => {
    const other = await boskoop(t);
    const care = await t.make.organisation({ name: 'Zorg en Veiligheid' });
    const quiet = await t.make.person({ name: 'regisseur Zorg en Veiligheid', organisationId: care.id });
    await t.make.contact(care.id, quiet.id);
    const stand = await t.make.person({ name: 'vervangend regisseur' });
    const away = { replacementId: stand.id, replacementUntilOn: '2026-06-30' };
    await t.app.get(Transactions).run((m) => m.update(Person, quiet.id, away));
    await t.make.action({
      ...{ areaId: other.area.id, meetingId: other.meeting.id, sessionId: other.session.id },
      ...{ agendaItemId: other.adres.id, ownerId: care.id, isConfidential: true, partyIds: [care.id, other.police.id] },
      ...{ number: `${other.area.code}-V2`, title: 'Geheim gesprek', recordedOn: '2026-06-02', dueOn: '2026-06-20' },
    });
    await bring(t, other.session.id, 'closed');
    await send(t, other);
    const named = async (token: string) =>
      (await get(token, '/dispatch', other.session.id).expect(200)).body.recipients.map(
        ({ name }: { name: string }) => name,
      );
    const secret = [quiet.name, stand.name];
    for (const token of [other.signedIn.chair, other.signedIn.welfare]) {
      expect(await named(token)).toEqual(expect.not.arrayContaining([secret[0]]));
      expect(await named(token)).toEqual(expect.not.arrayContaining([secret[1]]));
      expect(await named(token)).toHaveLength(5);
    }
    expect(await named(other.signedIn.police)).toEqual(expect.arrayContaining(secret));
  });

  it('shows a chair who knows nothing of it the same recipients when only a confidential part is sent again', async () => {
    const other = await boskoop(t);
    await bring(t, other.session.id, 'closed');
    await send(t, other);
    const named = async (token: string) =>
      (await get(token, '/dispatch', other.session.id).expect(200)).body.recipients.map(
        ({ name }: { name: string }) => name,
      );
    const before = await named(other.signedIn.chair);
    await bring(t, other.session.id, 'reopened');
    await t.app.get(Transactions).run((m) => m.update('agenda_items', other.adres.id, { notes: 'Geheim: opgelost.' }));
    await bring(t, other.session.id, 'closed');
    await send(t, other);
    expect(await named(other.signedIn.chair)).toEqual(before);
    expect(await named(other.signedIn.police)).toEqual([
      ...['gebiedsadviseur Boskoop', 'wijkagent Boskoop', 'woonconsulent Boskoop'],
    ]);
  });

  it('writes down who read confidential text, one entry a request, and nothing for open text', async () => {
    const other = await boskoop(t);
    await bring(t, other.session.id, 'closed');
    await send(t, other);
    const entries = () =>
      rows<{ actorId: string; isConfidential: boolean }>(
        t.database.reader,
        `SELECT a."actorId", a."isConfidential" FROM "audit_entries" a JOIN "minutes" m ON m."id" = a."objectId"
         WHERE m."sessionId" = $1 AND a."operation" = 'minutes.confidential_read'`,
        [other.session.id],
        { isConfidential: 'boolean' },
      );
    await get(other.signedIn.welfare, '', other.session.id).expect(200);
    expect(await entries()).toEqual([]);
    await get(other.signedIn.police, '', other.session.id).expect(200);
    expect(await entries()).toEqual([{ actorId: other.wijkagent.id, isConfidential: true }]);
  });

  it('lists what is still open in an annex if the meeting wants one, each action only to those who may know it', async () => {
    const other = await boskoop(t);
    await t.app
      .get(Transactions)
      .run((manager) => manager.update('meetings', other.meeting.id, { hasOpenAnnex: true }));
    const before = { areaId: other.area.id, meetingId: other.meeting.id, recordedOn: '2026-05-05' };
    const taken = async (fields: object) => {
      const action = await t.make.action({ ...before, ...fields });
      await t.make.discussion({ sessionId: other.session.id, actionId: action.id });
    };
    const { code } = other.area;
    await taken({
      number: `${code}-4`,
      title: 'Heg snoeien',
      ownerId: other.bor.id,
      dueOn: '2026-06-26',
      status: 'blocked',
    });
    await taken({
      number: `${code}-3`,
      title: 'Bankje plaatsen',
      ownerId: other.bor.id,
      status: 'done',
      doneOn: '2026-05-20',
    });
    const partyIds = [other.police.id, other.corporation.id];
    const hidden = { ownerId: other.police.id, isConfidential: true, partyIds };
    await taken({ number: `${code}-V0`, title: 'Stil bezoek', ...hidden });
    await bring(t, other.session.id, 'closed');
    await send(t, other);
    const numbers = async (token: string) =>
      (await get(token, '', other.session.id).expect(200)).body.stillOpen.map(
        ({ number }: { number: string }) => number,
      );
    expect(await numbers(other.signedIn.welfare)).toEqual([`${code}-4`]);
    expect(await numbers(other.signedIn.police)).toEqual([`${code}-4`, `${code}-V0`]);
    const paper = async (token: string, accept: string, read: (file: Buffer) => string) => {
      const { body } = await get(token, '', other.session.id).set('Accept', accept).responseType('blob');
      const text = read(body as Buffer);
      return text.slice(text.indexOf('Bijlage: nog open'));
    };
    for (const [accept, read] of PAPERS) {
      const [forAll, forParty] = [
        await paper(other.signedIn.welfare, accept, read),
        await paper(other.signedIn.police, accept, read),
      ];
      for (const words of ['Bijlage: nog open', `${code}-4`, 'Heg snoeien', 'vr 26 jun 2026 (stokt)'])
        expect(forAll).toContain(words);
      expect(forAll).not.toContain('Stil bezoek');
      expect(forParty).toContain('Stil bezoek');
      expect(forParty).not.toContain('Bankje plaatsen');
    }
    const { text } = await get(other.signedIn.welfare, '', other.session.id).set('Accept', 'text/plain').expect(200);
    expect(text).toMatch(
      /BIJLAGE: NOG OPEN\s+\S+-4 {2}Heg snoeien\s+Wie: BOR .*\s+Wanneer: vrijdag 26 juni 2026 \(stokt\)/,
    );
    expect(text).not.toContain('Stil bezoek');
    const html = await get(other.signedIn.welfare, '', other.session.id).set('Accept', 'text/html').expect(200);
    expect(html.text).toMatch(/Bijlage: nog open[^]*Heg snoeien/);
    expect((await get(b.signedIn.chair).expect(200)).body.stillOpen).toEqual([]);
  });
});
