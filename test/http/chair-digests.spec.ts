import { beforeEach, expect, it } from '@jest/globals';
import { DigestPlanner } from '../../src/digests/digest-planner.service.js';
import { onBothDatabases } from '../support/app.js';
import { MONDAY, setUpDigests } from './digests.setup.js';

const TODAY = MONDAY.slice(0, 10);
const FORMER = 'vorige@gemeente.example';
const NEXT = 'nieuwe@gemeente.example';

/** A chair is replaced between the planning and the sending of the weekly mail. */
onBothDatabases((kind) => {
  const d = setUpDigests(kind);
  let former: string;
  let next: string;
  beforeEach(async () => {
    await d.start();
    former = (await d.t.make.person({ email: FORMER })).id;
    next = (await d.t.make.person({ email: NEXT })).id;
    await d.overdue({ dueOn: '2026-05-20' });
    await d.overdue({ areaId: d.zwammerdam, dueOn: '2026-05-10' });
  });
  const plan = () => d.t.app.get(DigestPlanner).planDue();
  const replace = (fromOn = TODAY) =>
    d.t.api
      .post('/v1/chair-changes')
      .set('Authorization', d.admin)
      .send({ areaId: d.boskoop, fromPersonId: former, toPersonId: next, fromOn })
      .expect(200);
  /** What is late in the areas of a chair, as their mails say it. */
  const saidTo = (address: string) =>
    d.mailbox.to(address).map(({ mail }) => /- Politie: (.*?) te laat/.exec(mail.text ?? '')![1]);

  it('mails the former chair about the areas that are left, nobody twice, and the new one from the next week on', async () => {
    for (const areaId of [d.boskoop, d.zwammerdam]) await d.t.make.grant(former, 'chair', areaId);
    await plan();
    await replace();
    await d.ring();
    await d.ring();
    expect([saidTo(FORMER), saidTo(NEXT)]).toEqual([['1 actie, 22 dagen'], []]);
    d.t.clock.set('2026-06-08T06:00:00Z');
    d.mailbox.clear();
    await d.ring();
    expect([saidTo(FORMER), saidTo(NEXT)]).toEqual([['1 actie, 29 dagen'], ['1 actie, 19 dagen']]);
  });

  it('sends nothing to a former chair without areas', async () => {
    await d.t.make.grant(former, 'chair', d.boskoop);
    await plan();
    await replace();
    await d.ring();
    expect([saidTo(FORMER), saidTo(NEXT)]).toEqual([[], []]);
  });

  it('adds an area to the mail that is already planned for who takes it over', async () => {
    await d.t.make.grant(former, 'chair', d.boskoop);
    await d.t.make.grant(next, 'chair', d.zwammerdam);
    await plan();
    await replace();
    await d.ring();
    expect([saidTo(FORMER), saidTo(NEXT)]).toEqual([[], ['2 acties, de langste 22 dagen']]);
  });

  it('leaves the week to the chair who still is one', async () => {
    await d.t.make.grant(former, 'chair', d.boskoop);
    await plan();
    await replace('2026-06-04');
    await d.ring();
    expect([saidTo(FORMER), saidTo(NEXT)]).toEqual([['1 actie, 12 dagen'], []]);
    d.t.clock.set('2026-06-08T06:00:00Z');
    d.mailbox.clear();
    await d.ring();
    expect([saidTo(FORMER), saidTo(NEXT)]).toEqual([[], ['1 actie, 19 dagen']]);
  });
});
