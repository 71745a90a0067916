import { expect, it } from '@jest/globals';
import { Delivery } from '../../src/platform/mail/delivery.service.js';
import { MonthlyPlanner } from '../../src/wijkagenda/koersoverzicht/monthly-planner.service.js';
import { onBothDatabases } from '../support/app.js';
import { setUpKoersoverzicht } from './koersoverzicht.setup.js';

onBothDatabases((kind) => {
  const k = setUpKoersoverzicht(kind);

  it('goes on by mail with the area that the requested one was merged into, for who may see that', async () => {
    const { make, api, clock, app } = k.t;
    const [everywhere, there] = await Promise.all(
      ['directeur', 'manager'].map((name) => make.person({ name, email: `${name}@gemeente.example` })),
    );
    await make.grant(everywhere.id, 'reader', await make.root());
    await make.grant(there.id, 'reader', k.ridderveld);
    for (const { id } of [everywhere, there]) {
      const asked = api.post('/v1/koersoverzicht/mail').set('Authorization', await make.token(id));
      await asked.send({ areaId: k.ridderveld }).expect(201);
    }
    const merge = api.put(`/v1/areas/${k.ridderveld}/merger`).set('Authorization', await make.signedIn('admin'));
    await merge.set('If-Match', '"1"').send({ intoId: k.boskoop }).expect(200);
    clock.set('2026-08-01T06:00:00Z');
    await app.get(MonthlyPlanner).planDue();
    await app.get(Delivery).deliverDue();
    const textTo = (name: string) => k.mailbox.to(`${name}@gemeente.example`)[0]!.mail.text;
    expect(textTo('directeur')).toContain('Boskoop');
    expect(textTo('manager')).toContain('Ridderveld');
    expect(textTo('manager')).not.toContain('Boskoop');
  });
});
