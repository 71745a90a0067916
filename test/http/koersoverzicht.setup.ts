import { beforeAll } from '@jest/globals';
import { newId } from '../../src/platform/common/ids.js';
import { GoalCourse } from '../../src/goals/goal-course.entity.js';
import { Goal } from '../../src/goals/goal.entity.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { Minutes } from '../../src/minutes/minutes.entity.js';
import { Mailbox } from '../support/mailbox.js';
import { type DatabaseKind, startApp, type TestApp } from '../support/app.js';

/** Two areas and three organisations, with some of everything that the koersoverzicht counts. */
export function setUpKoersoverzicht(kind: DatabaseKind) {
  const k = {} as {
    t: TestApp;
    mailbox: Mailbox;
    boskoop: string;
    ridderveld: string;
    space: string;
    society: string;
    opgave: string;
  };
  let police: string;
  let goal: string;
  const who: Record<string, string> = {};

  beforeAll(async () => {
    k.mailbox = await Mailbox.start();
    k.t = await startApp(kind, { today: '2026-07-02', environment: { SMTP_URL: k.mailbox.url } });
    const { make } = k.t;
    k.boskoop = (await make.area({ kind: 'kern', name: 'Boskoop', code: 'BOS' })).id;
    k.ridderveld = (await make.area({ kind: 'wijk', name: 'Ridderveld', code: 'RID' })).id;
    k.space = (await make.organisation({ name: 'Openbare ruimte', kind: 'municipality' })).id;
    k.society = (await make.organisation({ name: 'Maatschappelijke ontwikkeling', kind: 'municipality' })).id;
    police = (await make.organisation({ name: 'Politie', kind: 'police' })).id;
    who.manager = await make.signedIn('reader');
    who.coordinator = await make.signedIn('chair');
    who.chair = await make.signedIn('chair', k.boskoop);
    who.lead = await make.token((await make.person({ organisationId: k.space })).id);
    who.member = await make.token((await make.person({ organisationId: k.society })).id);
    const agent = await make.person({ organisationId: police });
    await make.contact(police, agent.id, k.boskoop);
    who.agent = await make.token(agent.id);

    const [bestuurder, regisseur] = [await make.person(), await make.person()];
    const departments = [
      { organisationId: k.space, isLead: true, part: 'Inrichting.' },
      { organisationId: k.society, isLead: false, part: 'Jongerenwerk.' },
    ];
    const send = async (path: string, body: object) =>
      (await k.t.api.post(path).set('Authorization', who.coordinator).send(body).expect(201)).body.id;
    k.opgave = await send('/v1/opgaven', {
      areaId: await make.root(),
      title: 'Jongeren',
      origin: 'Coalitieakkoord',
      bestuurderId: bestuurder.id,
      procesregisseurId: regisseur.id,
      departments,
    });
    goal = await send('/v1/goals', {
      areaId: k.boskoop,
      kind: 'result',
      title: 'Een plek voor jongeren',
      opgaveId: k.opgave,
    });

    const late = { dueOn: '2026-06-01', recordedOn: '2026-05-01' };
    const bench = { areaId: k.boskoop, ownerId: k.space, title: 'Bankje', theme: 'participatie' };
    await make.action({ ...late, ...bench, opgaveId: k.opgave });
    await make.action({ ...late, areaId: k.boskoop, ownerId: k.space, status: 'blocked' });
    await make.action({ ...late, areaId: k.boskoop, ownerId: police });
    await make.action({
      ...late,
      areaId: k.boskoop,
      ownerId: police,
      title: 'GEHEIM',
      isConfidential: true,
      partyIds: [police],
      opgaveId: k.opgave,
    });
    await make.action({ ...late, areaId: k.ridderveld, ownerId: k.space, title: 'Lantaarn', goalId: goal });
    await make.action({ ...late, areaId: k.ridderveld, ownerId: k.society, status: 'on_hold', resumeOn: '2026-09-01' });
    await make.action({ areaId: k.ridderveld, ownerId: k.society, dueOn: '2026-07-02' });

    await k.t.app.get(Transactions).run((manager) => manager.update(Goal, goal, { state: 'active' }));
    const decision = {
      cause: 'a',
      consequence: 'b',
      measure: 'c',
      partiesView: null,
      sessionId: null,
      isCurrent: true,
    };
    await make.row(GoalCourse, {
      id: newId(),
      goalId: goal,
      decidedOn: '2026-06-01',
      course: 'red',
      proposed: 'red',
      ...decision,
      recordedById: bestuurder.id,
      recordedAt: '2026-06-01T10:00:00.000Z',
    });
    const meeting = await make.meeting(k.boskoop);
    for (const [heldOn, isSent] of [
      ['2026-06-17', false],
      ['2026-06-18', false],
      ['2026-05-05', true],
    ] as const) {
      const session = await make.session(meeting.id, { heldOn, state: 'closed' });
      const minutes = {
        id: newId(),
        sessionId: session.id,
        currentNumber: 1,
        adoptedAt: null,
        adoptedInId: null,
        version: 1,
      };
      await make.row(Minutes, {
        ...minutes,
        state: isSent ? 'sent' : 'concept',
        sentAt: isSent ? '2026-05-06T10:00:00.000Z' : null,
      });
    }
  });

  const get = (path: string, as: string) => k.t.api.get(`/v1/${path}`).set('Authorization', who[as]);
  return Object.assign(k, { who, get });
}
