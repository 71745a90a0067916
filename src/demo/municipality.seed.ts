import type { INestApplicationContext } from '@nestjs/common';
import { Audit } from '../platform/audit/audit.service.js';
import type { Clock } from '../platform/common/clock.js';
import { Transactions } from '../platform/database/transactions.js';
import { Dice } from './dice.js';
import { layMeetings } from './meetings.seed.js';
import { Registers } from './registers.seed.js';
import { Rows } from './rows.js';
import { YearOfSessions } from './sessions.seed.js';

const SEED = 484;

/** A summary of the generated data, and one person of each role. */
export interface Seeded {
  sessions: number;
  actions: number;
  people: Record<'admin' | 'chair' | 'partner' | 'reader', string>;
}

/** Fills an empty database with the demo municipality: always the same, except for the dates, which end today. */
export async function seedMunicipality(app: INestApplicationContext, clock: Clock): Promise<Seeded> {
  const transactions = app.get(Transactions, { strict: false });
  const audit = app.get(Audit, { strict: false });
  const dice = new Dice(SEED);
  const today = clock.today();
  const start = { at: clock.now().getTime(), tick: performance.now() };
  const rows = new Rows();
  const registers = new Registers(rows, dice, today);
  const series = layMeetings(rows, registers, dice, today);
  await transactions.run((manager) => rows.lay(manager));
  const counts = await new YearOfSessions(app, clock, dice, registers, series, today).lay();
  clock.set(new Date(start.at + performance.now() - start.tick).toISOString());
  await transactions.run(async (manager) => {
    const root = registers.areaId('ALP');
    await audit.record(manager, { personId: null, how: 'command' }, 'demo.seeded', {
      type: 'area',
      id: root,
      areaId: root,
    });
  });
  return {
    ...counts,
    people: {
      admin: registers.personId('functioneel beheerder'),
      chair: registers.personId('gebiedsadviseur Boskoop'),
      partner: registers.personId('wijkagent Boskoop'),
      reader: registers.personId('directeur'),
    },
  };
}
