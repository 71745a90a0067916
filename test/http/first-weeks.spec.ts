import { beforeAll, expect, it } from '@jest/globals';
import { Delivery } from '../../src/platform/mail/delivery.service.js';
import { onBothDatabases, startApp, type TestApp } from '../support/app.js';
import { Mailbox } from '../support/mailbox.js';
import { Visitor } from '../support/visitor.js';

/** A municipality that has nothing yet, from its first area to its first minutes: each page says what comes next. */
onBothDatabases((kind) => {
  let t: TestApp;
  let mailbox: Mailbox;
  let admin: Visitor;
  let chair: Visitor;
  let rootId: string;
  let meeting: string;
  let session: string;
  beforeAll(async () => {
    mailbox = await Mailbox.start();
    t = await startApp(kind, {
      today: '2026-06-02',
      environment: { SMTP_URL: mailbox.url, WELCOME_MAIL: 'on' },
      isStory: true,
    });
    const person = await t.make.person({ name: 'beheerder' });
    rootId = await t.make.root();
    await t.make.organisation({ name: 'Gemeente', kind: 'municipality' });
    await t.make.grant(person.id, 'admin', rootId);
    admin = await Visitor.of(t, person.id);
  });

  const idOf = async (table: string, name: string): Promise<string> =>
    (await t.database.reader.query(`SELECT "id" FROM "${table}" WHERE "name" = '${name}'`))[0].id;
  const add = async (register: string, fields: Record<string, string>): Promise<string> => {
    const { status, headers } = await admin.post(`/beheer/${register}/nieuw`, fields);
    expect(status).toBe(303);
    return headers.location;
  };
  const go = async (to: string, fields: Record<string, string> = {}): Promise<string> => {
    const form = await chair.see(session);
    const version = new RegExp(`action="${session}/${to}"[^]*?name="version" value="(\\d+)"`).exec(form)?.[1] ?? '1';
    const { status } = await chair.post(`${session}/${to}`, { version, ...fields }, session);
    expect(status).toBe(303);
    return chair.see(session);
  };

  it('leads an administrator from what was added to the next step, once', async () => {
    const area = await add('gebieden', { name: 'Boskoop', code: 'BOS', kind: 'kern', parentId: rootId });
    const next = 'Volgende stap: <a href="/beheer/organisaties/nieuw">Organisaties toevoegen</a>';
    expect(await admin.see(area)).toContain(next);
    expect(await admin.see(area)).not.toContain('Volgende stap');
    const police = await add('organisaties', { name: 'Politie', kind: 'police' });
    expect(await admin.see(police)).toContain('Volgende stap: <a href="/beheer/mensen/nieuw">Mensen toevoegen</a>');
  });

  it('offers a role for the person who was just added, with the address and the only area filled in', async () => {
    const organisationId = await idOf('organisations', 'Gemeente');
    const person = { name: 'gebiedsadviseur', email: 'adviseur@gemeente.example', organisationId };
    const path = await add('mensen', person);
    const offer = /<a href="([^"]+)">Deze persoon een rol geven<\/a>/;
    const [, href] = offer.exec(await admin.see(path))!;
    expect(await admin.see(path)).not.toMatch(offer);
    const form = await admin.see(href.replaceAll('&#x3D;', '=').replaceAll('&amp;', '&'));
    expect(form).toContain('value="adviseur@gemeente.example"');
    expect(form).toMatch(new RegExp(`<option value="${await idOf('areas', 'Boskoop')}" selected`));
  });

  it('says after the last step of the administrator who goes on, and that this person was told', async () => {
    await add('mensen', {
      ...{ name: 'wijkagent', email: 'wijkagent@politie.example' },
      ...{ organisationId: await idOf('organisations', 'Politie'), contactAreaId: await idOf('areas', 'Boskoop') },
    });
    const grant = { personId: 'adviseur@gemeente.example', role: 'chair', areaId: await idOf('areas', 'Boskoop') };
    const page = await admin.see(await add('rollen', grant));
    expect(page).toContain('Volgende stap: Het eerste overleg maken. Dat doet de voorzitter, met Nieuw overleg');
    expect(page).toContain('De voorzitter krijgt een mail waarin staat hoe.');
    await t.app.get(Delivery).deliverDue();
    expect(mailbox.to('adviseur@gemeente.example')).toHaveLength(1);
  });

  it('tells a new chair to make the meeting, and not that there is nothing to do', async () => {
    chair = await Visitor.of(t, await idOf('people', 'gebiedsadviseur'));
    const page = await chair.see('/');
    expect(page).toContain('Zo begint u');
    expect(page).toMatch(
      /class="utrecht-button utrecht-button--primary-action" href="\/overleggen\/nieuw">Nieuw overleg/,
    );
    expect(page).not.toContain('niets voor u te doen');
  });

  it('fills in the only area of a chair, and gives its name as the example', async () => {
    const form = await chair.see('/overleggen/nieuw');
    expect(form).toMatch(
      new RegExp(`<select name="areaId"[^>]*>\\s*<option value="${await idOf('areas', 'Boskoop')}">`),
    );
    expect(form).toContain('Bijvoorbeeld: Professionaloverleg Boskoop.');
    const fields = {
      areaId: await idOf('areas', 'Boskoop'),
      name: 'Overleg',
      kind: 'professionals',
      minutesForm: 'full',
    };
    const { headers } = await chair.post('/overleggen/nieuw', {
      ...fields,
      defaultAgenda: 'Opening\nVerslag vorige keer\nActielijst\nRondvraag',
    });
    meeting = headers.location.replace('/uitnodigen', '');
    expect(await chair.see(headers.location)).toContain('Overleg is gemaakt. Vink nu aan wie er aan tafel zit.');
  });

  it('names on the start page a meeting for which nothing is planned', async () => {
    const page = await chair.see('/');
    expect(page).toContain('Plan een vergadering');
    expect(page).toContain(`href="${meeting}"`);
    expect(page).not.toContain('niets voor u te doen');
    const planned = await chair.post(`${meeting}/vergaderingen`, { heldOn: '2026-06-04' }, meeting);
    session = planned.headers.location;
    expect(await chair.see('/')).not.toContain('Plan een vergadering');
  });

  it('says once to how many people the invitation went, and no longer asks to invite', async () => {
    expect(await chair.see(session)).toContain('Agenda klaar? Nodig uit');
    await go('uitnodigen');
    await t.app.get(Delivery).deliverDue();
    const page = await chair.see(session);
    expect(page).not.toContain('Agenda klaar? Nodig uit');
    expect(page).toContain('utrecht-button--secondary-action" type="submit">Uitnodiging opnieuw versturen');
    expect(page).toContain('Uitgenodigd op dinsdag 2 juni 2026 om');
    expect(page.match(/\d+ (mails|personen|persoon)\b|De mail is verstuurd/g)).toHaveLength(1);
  });

  it('says nothing of actions and minutes that a first meeting cannot have', async () => {
    t.clock.set('2026-06-04T08:00:00.000Z');
    chair = await Visitor.of(t, await idOf('people', 'gebiedsadviseur'));
    const desk = await go('openen');
    expect(desk).toContain('De vergadering is begonnen. Vul eerst in wie er is.');
    expect(desk).toContain('Er is nu geen verslag om vast te stellen.');
    expect(desk).toContain('Er staan geen acties open van vorige keer.');
    expect(desk).not.toContain('0 van 0');
    expect(desk).toContain('Vult u niemand in, dan staat in het verslag niet wie er was.');
  });

  it('says above a refused closing what is missing, with the way there', async () => {
    await go('acties/regel', { line: 'politie: surveillance bij het plein' });
    const form = await chair.see(session);
    const [, version] = new RegExp(`action="${session}/sluiten"[^]*?name="version" value="(\\d+)"`).exec(form)!;
    const { status, text } = await chair.post(`${session}/sluiten`, { version, how: 'send' }, session);
    expect(status).toBe(409);
    expect(text).toContain('<h2 id="fouten">U kunt nog niet afsluiten</h2>');
    expect(text).toMatch(
      /role="alert"[^]*?<li><a href="[^"]*#wie-en-wanneer">BOS-1 Surveillance bij het plein heeft nog/,
    );
    expect(text).toContain('data-at="sluiten"');
  });

  it('has no heading in the minutes with nothing below it, and none about actions that were not there', async () => {
    const [, id] = /\?actie(?:=|&#x3D;)([0-9a-f-]+)#wie-en-wanneer/.exec(await chair.see(session))!;
    await go(`acties/${id}`, { dueKind: 'date', dueOn: '2026-06-05', version: '1' });
    await go('sluiten', { how: 'close' });
    const page = await chair.see(session);
    expect(page).not.toMatch(/0 van 0|Acties van vorige keer/);
    const minutes = await chair.see(`/verslagen/${session.split('/')[2]}`);
    expect(minutes).not.toMatch(/Geen aantekeningen|Opening<\/h3>/);
    expect(minutes).toContain('Zonder aantekeningen: 1. Opening, 2. Verslag vorige keer, 3. Actielijst, 4. Rondvraag.');
  });

  it('speaks of one action and one answer to who has one', async () => {
    await go('versturen', { when: 'now' });
    await t.app.get(Delivery).deliverDue();
    const { text } = mailbox.to('wijkagent@politie.example').at(-1)!.mail;
    const wijkagent = new Visitor(t);
    const page = await wijkagent.see(await wijkagent.sentTo(/\/antwoord\/[^\s#]+/.exec(text!)![0]));
    expect(page).toContain('dit is de actie uit uw mail. U antwoordt zonder wachtwoord.');
    expect(page).toMatch(/U antwoordt als <strong>[^<]*wijkagent[^<]*<\/strong>/);
    expect(page).toContain('Kreeg u deze mail doorgestuurd?');
    expect(page).toContain('>Antwoord opslaan</button>');
  });

  it('says of a quarter without results where they are written, and not that all were left out', async () => {
    const areaId = await idOf('areas', 'Boskoop');
    const { headers } = await chair.post('/gelukt/nieuw', { areaId, quarter: '2026-2' });
    const page = await chair.see(headers.location);
    expect(page).toContain('Er is nog geen resultaat om te vertellen.');
    expect(page.replaceAll('&#x3D;', '=')).toContain(`href="/acties?stand=gereed&amp;gebied=${areaId}"`);
    expect(page).not.toMatch(/weggelaten|>Opslaan</);
  });
});
