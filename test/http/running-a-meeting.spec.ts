import { beforeAll, expect, it } from '@jest/globals';
import { Delivery } from '../../src/platform/mail/delivery.service.js';
import { onBothDatabases } from '../support/app.js';
import { Mailbox } from '../support/mailbox.js';
import { type Neighbourhood, startNeighbourhood } from '../support/world.js';
import { Visitor } from '../support/visitor.js';

/** A whole session as a chair runs it in a browser without JavaScript: one form after the other. */
onBothDatabases((kind) => {
  let n: Neighbourhood;
  let chair: Visitor;
  let mailbox: Mailbox;
  let path: string;
  const version = async (of = 'sluiten'): Promise<string> => {
    const page = await chair.see(path);
    return new RegExp(`action="${path}/${of}"[^]*?name="version" value="(\\d+)"`).exec(page)![1];
  };
  const idOf = (page: string, words: string, prefix: string): string => {
    const at = page.indexOf(words);
    return [...page.slice(0, at).matchAll(new RegExp(`id="${prefix}-([0-9a-f-]{36})"`, 'g'))].at(-1)![1];
  };
  const act = async (to: string, fields: Record<string, string | string[]> = {}) => {
    const answer = await chair.post(`${path}/${to}`, fields, path);
    if (answer.status !== 303)
      throw new Error(`${to} answered ${answer.status}: ${/<main[^]*<\/main>/.exec(answer.text)?.[0]}`);
    return chair.see(path);
  };
  beforeAll(async () => {
    mailbox = await Mailbox.start();
    n = await startNeighbourhood(kind, { SMTP_URL: mailbox.url });
    chair = await Visitor.of(n, n.people.gebiedsadviseur.id);
    const own = { meetingId: n.meeting.id, areaId: n.boskoop.id, recordedOn: '2026-05-01' };
    await n.make.action({
      ...own,
      number: 'BOS-91',
      title: 'Schouw',
      ownerId: n.organisations.politie.id,
      dueOn: '2026-05-20',
    });
    await n.make.action({ ...own, number: 'BOS-92', title: 'Bankjes', dueOn: '2026-12-01' });
  });

  it('plans a session from the page of its series', async () => {
    expect(await chair.see('/overleggen')).toContain('Professionaloverleg Boskoop');
    const series = `/overleggen/${n.meeting.id}`;
    const before = await chair.see(series);
    expect(before).toContain('Er is geen vergadering gepland.');
    expect(before).toContain('id="plannen-endTime" value="11:30"');
    const { status, headers } = await chair.post(
      `${series}/vergaderingen`,
      { heldOn: '2026-06-02', startTime: '10:00' },
      series,
    );
    expect(status).toBe(303);
    path = headers.location;
    expect(await chair.see(path)).toContain('Gepland: dinsdag 2 juni 2026.');
    expect(await chair.see('/overleggen')).toContain(`href="${path}"`);
  });

  it('prepares the agenda', async () => {
    const page = await act('agendapunten', {
      title: 'Jeugd bij de skatebaan',
      proposedById: n.organisations.politie.id,
    });
    expect(page).toContain('Jeugd bij de skatebaan');
    expect(page).toContain('ingebracht door Politie');
  });

  it('renames an item, and takes one off the agenda', async () => {
    const page = await act('agendapunten', { title: 'Vergissing' });
    const id = /agendapunten\/([0-9a-f-]{36})\/titel" class="row"[^]*?value="Vergissing"/.exec(
      page.slice(page.lastIndexOf('<li class="item')),
    )![1];
    const renamed = await act(`agendapunten/${id}/titel`, { version: '1', title: 'Toch een vergissing' });
    expect(renamed).toContain('Toch een vergissing');
    expect(await act(`agendapunten/${id}/weg`, { version: '2' })).not.toContain('Toch een vergissing');
  });

  it('opens, with the actions of last time in order of urgency', async () => {
    const read = await version('openen');
    const page = await act('openen', { version: read });
    expect(page).toContain('De vergadering is begonnen. Vul eerst in wie er is.');
    expect(await act('openen', { version: read })).toContain('Iemand anders was net begonnen. Vul eerst in wie er is.');
    expect(page.indexOf('13 dagen te laat')).toBeLessThan(page.indexOf('1 andere actie, nog niet aan de beurt'));
    expect(page).toContain('Schrijf hier geen zaken op over bewoners die te herkennen zijn.');
  });

  it('records attendance in one form', async () => {
    const page = await act('aanwezigheid', { [`p-${n.people.wijkagent.id}`]: 'present' });
    expect(page).toContain('1 aanwezig');
  });

  it('takes back that somebody was recorded', async () => {
    const key = `p-${n.people.wijkagent.id}`;
    const page = await act('aanwezigheid', { wis: key });
    expect(page).toContain('Ongedaan gemaakt: wie er is.');
    expect(page).not.toContain('1 aanwezig');
    await act('aanwezigheid', { [key]: 'present' });
  });

  it('ticks an action with a note', async () => {
    const before = await chair.see(path);
    const id = idOf(before, '>Schouw', 'besproken');
    const page = await act(`besproken/${id}`, { version: '1', note: 'gedaan op 28 mei', do: 'done' });
    expect(page).toContain('BOS-91 is gereed.');
  });

  it('goes on round the table after a press, if that is the order', async () => {
    const table = `${path}?volgorde=tafel`;
    const id = idOf(await chair.see(table), '>Bankjes', 'besproken');
    const page = await chair.see(`${table}&open=${id}`);
    const action = new RegExp(`action="(${path}/besproken/${id}[^"]*)"`).exec(page)![1].replaceAll('&#x3D;', '=');
    const { status, headers } = await chair.post(action, { version: '1', do: 'discussed' }, path);
    expect([status, headers.location]).toEqual([303, `${table}#besproken-${id}`]);
    expect(await chair.see(table)).toContain('<strong>rond de tafel</strong>');
  });

  it('reads a line, shows what it understood, and saves it with the next Enter', async () => {
    const { text, status } = await chair.post(
      `${path}/acties/lezen`,
      { line: 'politie: extra surveillance skatebaan, vrijdag 5 juni' },
      path,
    );
    expect(status).toBe(200);
    expect(text).toContain('data-said="Politie. Extra surveillance skatebaan. uiterlijk vrijdag 5 juni 2026."');
    const value = (name: string) =>
      new RegExp(`id="actie-nieuw"[^]*?name="${name}"[^>]*value="([^"]*)"`).exec(text)![1];
    const page = await act('acties', {
      title: value('title'),
      ownerId: n.organisations.politie.id,
      dueKind: 'date',
      dueOn: value('dueOn'),
    });
    expect(page).toMatch(/Opgeslagen: BOS-\d+ Extra surveillance skatebaan/);
  });

  it('saves a line at once, and leaves open what is in doubt', async () => {
    const page = await act('acties/regel', { line: 'Buurtvaders: ronde lopen bij het station' });
    expect(page).toMatch(/Opgeslagen: BOS-\d+ Buurtvaders: ronde lopen bij het station/);
    const [{ id }] = await n.database.reader.query(
      `SELECT "id" FROM "actions" WHERE "title" LIKE 'Buurtvaders%' AND "ownerId" IS NULL AND "dueKind" IS NULL`,
    );
    const update = { ownerId: n.organisations.boa.id, dueKind: 'date', dueOn: '2026-06-12' };
    await act(`acties/${id}`, update);
    const long = `politie: ${'zwerfvuil rapen '.repeat(20)}vrijdag 5 juni`;
    expect(await act('acties/regel', { line: long })).toContain(' …');
    const [{ details }] = await n.database.reader.query(`SELECT "details" FROM "actions" WHERE "title" LIKE '%…'`);
    expect(details).toBe(long);
  });

  it('assigns an action to the name chosen from the list, unless another name was typed over it', async () => {
    const { organisations, people } = n;
    const [one, other] = [organisations.politie, organisations.habeko];
    const picked = { pickedOwnerId: other.id, pickedPersonId: '', pickedName: 'beheerder' };
    const ownerOf = async (title: string) => {
      const rows = await n.database.reader.query(
        `SELECT "ownerId", "ownerPersonId" FROM "actions" WHERE "title" = '${title}'`,
      );
      return rows[0] as { ownerId: string | null; ownerPersonId: string | null };
    };
    await act('acties/regel', { ...picked, line: 'beheerder: trap vegen, 1 juli' });
    expect(await ownerOf('Trap vegen')).toEqual({ ownerId: other.id, ownerPersonId: null });
    await act('acties/regel', { ...picked, line: 'politie: fietsen labelen, 1 juli' });
    expect(await ownerOf('Fietsen labelen')).toEqual({ ownerId: one.id, ownerPersonId: null });
    const agent = { pickedOwnerId: one.id, pickedPersonId: people.wijkagent.id, pickedName: people.wijkagent.name };
    await act('acties/regel', { ...agent, line: `${people.wijkagent.name}: plein bekijken, 1 juli` });
    expect(await ownerOf('Plein bekijken')).toEqual({ ownerId: one.id, ownerPersonId: people.wijkagent.id });
  });

  it('shows what the minutes will be, called what they are', async () => {
    const preview = await chair.see(`${path}/voorbeeld`);
    expect(preview).toContain('<h1>Zo wordt het verslag: Professionaloverleg Boskoop</h1>');
    expect(preview).toContain('Zoals het nu is; er kan nog van alles bij.');
  });

  it('says what is missing before it closes, and leads there', async () => {
    const page = await chair.see(path);
    expect(page).toContain('U kunt nog niet afsluiten:');
    const answer = await chair.post(`${path}/sluiten`, { version: await version(), how: 'close' }, path);
    expect(answer.status).toBe(409);
    expect(answer.text).toContain('<h2 id="fouten">U kunt nog niet afsluiten</h2>');
    const id = idOf(page, '> Jeugd bij de skatebaan</h2>', 'punt');
    expect(answer.text.split(`<a href="#punt-${id}-notes">`)).toHaveLength(2);
  });

  it('saves notes and a decision, and shows both texts to the user who saved second', async () => {
    const id = idOf(await chair.see(path), '> Jeugd bij de skatebaan</h2>', 'punt');
    await act(`agendapunten/${id}`, { version: '1', notes: 'Er is meer overlast.', decision: '', state: 'accepted' });
    const late = await chair.post(
      `${path}/agendapunten/${id}`,
      { version: '1', notes: 'Mijn eigen tekst', decision: '', state: 'accepted' },
      path,
    );
    expect(late.status).toBe(412);
    expect(late.text).toContain('Iemand anders schreef hier intussen:');
    expect(late.text).toContain('Er is meer overlast.');
    expect(late.text).toContain('Mijn eigen tekst</textarea>');
    expect(late.text).toContain(
      `action="${path}/agendapunten/${id}" class="write" novalidate data-keep="punt-${id}"><input type="hidden" name="_csrf"`,
    );
  });

  it('closes and sends with one button', async () => {
    const read = await version();
    const page = await act('sluiten', { version: read, how: 'send' });
    expect(page).toContain('De vergadering is gesloten. Het verslag gaat naar 1 persoon.');
    expect(page).toContain('Versie 1 is verstuurd');
    const again = await act('sluiten', { version: read, how: 'send' });
    expect(again).toContain('Iemand anders heeft de vergadering net gesloten.');
    expect(await chair.see(`${path}/voorbeeld`)).toContain('Er is meer overlast.');
  });

  it('says how far the sending is, and whom no mail reached', async () => {
    const underWay = async (instant: string): Promise<string> => {
      n.clock.set(instant);
      await n.app.get(Delivery).deliverDue();
      return /<div class="delivery"[^]*?<\/div>/.exec(await chair.see(path))![0];
    };
    const address = n.people.wijkagent.email!;
    mailbox.behave(address, 'try-later', 'refuse');
    const waiting = await underWay('2026-06-02T10:05:00.000Z');
    expect(waiting).toContain('data-under-way');
    expect(waiting).toMatch(new RegExp(`De mail is nog onderweg\\.[^]*href="${path}">Kijk opnieuw`));
    const refused = await underWay('2026-06-02T10:10:00.000Z');
    expect(refused).toContain('Niet aangekomen bij: wijkagent Boskoop.');
    expect(refused).not.toMatch(/data-under-way|onderweg\./);
  });

  it('reopens with a reason', async () => {
    const refused = await chair.post(`${path}/heropenen`, { version: await version('heropenen') }, path);
    expect([refused.status, refused.text.includes('Schrijf erbij waarom.')]).toEqual([400, true]);
    const page = await act('heropenen', { version: await version('heropenen'), reason: 'een naam vergeten' });
    expect(page).toContain('De vergadering is weer open.');
  });

  it('offers the minutes that were sent in the next session, with the remarks, and adopts them corrected', async () => {
    await act('sluiten', { version: await version(), how: 'send' });
    await n.app.get(Delivery).deliverDue();
    expect(await chair.see(path)).toContain('De mail is verstuurd.');
    const earlier = path.split('/')[2];
    await n.post(`/v1/sessions/${earlier}/minutes/remarks`, { text: 'Het was juist minder.' }, n.as.police).expect(201);
    const series = `/overleggen/${n.meeting.id}`;
    path = (await chair.post(`${series}/vergaderingen`, { heldOn: '2026-06-16' }, series)).headers.location;
    n.clock.set('2026-06-16T08:00:00.000Z');
    chair = await Visitor.of(n, n.people.gebiedsadviseur.id);
    await act('openen', { version: await version('openen') });
    const page = await chair.see(path);
    expect(page).toContain('Verslag van dinsdag 2 juni 2026');
    const headings = page.match(/<h2.*<\/h2>/g)?.filter((heading) => heading.includes('Verslag vorige keer'));
    expect(headings).toHaveLength(1);
    expect(page).toContain('wijkagent Boskoop: Het was juist minder.');
    const to = `vaststellen/${earlier}`;
    const bare = await chair.post(`${path}/${to}`, { version: await version(to), kind: 'corrected' }, path);
    expect([bare.status, bare.text.includes('Schrijf minstens één verbetering op.')]).toEqual([400, true]);
    const correction = { 'item-1': '1', 'old-1': 'Er is meer overlast.', 'new-1': 'Er is minder overlast.' };
    const after = await act(to, { version: await version(to), kind: 'corrected', ...correction });
    expect(after).toContain('Het verslag is met verbeteringen vastgesteld.');
    expect(after).not.toContain('Verslag van dinsdag 2 juni 2026');
    expect(await chair.see(`/verslagen/${earlier}`)).toContain('Er is minder overlast.');
  });
});
