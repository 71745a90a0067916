import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Action } from '../../src/actions/action.entity.js';
import { onBothDatabases } from '../support/app.js';
import { setUpDigests } from './digests.setup.js';

const SECRETARY = 'secretaris@dorpsraad.example';
/** The Monday mornings of weeks 22 to 25. */
const [FIRST, SECOND, THIRD, FOURTH] = ['2026-05-25', '2026-06-01', '2026-06-08', '2026-06-15'].map(
  (day) => `${day}T06:05:00.000Z`,
);

onBothDatabases((kind) => {
  const d = setUpDigests(kind);
  const { start, ring, overdue, change } = d;
  let council: string;
  let asked: Action;

  /** The dorpsraad asked the police for something and, if the test says so, has a late action of its own. */
  beforeEach(async () => {
    await start(FIRST);
    council = (await d.t.make.organisation({ name: 'Dorpsraad', kind: 'residents' })).id;
    const secretary = await d.t.make.person({ email: SECRETARY, organisationId: council });
    await d.t.make.contact(council, secretary.id, null, { fromOn: '2026-01-01' });
    await overdue();
    asked = await overdue({ title: 'Bankje', dueOn: '2026-12-01', requestedById: council });
  });

  const at = async (instant: string) => {
    d.t.clock.set(instant);
    await ring();
    return d.mailbox.to(SECRETARY).at(-1)?.mail.text ?? null;
  };
  const finish = async (instant: string) => {
    const end = { ...asked, status: 'done', doneOn: '2026-05-27', closedOn: '2026-05-27' } as typeof asked;
    await d.t.make.update(end, { recordedAt: instant });
    await change(
      `UPDATE "actions" SET "status" = 'done', "doneOn" = '2026-05-27', "closedOn" = '2026-05-27' WHERE "id" = '${asked.id}'`,
    );
  };
  const late = () => overdue({ ownerId: council, title: 'Eigen actie' });

  describe('"wat is er met uw vraag gebeurd"', () => {
    it('counts from the last mail that person got, not from the last that others got', async () => {
      const own = await late();
      expect(await at(FIRST)).not.toContain('Bankje');
      await change(`UPDATE "actions" SET "status" = 'on_hold', "resumeOn" = '2026-06-07' WHERE "id" = '${own.id}'`);
      await finish('2026-05-27T10:00:00.000Z');
      await at(SECOND);
      expect(d.mailbox.to(SECRETARY)).toHaveLength(1);
      expect(await at(THIRD)).toMatch(/WAT IS ER MET UW VRAAG GEBEURD\s+\S+: Bankje \(Boskoop, Politie\): gereed/);
      expect(await at(FOURTH)).not.toContain('Bankje');
      expect(d.mailbox.to(SECRETARY)).toHaveLength(3);
    });

    it('shows ten at most, and where the rest is', async () => {
      for (let n = 1; n <= 11; n += 1) {
        const more = await overdue({ title: `Vraag ${n}`, dueOn: '2026-12-01', requestedById: council });
        const end = { ...more, status: 'done', doneOn: '2026-05-27', closedOn: '2026-05-27' } as typeof more;
        await d.t.make.update(end, { recordedAt: '2026-05-27T10:00:00.000Z' });
        await change(`UPDATE "actions" SET "status" = 'done', "closedOn" = '2026-05-27' WHERE "id" = '${more.id}'`);
      }
      await finish('2026-05-27T10:00:00.000Z');
      await late();
      const text = await at(SECOND);
      expect(text!.match(/\(Boskoop, Politie\): gereed/g)).toHaveLength(10);
      const REST = 'https://wijkagenda.example/mijn-acties/voor-ons';
      expect(text).toContain(`en nog 2 (u meldt zich eerst aan): ${REST}`);
      const { html } = d.mailbox.to(SECRETARY).at(-1)!.mail;
      expect(html).toContain(`<a href="${REST}"`);
      expect(String(html).match(/>en nog 2</g)).toHaveLength(1);
    });

    it('is told in the first mail a person ever gets', async () => {
      await finish('2026-05-27T10:00:00.000Z');
      await at(SECOND);
      await at(THIRD);
      await late();
      expect(await at(FOURTH)).toMatch(/WAT IS ER MET UW VRAAG GEBEURD\s+\S+: Bankje/);
    });
  });
});
