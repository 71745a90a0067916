import type { INestApplicationContext } from '@nestjs/common';
import { Audit } from '../../platform/audit/audit.service.js';
import type { Clock } from '../../platform/common/clock.js';
import { OutgoingMessage } from '../../platform/mail/outgoing-message.entity.js';
import { Transactions } from '../../platform/database/transactions.js';
import { Client } from '../../identity/clients/client.entity.js';
import { callerOf } from '../demo-caller.js';
import { Dice } from '../dice.js';
import { Pictures } from './files.seed.js';
import { layMeetings } from './meetings.seed.js';
import { Registers } from './registers.seed.js';
import { Rows } from '../rows.js';
import { YearsOfSessions } from './sessions.seed.js';
import { storyDates } from '../story-dates.js';
import { subscriptionOf } from './subscription.seed.js';

const SEED = 484;

/** A summary of the generated data, and people to sign in as. */
export interface Seeded {
  sessions: number;
  actions: number;
  people: Record<'admin' | 'chair' | 'partner' | 'reader' | 'wethouder' | 'raadslid', string>;
}

/**
 * Fills an empty database with the demo municipality: always the same, except for the dates, which end today. With
 * `eventsUrl`, the events of the last two weeks are delivered there as soon as the service runs.
 */
export async function seedMunicipality(
  app: INestApplicationContext,
  clock: Clock,
  eventsUrl: string | null = null,
): Promise<Seeded> {
  const transactions = app.get(Transactions, { strict: false });
  const audit = app.get(Audit, { strict: false });
  const dice = new Dice(SEED);
  const today = clock.today();
  const start = { at: clock.now().getTime(), tick: performance.now() };
  const rows = new Rows();
  const story = storyDates(today);
  const registers = new Registers(rows, dice, today, story.fromOn);
  const series = layMeetings(rows, registers, dice, today, story);
  await transactions.run((manager) => rows.lay(manager));
  const years = new YearsOfSessions(app, clock, dice, registers, series, { today, story });
  const counts = await years.lay(eventsUrl === null ? [] : [subscriptionOf(eventsUrl, app, registers, today)]);
  clock.set(new Date(start.at + performance.now() - start.tick).toISOString());
  await transactions.run(async (manager) => {
    // No mail about a generated past is ever sent.
    await manager.createQueryBuilder().delete().from(OutgoingMessage).execute();
    const root = registers.areaId('ALP');
    await manager.insert(Client, {
      ...{ id: dice.id(today), name: 'Zaaksysteem', contact: 'functioneel beheer zaaksysteem', areaId: root },
      ...{ permissions: ['actions.read', 'actions.answer'], createdAt: clock.moment(), createdById: null },
      ...{ endedAt: null, version: 1 },
    });
    await audit.record(manager, { personId: null, how: 'command' }, 'demo.seeded', {
      type: 'area',
      id: root,
      areaId: root,
    });
  });
  const chair = callerOf(registers.personId('gebiedsadviseur Boskoop'), today, registers);
  await new Pictures(app, chair).lay(registers.areaId('BOS'));
  return {
    ...counts,
    people: {
      admin: registers.personId('functioneel beheerder'),
      chair: registers.personId('gebiedsadviseur Boskoop'),
      partner: registers.personId('wijkagent Boskoop'),
      reader: registers.personId('directeur'),
      wethouder: registers.personId('wethouder'),
      raadslid: registers.personId('raadslid'),
    },
  };
}
