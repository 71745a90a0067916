import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Delivery } from '../../src/platform/mail/delivery.service.js';
import { MonthlyPlanner } from '../../src/wijkagenda/koersoverzicht/monthly-planner.service.js';
import { onBothDatabases } from '../support/app.js';
import { setUpKoersoverzicht } from './koersoverzicht.setup.js';

onBothDatabases((kind) => {
  const k = setUpKoersoverzicht(kind);
  let personId: string;
  let email: string;
  const roles: Record<string, string> = {};
  let month = 8;
  beforeAll(async () => {
    const person = await k.t.make.person();
    [personId, email] = [person.id, person.email!];
    for (const area of [k.boskoop, k.ridderveld]) await begin(area);
    await k.t.api
      .post('/v1/koersoverzicht/mail')
      .set('Authorization', await k.t.make.token(personId))
      .send({ areaId: k.boskoop })
      .expect(201);
  });
  beforeEach(() => {
    k.mailbox.clear();
    month += 1;
  });
  const begin = async (area: string) => (roles[area] = (await k.t.make.grant(personId, 'reader', area)).id);
  const end = (area: string) => k.t.database.writer.query(`DELETE FROM "grants" WHERE "id" = '${roles[area]}'`);
  const deliverAt = async (time: string) => {
    k.t.clock.set(`2026-${String(month).padStart(2, '0')}-02T${time}:00Z`);
    await k.t.app.get(MonthlyPlanner).planDue();
    await k.t.app.get(Delivery).deliverDue();
    return k.mailbox.to(email).length;
  };
  const putOff = async () => {
    k.mailbox.behave(email, 'try-later');
    expect(await deliverAt('07:00')).toBe(0);
  };

  describe('the koersoverzicht of the month', () => {
    it('is sent again after a first attempt that the server put off', async () => {
      await putOff();
      expect(await deliverAt('08:00')).toBe(1);
    });

    it('is not sent again when the role in the area it was asked for ended in between', async () => {
      await putOff();
      await end(k.boskoop);
      expect(await deliverAt('08:00')).toBe(0);
    });

    it('does not say that all is well in an area that the reader may no longer see', async () => {
      expect(await deliverAt('07:00')).toBe(0);
    });

    it('is not sent again when every role ended in between', async () => {
      await begin(k.boskoop);
      await putOff();
      for (const area of [k.boskoop, k.ridderveld]) await end(area);
      expect(await deliverAt('08:00')).toBe(0);
    });
  });
});
