import { beforeAll, expect, it } from '@jest/globals';
import { onBothDatabases, startApp, type TestApp } from '../support/app.js';
import { Visitor } from '../support/visitor.js';
import { layVillage } from '../support/world.js';

const PATH = '/beheer/voorzitter-wisselen';

onBothDatabases((kind) => {
  let t: TestApp;
  let admin: Visitor;
  let form: Record<string, string>;
  let names: { team: string; grantId: string };
  beforeAll(async () => {
    t = await startApp(kind, { today: '2026-09-01' });
    const team = await t.make.area({ kind: 'team', name: 'Team Zuid' });
    const area = await t.make.area({ kind: 'kern', name: 'Boskoop', parentId: team.id });
    const gemeente = { organisation: 'Wijken en Kernen', person: 'gebiedsadviseur', email: 'nu@stad.example' };
    const { meeting, people } = await layVillage(t, { gemeente }, { area });
    const grant = await t.make.grant(people.gemeente.id, 'chair', team.id);
    await t.make.invitation(meeting.id, { personId: people.gemeente.id, organisationId: null, role: 'chair' });
    await t.make.session(meeting.id, { heldOn: '2026-09-10', chairId: people.gemeente.id });
    await t.make.session(meeting.id, { heldOn: '2026-10-10' });
    await t.make.person({ name: 'opvolger', email: 'straks@stad.example' });
    const person = await t.make.person({ email: 'beheer@stad.example' });
    await t.make.grant(person.id, 'admin', await t.make.root());
    admin = await Visitor.of(t, person.id);
    form = {
      areaId: area.id,
      fromPersonId: 'nu@stad.example',
      toPersonId: 'straks@stad.example',
      fromOn: '2026-09-02',
    };
    names = { team: team.id, grantId: grant.id };
  });

  it('is offered at the role of a chair, filled in, and says what to do when a chair is only away for a while', async () => {
    const role = await admin.see(`/beheer/rollen/${names.grantId}`);
    const [, query] = /href="\/beheer\/voorzitter-wisselen\?([^"]+)"/.exec(role)!;
    const page = await admin.see(`${PATH}?${query.replaceAll('&amp;', '&').replaceAll('&#x3D;', '=')}`);
    expect(page).toMatch(new RegExp(`value="${names.team}" selected`));
    expect(page).toContain('value="nu@stad.example"');
    expect(page).toContain('Is de voorzitter alleen een tijd weg? Wissel dan niet.');
  });

  it('names the area to choose if the person is chair of another one', async () => {
    const { status, text } = await admin.post(PATH, form);
    expect([status, text.includes('Wel van: Team Zuid. Kies dat gebied.')]).toEqual([409, true]);
  });

  it('says that all planned sessions go along, and which named the former chair', async () => {
    await admin.post(PATH, { ...form, areaId: names.team });
    const said = 'Gewisseld vanaf woensdag 2 september 2026: 1 overleg met wat daar gepland is.';
    expect(await admin.see('/beheer/rollen')).toContain(
      `${said} In 1 geplande vergadering stond de naam van wie stopt: daar staat nu de nieuwe voorzitter.`,
    );
  });
});
