import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ActionImportPart } from '../../src/actions/import/action-import-part.entity.js';
import { ActionImport } from '../../src/actions/import/action-import.entity.js';
import { newId } from '../../src/platform/common/ids.js';
import { Params, rows } from '../../src/platform/database/rows.js';
import { spelledAt } from '../../src/platform/spelling/spelled-words.js';
import { onBothDatabases } from '../support/app.js';
import { everythingKept } from '../support/everything.js';
import { agendaItem, boskoop, type Boskoop, bring, send } from '../support/minutes.js';
import { Visitor } from '../support/visitor.js';
import { GROUND, setUpRemovals } from './minutes-removals.setup.js';

/** One name in the ways in which keyboards, Word and mail programs spell it. */
const NAME = 'José d’Núñez-Ørsted';
const SPELLINGS = [
  NAME,
  "Jose d'Nunez-Orsted",
  NAME.normalize('NFD'),
  'José  d’Núñez-Ørsted',
  'José\u00a0d’Núñez\u2011Ørsted',
  'José\nd’Núñez–Ørsted',
  'José\r\n\td’Núñez-Ørsted',
  'Jo\u00adsé d’Nú\u200bñez-Ørsted',
];

/** An independent reading of "the name is still there", also in JSON. */
const isNamedIn = (text: string): boolean =>
  /jose[^a-z]*d[^a-z]*nunez[^a-z]*orsted/.test(
    text
      .replaceAll(/\\+[nrt]/g, ' ')
      .normalize('NFD')
      .replaceAll(/[\p{M}\p{Cf}]/gu, '')
      .toLowerCase()
      .replaceAll('ø', 'o'),
  );

onBothDatabases((kind) => {
  const r = setUpRemovals(kind);
  const as = (b: Boskoop, method: 'get' | 'post' | 'put', url: string) =>
    r.t.api[method](url).set('Authorization', b.signedIn.chair);

  /** Minutes in which this spelling stands in the notes, and another in everything beside them. */
  const told = async (inNotes: string, beside: string) => {
    const b = await boskoop(r.t);
    const line = beside.replaceAll(/\s+/g, ' ');
    const notes = `Bij ${inNotes} was het onrustig.`;
    const decision = `Naar ${beside} gaat een brief.`;
    const item = await agendaItem(r.t, b.session.id, {
      number: '7',
      position: 70,
      title: `Over ${line}`,
      notes,
      decision,
    });
    const plan = { title: `Bel ${line}`, details: `${beside} woont daar.`, publicText: `Iets met ${beside}` };
    const action = (
      await as(b, 'post', `/v1/sessions/${b.session.id}/actions`)
        .set('Idempotency-Key', newId())
        .send({ ...plan, agendaItemId: item.id, ownerId: b.police.id, dueOn: '2026-07-01' })
        .expect(201)
    ).body as { id: string; number: string };
    const update = { status: 'blocked', reason: `${beside} zegt nee.`, comment: `Gebeld met ${beside}.` };
    await as(b, 'post', `/v1/actions/${action.id}/updates`).send(update).expect(201);
    await bring(r.t, b.session.id, 'closed');
    await send(r.t, b);
    await as(b, 'post', `/v1/sessions/${b.session.id}/minutes/remarks`)
      .set('Idempotency-Key', newId())
      .send({ text: `Het ging om ${beside}.`, itemNumber: '7' })
      .expect(201);
    const importId = newId();
    await r.t.make.row(ActionImport, {
      ...{ id: importId, personId: b.chair.id, areaId: b.area.id, state: 'executed' as const, version: 1 },
      ...{ createdAt: '2026-06-02T10:00:00.000Z', executedAt: null, proposal: { unknownColumns: [beside] } as never },
    });
    await r.t.make.row(ActionImportPart, { importId, part: 0, rows: [{ wat: `Brief aan ${beside}` }] as never });
    return { b, action };
  };
  const stillIn = async (): Promise<string[]> =>
    Object.entries(await everythingKept(r.t)).flatMap(([table, kept]) => (kept.some(isNamedIn) ? [table] : []));

  it.each(SPELLINGS.map((spelling, at): [number, string, string] => [at, JSON.stringify(spelling), spelling]))(
    'redacts a name spelled in way %i (%s) whichever way it is asked for, everywhere, and says so truthfully',
    async (at, _, spelling) => {
      const { b } = await told(spelling, SPELLINGS[(at + 3) % SPELLINGS.length]);
      const asked = SPELLINGS[(at + 5) % SPELLINGS.length];
      const { status, body } = await r.put(b, 'redaction', r.redaction('7', asked));
      expect([status, body.elsewhere]).toEqual([200, []]);
      expect(await stillIn()).toEqual([]);
      const { body: found } = await as(b, 'get', '/v1/search?q=orsted').expect(200);
      expect(JSON.stringify(found)).not.toContain('rsted');
      const { body: minutes } = await r.get(b, b.signedIn.chair).expect(200);
      expect(JSON.stringify(minutes)).toContain('Bij (weggelakt) was het onrustig.');
    },
  );

  it('shows a chair each place in its own spelling, and names what else says it in another', async () => {
    const { b } = await told(SPELLINGS[2], SPELLINGS[5]);
    await agendaItem(r.t, b.session.id, { number: '8', position: 80, notes: `Ook ${SPELLINGS[4]}.` });
    const chair = await Visitor.of(r.t, b.chair.id);
    const page = `/verslagen/${b.session.id}/weglakken`;
    const asked = { words: SPELLINGS[1].toUpperCase(), ground: GROUND };
    const shown = await chair.post(page, asked);
    expect(shown.text).toContain(`Bij <mark>${SPELLINGS[2]}</mark> was`);
    const version = shown.text.match(/name="version" value="(\d+)"/)![1];
    const done = await chair.post(page, { ...asked, version, stap: 'weglakken', plaats: '7' });
    expect(done.text).toContain('Weggelakt op 1 plaats.');
    expect(done.text).toContain('punt 8');
    expect(await stillIn()).toEqual(['agenda_items']);
  });

  it('finds in a query what the program finds, whatever the characters', async () => {
    const { reader, dialect } = r.t.database;
    const some = (maxLength: number) =>
      fc
        .array(fc.constantFrom(...'aAeEéÉøŁ \u00a0\u2003\n\t\u00ad\u0301\u200b’\'‑–-%_"ﬁi'), {
          minLength: 1,
          maxLength,
        })
        .map((characters) => characters.join(''));
    await fc.assert(
      fc.asyncProperty(some(20), some(3), async (text, words) => {
        const isFound = spelledAt(text, words, { anyCase: true }).length > 0;
        if (!isFound && spelledAt(words, words).length === 0) return;
        const params = new Params();
        const said = `CAST(${params.add(text)} AS text)`;
        const stored = `CAST(${params.add(JSON.stringify({ text }))} AS text)`;
        const [row] = await rows<{ said: boolean; stored: boolean }>(
          reader,
          `SELECT ${dialect.spells([said], words, params)} AS "said",
             ${dialect.spells([stored], JSON.stringify(words).slice(1, -1), params)} AS "stored"`,
          params.values,
          { said: 'boolean', stored: 'boolean' },
        );
        expect(row.said).toBe(isFound);
        expect(row.stored || !isFound).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});
