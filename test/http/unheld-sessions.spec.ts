import { beforeEach, describe, expect, it } from '@jest/globals';
import { onBothDatabases } from '../support/app.js';
import { Visitor } from '../support/visitor.js';
import { type Neighbourhood, startNeighbourhood } from '../support/world.js';

onBothDatabases((kind) => {
  describe('a session whose day passed without anyone opening it', () => {
    let n: Neighbourhood;
    let session: { id: string };
    beforeEach(async () => {
      n = await startNeighbourhood(kind);
      session = await n.make.session(n.meeting.id, { heldOn: '2026-06-01', startTime: '10:00' });
    });

    const blockOf = async (personId = n.people.gebiedsadviseur.id) =>
      (await (await Visitor.of(n, personId)).see('/')).split('id="niet-begonnen"')[1]?.split('</section>')[0];
    const linesIn = (block: string | undefined) => block?.match(/<li>/g)?.length ?? 0;
    const cancel = () => n.put(`/v1/sessions/${session.id}/cancellation`, { reason: 'Te weinig mensen.' }, 1);

    it('is a line on the start page of its chair, with the two ways to settle it', async () => {
      const block = await blockOf();
      expect(linesIn(block)).toBe(1);
      expect(block).toMatch(/Professionaloverleg Boskoop, ma 1 jun/);
      expect(block).toContain(`href="/vergaderingen/${session.id}#begin">Alsnog beginnen`);
      expect(block).toContain(`href="/vergaderingen/${session.id}#afgelasten">Ging niet door`);
      const page = await (await Visitor.of(n, n.people.gebiedsadviseur.id)).see(`/vergaderingen/${session.id}`);
      for (const anchor of ['begin', 'afgelasten']) expect(page).toContain(`id="${anchor}"`);
    });

    it('is no longer there once it is opened after all, or cancelled', async () => {
      await n.put(`/v1/sessions/${session.id}/opening`, {}, 1).expect(200);
      expect(await blockOf()).toBeUndefined();
      session = await n.make.session(n.meeting.id, { heldOn: '2026-05-26' });
      expect(linesIn(await blockOf())).toBe(1);
      await cancel().expect(200);
      expect(await blockOf()).toBeUndefined();
    });

    it('is not there on its day, nor before it', async () => {
      for (const heldOn of ['2026-06-02', '2026-06-09']) await n.make.session(n.meeting.id, { heldOn });
      expect(linesIn(await blockOf())).toBe(1);
      n.clock.set('2026-06-02T22:00:10Z');
      expect(linesIn(await blockOf())).toBe(2);
    });

    it('is shown to its notulist, who may open it but not cancel it, and to no participant', async () => {
      expect(await blockOf(n.people.wijkagent.id)).toBeUndefined();
      await n.patch(`/v1/sessions/${session.id}`, { secretaryId: n.people.wijkagent.id }, 1).expect(200);
      const block = await blockOf(n.people.wijkagent.id);
      expect(block).toContain('Alsnog beginnen');
      expect(block).not.toContain('Ging niet door');
      expect(await blockOf(n.people.handhaver.id)).toBeUndefined();
    });

    it('can be cancelled without a promise of mail, because nobody is told about a day that passed', async () => {
      const path = `/vergaderingen/${session.id}`;
      const visitor = await Visitor.of(n, n.people.gebiedsadviseur.id);
      expect(await visitor.see(path)).not.toContain('Wie is uitgenodigd, krijgt bericht');
      await visitor.post(`${path}/afgelasten`, { reason: 'Te weinig mensen.', version: '1' }, path);
      const after = await visitor.see(path);
      expect(after).toContain('De vergadering ging niet door.');
      expect(after).not.toContain('krijgt daar bericht van');
    });
  });
});
