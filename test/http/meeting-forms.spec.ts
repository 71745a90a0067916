import { beforeAll, expect, it } from '@jest/globals';
import { newId } from '../../src/platform/common/ids.js';
import { AgendaItemParty } from '../../src/meetings/agenda/agenda-item-party.entity.js';
import { onBothDatabases } from '../support/app.js';
import { type Neighbourhood, startNeighbourhood } from '../support/world.js';
import { Visitor } from '../support/visitor.js';

/** What the forms of the meeting page refuse, show and store; with one open and one planned session. */
onBothDatabases((kind) => {
  let n: Neighbourhood;
  let chair: Visitor;
  let partner: Visitor;
  let open: string;
  let planned: string;
  const ids: Record<string, string> = {};
  beforeAll(async () => {
    n = await startNeighbourhood(kind);
    const { make, meeting, boskoop, organisations, people } = n;
    chair = await Visitor.of(n, people.gebiedsadviseur.id);
    partner = await Visitor.of(n, people.wijkagent.id);
    const own = { meetingId: meeting.id, areaId: boskoop.id, recordedOn: '2026-05-01', ownerId: organisations.boa.id };
    const session = await make.session(meeting.id, { state: 'open', openedAt: '2026-06-02T08:00:00.000Z', version: 2 });
    open = `/vergaderingen/${session.id}`;
    ids.item = (await make.agendaItem(session.id, { number: '1', title: 'Jeugd' })).id;
    const secret = await make.agendaItem(session.id, { number: 'V1', title: 'Geheim overleg', isConfidential: true });
    ids.secret = secret.id;
    await make.row(AgendaItemParty, { agendaItemId: secret.id, organisationId: organisations.gemeente.id });
    for (const [name, fields] of [
      ['late', { number: 'BOS-71', title: 'Schouw', dueOn: '2026-05-20' }],
      ['done', { number: 'BOS-72', title: 'Bankjes', status: 'done', doneOn: '2026-05-28' }],
    ] as const) {
      const { id: actionId } = await make.action({ ...own, ...fields });
      const discussed = { sessionId: session.id, actionId, kind: name === 'done' ? 'reported_done' : 'open' } as const;
      ids[name] = (await make.discussion(discussed)).id;
    }
    planned = `/vergaderingen/${(await make.session(meeting.id, { heldOn: '2026-07-07' })).id}`;
  });

  const organisationsCalled = async (name: string): Promise<number> =>
    (await n.database.reader.query(`SELECT "id" FROM "organisations" WHERE "name" = '${name}'`)).length;

  it('shows a partner the same to read, with nothing to change and nothing confidential', async () => {
    const page = await partner.see(open);
    expect(page).toContain('Jeugd');
    expect(page).not.toContain('Geheim overleg');
    expect(page).not.toMatch(/\bV1\b/);
    expect(page).not.toContain(`action="${open}`);
    expect(await chair.see(open)).toContain('alleen voor Gemeente');
  });

  it('lets a partner propose a point for a planned session, and the chair decide with a reason', async () => {
    expect((await partner.post(`${planned}/agendapunten`, { title: 'Parkeren Zijde' }, planned)).status).toBe(303);
    const page = await chair.see(planned);
    expect(page).toContain('voorgesteld door Politie');
    const [, id] = /agendapunten\/([0-9a-f-]+)\/voorstel/.exec(page)!;
    const decline = { version: '1', answer: 'decline', reason: '' };
    const bare = await chair.post(`${planned}/agendapunten/${id}/voorstel`, decline, planned);
    expect([bare.status, bare.text.includes('Schrijf erbij waarom.')]).toEqual([400, true]);
    await chair.post(
      `${planned}/agendapunten/${id}/voorstel`,
      { ...decline, reason: 'hoort bij het college' },
      planned,
    );
    expect(await partner.see(planned)).toContain('niet op de agenda: hoort bij het college');
  });

  it('keeps an item for the organisations that were chosen, also if the box above them was not ticked', async () => {
    const { gemeente, politie } = n.organisations;
    const chosen = { title: 'Aanpak Merelstraat', partyIds: [gemeente.id, politie.id] };
    expect((await chair.post(`${planned}/agendapunten`, chosen, planned)).status).toBe(303);
    const after = await chair.see(planned);
    expect(after).toContain('Op de agenda: V1, besloten.');
    expect(after).not.toContain('V1. Aanpak');
    const [{ isConfidential }] = await n.database.reader.query(
      `SELECT "isConfidential" FROM "agenda_items" WHERE "title" = 'Aanpak Merelstraat'`,
    );
    expect(Boolean(isConfidential)).toBe(true);
    const own = { title: 'Bankjes Reijerskoop', partyIds: [gemeente.id] };
    await chair.post(`${planned}/agendapunten`, own, planned);
    expect(await chair.see(planned)).toMatch(/Op de agenda: \d+\. Bankjes Reijerskoop\./);
  });

  it('says the number of a confidential action that was recorded, and not what it is about', async () => {
    const line = { line: 'Gemeente: huisbezoek Merelstraat, 1 juli', agendaItemId: ids.secret };
    expect((await chair.post(`${open}/acties/regel`, line, open)).status).toBe(303);
    expect(await chair.see(open)).toMatch(/Opgeslagen: BOS-V\d+\.</);
  });

  it('lets nobody else in: 403 for changes by a partner, 404 for anyone not at the table', async () => {
    const csrf = /name="_csrf" value="([^"]+)"/.exec(await partner.see(open))![1];
    for (const to of ['openen', 'sluiten', 'aanwezigheid', `agendapunten/${ids.item}`, 'acties', 'gereedgemeld']) {
      const { status, text } = await partner.postRaw(`${open}/${to}`, { _csrf: csrf, version: '2', title: 'x' });
      expect([to, status, text.includes('Dat mag niet')]).toEqual([to, 403, true]);
    }
    const stranger = await Visitor.of(n, n.people.handhaver.id);
    expect(await stranger.see(open, 404)).toContain('Deze pagina is er niet');
    expect(await chair.see(`/vergaderingen/${newId()}`, 404)).toContain('Deze pagina is er niet');
  });

  it('accepts all that is gereed gemeld with one button, once', async () => {
    expect(await chair.see(open)).toContain('Alles akkoord (1)');
    await chair.post(`${open}/gereedgemeld`, {}, open);
    const page = await chair.see(open);
    expect(page).toContain('1 gereed gemelde actie is akkoord.');
    expect(page).not.toContain('Alles akkoord');
  });

  it('moves a deadline only with a reason, and keeps what was typed', async () => {
    const to = `${open}/besproken/${ids.late}`;
    const fields = { version: '1', do: 'move', dueOn: '2026-07-01', note: '' };
    const refused = await chair.post(to, fields, open);
    expect([refused.status, refused.text.includes('Schrijf erbij waarom.')]).toEqual([400, true]);
    expect(refused.text).toContain('value="2026-07-01"');
    expect((await chair.post(to, { ...fields, note: 'de aannemer is later' }, open)).status).toBe(303);
    const page = await chair.see(open);
    expect(page).toContain('uiterlijk woensdag 1 juli 2026');
    expect(page).toContain('<p class="typed">de aannemer is later</p>');
  });

  it('has the form of an action only where its row is opened', async () => {
    const form = `action="${open}/besproken/${ids.late}"`;
    const page = await chair.see(open);
    expect(page).not.toContain(form);
    const link = new RegExp(`href="(${open}\\?open=${ids.late})#besproken-${ids.late}"`).exec(page)![1];
    const opened = await chair.see(link);
    expect(opened).toContain(form);
    expect(opened).toContain('de aannemer is later</textarea>');
    expect(opened.match(/ name="besproken" data-row open>/g)).toHaveLength(1);
  });

  it('refuses a second treatment of the same action by whoever did not see the first', async () => {
    const { status } = await chair.post(
      `${open}/besproken/${ids.late}`,
      { version: '1', do: 'done', note: 'klaar' },
      open,
    );
    expect(status).toBe(412);
    expect(await chair.see(`${open}?open=${ids.late}`)).not.toContain('klaar</textarea>');
  });

  it('offers ambiguous names as choices, and makes an unknown organisation on the spot', async () => {
    await n.make.organisation({ name: 'Stichting De Brug Boskoop' });
    await n.make.organisation({ name: 'Stichting De Brug Hazerswoude' });
    const { text } = await chair.post(
      `${open}/acties/lezen`,
      { line: 'Stichting De Brug: koffie in de buurtkamer, volgend overleg' },
      open,
    );
    expect(text).toMatch(/“Stichting De Brug” kan ook zijn: [^<]*Stichting De Brug/);
    expect(text).toContain('Stichting De Brug Hazerswoude');
    expect(text).toContain('volgend overleg (dinsdag 7 juli 2026)');
    const unknown = await chair.post(`${open}/acties/lezen`, { line: 'Waterschap: duiker schoonmaken, 12 juni' }, open);
    expect(unknown.text).toContain('“Waterschap” staat nog niet in de lijst.');
    const filled = {
      title: 'Duiker schoonmaken',
      ownerId: 'nieuw',
      newName: 'Waterschap',
      newKind: 'other',
      dueKind: 'date',
      dueOn: '2026-06-12',
    };
    const nameless = await chair.post(`${open}/acties`, { ...filled, title: '', newName: '' }, open);
    expect(nameless.text).toMatch(/href="#actie-nieuw-title"[^]*href="#actie-nieuw-newName"/);
    expect(nameless.text).toContain('id="actie-nieuw-newName-fout"');
    const astray = await chair.post(`${open}/acties`, { ...filled, agendaItemId: newId() }, open);
    expect([astray.status, await organisationsCalled('Waterschap')]).toEqual([400, 0]);
    expect((await chair.post(`${open}/acties`, filled, open)).status).toBe(303);
    expect(await chair.see(open)).toContain('Waterschap · uiterlijk vrijdag 12 juni 2026');
  });

  it('records an action that lacks its owner, lists it before closing, and lets it be filled in or taken back', async () => {
    await chair.post(`${open}/acties`, { title: 'Nog iemand bellen', ownerId: '', dueKind: '' }, open);
    const page = await chair.see(open);
    const [, id] = /href="[^"]*\?actie(?:=|&#x3D;)([0-9a-f-]+)#wie-en-wanneer"[^>]*>[^<]*Nog iemand bellen/.exec(page)!;
    expect(page).toContain('heeft nog geen actiehouder.');
    expect(page).toContain('heeft nog geen datum.');
    const form = await chair.see(`${open}?actie=${id}`);
    expect(form).toContain('id="wie-en-wanneer"');
    // Without a date there is none to postpone.
    expect(form).not.toContain('bij een latere datum');
    const who = { ownerId: n.organisations.habeko.id, dueKind: 'date', dueOn: '2026-06-30' };
    expect((await chair.post(`${open}/acties/${id}`, who, open)).status).toBe(303);
    expect(await chair.see(open)).toContain('Habeko Wonen · uiterlijk dinsdag 30 juni 2026');
    const dated = await chair.see(`${open}?actie=${id}`);
    expect(dated).toContain('bij een latere datum');
    const version = /intrekken"[^]*?name="version" value="(\d+)"/.exec(dated)![1];
    await chair.post(`${open}/acties/${id}/intrekken`, { version, reason: 'dubbel genoteerd' }, open);
    expect(await chair.see(open)).not.toContain('Nog iemand bellen</');
  });

  it('takes a day that was filled in as the deadline, also if nothing was chosen beside it', async () => {
    await chair.post(`${open}/acties`, { title: 'Verlichting nalopen', ownerId: '', dueKind: '' }, open);
    const [, id] = /href="[^"]*\?actie(?:=|&#x3D;)([0-9a-f-]+)#wie-en-wanneer"[^>]*>[^<]*Verlichting nalopen/.exec(
      await chair.see(open),
    )!;
    const when = { ownerId: n.organisations.habeko.id, dueKind: '', dueOn: '2026-06-29' };
    expect((await chair.post(`${open}/acties/${id}`, when, open)).status).toBe(303);
    const page = await chair.see(open);
    expect(page).toContain('Habeko Wonen · uiterlijk maandag 29 juni 2026');
    const version = /intrekken"[^]*?name="version" value="(\d+)"/.exec(await chair.see(`${open}?actie=${id}`))![1];
    await chair.post(`${open}/acties/${id}/intrekken`, { version, reason: 'dubbel genoteerd' }, open);
  });

  it('adds an unknown person and organisation on the spot, present at once; says what is wrong beside the field', async () => {
    const form = `${open}?toevoegen=persoon`;
    const filled = {
      name: 'opbouwwerker',
      email: 'geen adres',
      organisationId: 'nieuw',
      newName: 'Buurtkamer',
      newKind: 'welfare',
    };
    const refused = await chair.post(`${open}/personen`, filled, form);
    expect([refused.status, refused.text.includes('id="persoon-email-fout"')]).toEqual([400, true]);
    expect(refused.text).toContain('value="geen adres"');
    expect(refused.text).toContain('value="Buurtkamer"');
    const nameless = await chair.post(`${open}/personen`, { ...filled, newName: '' }, form);
    expect(nameless.text).toMatch(/id="persoon-email-fout"[^]*id="persoon-newName-fout"/);
    expect(nameless.text).not.toContain('id="persoon-name-fout"');
    const taken = await chair.post(`${open}/personen`, { ...filled, email: n.people.wijkagent.email! }, form);
    expect(taken.text).toContain('Iemand met dit e-mailadres staat al in de lijst.');
    expect(await organisationsCalled('Buurtkamer')).toBe(0);
    const { status } = await chair.post(
      `${open}/personen`,
      { ...filled, email: 'opbouwwerker@buurtkamer.example', isContact: 'true' },
      form,
    );
    expect(status).toBe(303);
    const page = await chair.see(open);
    expect(page).toMatch(/opbouwwerker<\/span>\s*<span class="facts">Buurtkamer/);
    expect(page).toContain('1 aanwezig');
    await chair.post(
      `${open}/gasten`,
      { guestName: 'stagiair', organisationId: n.organisations.habeko.id, isReplacement: 'true' },
      form,
    );
    expect(await chair.see(open)).toContain('Habeko Wonen, vervanger');
  });

  it('tells the script what was saved and what stands there now, as JSON', async () => {
    const csrf = /name="_csrf" value="([^"]+)"/.exec(await chair.see(open))![1];
    const post = (fields: Record<string, string>) =>
      chair.postRaw(`${open}/agendapunten/${ids.item}`, { _csrf: csrf, ...fields }, { Accept: 'application/json' });
    const saved = await post({ version: '1', notes: 'eerst', decision: '', state: 'accepted' });
    expect(saved.body).toMatchObject({
      saved: expect.stringMatching(/^Opgeslagen om \d\d:\d\d$/),
      versions: { version: 2 },
    });
    const late = await post({ version: '1', notes: 'later', decision: '', state: 'accepted' });
    expect([late.status, late.body.theirs]).toEqual([
      412,
      { notes: 'eerst', decision: '', state: 'accepted', version: 2 },
    ]);
  });

  it('cancels a planned session with a reason', async () => {
    const bare = await chair.post(`${planned}/afgelasten`, { version: '1', reason: '' }, planned);
    expect([bare.status, bare.text.includes('Schrijf erbij waarom.')]).toEqual([400, true]);
    await chair.post(`${planned}/afgelasten`, { version: '1', reason: 'te weinig punten' }, planned);
    expect(await chair.see(planned)).toContain('Gaat niet door: te weinig punten');
  });
});
