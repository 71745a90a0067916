import { beforeAll, expect, it } from '@jest/globals';
import { onBothDatabases } from '../support/app.js';
import { type Boskoop } from '../support/minutes.js';
import { Visitor } from '../support/visitor.js';
import { GROUND, setUpRemovals } from './minutes-removals.setup.js';

onBothDatabases((kind) => {
  const r = setUpRemovals(kind);
  let b: Boskoop;
  let chair: Visitor;
  let path: string;
  const page = () => `${path}/weglakken`;
  const post = (form: Record<string, string | string[]>) => chair.post(page(), form);
  const versionIn = (body: string) => body.match(/name="version" value="(\d+)"/)![1];
  beforeAll(async () => {
    b = await r.sent();
    chair = await Visitor.of(r.t, b.chair.id);
    path = `/verslagen/${b.session.id}`;
  });

  it('is offered to the chair on the page of sent minutes, and to nobody else', async () => {
    expect(await chair.see(path)).toContain(`href="${page()}">Woorden weglakken</a>`);
    const partner = await Visitor.of(r.t, b.coach.id);
    expect(await partner.see(path)).not.toContain('weglakken');
    await partner.see(page(), 403);
  });

  it('asks for the words and the reason, and says where a name at the table is removed', async () => {
    const empty = await post({});
    expect([empty.status, empty.text.match(/field-error" id="[^"]+/g)]).toEqual([
      400,
      ['field-error" id="words-fout', 'field-error" id="ground-fout'],
    ]);
    const absent = await post({ words: 'staat er niet', ground: GROUND });
    expect([absent.status, absent.text.includes('Deze woorden staan niet in dit verslag.')]).toEqual([400, true]);
    expect(absent.text).toContain('>staat er niet</textarea>');
  });

  it('shows every place first and changes nothing, then removes the words where they are ticked', async () => {
    const before = await r.held(b);
    const shown = await post({ words: 'skatebaan', ground: GROUND });
    expect(shown.text).toContain('Dit kan niet ongedaan worden gemaakt.');
    expect(shown.text).toContain('Extra surveillance bij de <mark>skatebaan</mark>');
    const places = [...shown.text.matchAll(/name="plaats" value="([^"]+)"/g)].map(([, item]) => item);
    expect(places).toEqual(['3']);
    expect(shown.text.split('<mark>skatebaan</mark>')).toHaveLength(4);
    expect(await r.held(b)).toBe(before);

    const form = { words: 'skatebaan', ground: GROUND, version: versionIn(shown.text), stap: 'weglakken' };
    const none = await post(form);
    expect([none.status, none.text.includes('<a href="#plaats">Kruis aan waar de woorden weg moeten.</a>')]).toEqual([
      400,
      true,
    ]);
    const done = await post({ ...form, plaats: places });
    expect(done.text).toContain('Weggelakt op 1 plaats.');
    expect(await r.held(b)).not.toContain('skatebaan');
    expect(await chair.see(path)).toContain('met weggelakte passages');
    expect(await chair.see(page())).toMatch(new RegExp(`Eerder weggelakt[^]*gebiedsadviseur Boskoop: ${GROUND}`));
  });

  it('finds the words with and without capitals, and removes each spelling', async () => {
    const other = await r.sent();
    const at = `/verslagen/${other.session.id}/weglakken`;
    const by = await Visitor.of(r.t, other.chair.id);
    const form = { words: 'overLAST', ground: GROUND };
    const shown = await by.post(at, form);
    expect(shown.text).toContain('<mark>Overlast</mark> bij de skatebaan');
    expect(shown.text).toContain('De <mark>overlast</mark> verschuift');
    await by.post(at, { ...form, version: versionIn(shown.text), stap: 'weglakken', plaats: '3' });
    expect(await r.held(other)).not.toMatch(/overlast/i);
    expect(await r.held(other)).toContain('(weggelakt) bij de skatebaan');
  });

  it('does nothing if the minutes changed since the places were shown', async () => {
    const shown = await post({ words: 'geluid na tienen', ground: GROUND });
    const form = { words: 'geluid na tienen', ground: GROUND, stap: 'weglakken', plaats: '3' };
    const older = await post({ ...form, version: String(Number(versionIn(shown.text)) - 1) });
    expect([older.status, older.text.includes('>geluid na tienen</textarea>')]).toEqual([412, true]);
    expect(await r.held(b)).toContain('geluid na tienen');
  });

  it('finds nothing in a confidential item of others, and does not tell that words were redacted there', async () => {
    const other = await r.sent();
    const form = { words: 'groene deur', ground: 'Verzoek over een adres.' };
    const at = `/verslagen/${other.session.id}/weglakken`;
    const gebiedsadviseur = await Visitor.of(r.t, other.chair.id);
    const hidden = await gebiedsadviseur.post(at, form);
    expect([hidden.status, hidden.text.includes('staan niet in dit verslag')]).toEqual([400, true]);

    await r.t.make.grant(other.wijkagent.id, 'chair', other.area.id);
    const wijkagent = await Visitor.of(r.t, other.wijkagent.id);
    const shown = await wijkagent.post(at, form);
    expect(shown.text).toContain('het huis met de <mark>groene deur</mark>');
    const done = await wijkagent.post(at, { ...form, version: versionIn(shown.text), stap: 'weglakken', plaats: 'V1' });
    expect(done.text).toContain('Weggelakt op 1 plaats.');
    expect(await wijkagent.see(at)).toContain('Verzoek over een adres.');
    expect(await gebiedsadviseur.see(at)).not.toContain('Eerder weggelakt');
  });
});
