import type { INestApplicationContext } from '@nestjs/common';
import { Webhooks } from '../../integrations/webhooks.service.js';
import { addDays } from '../../platform/common/calendar-date.js';
import { EVENT_KINDS } from '../../platform/events/event.entity.js';
import { callerOf } from '../demo-caller.js';
import type { Registers } from './registers.seed.js';
import type { Moment } from '../story-dates.js';

const DAYS_AGO = 14;

/** Subscribes another system to all events of the municipality, two weeks before today. */
export function subscriptionOf(url: string, app: INestApplicationContext, registers: Registers, today: string): Moment {
  const by = callerOf(registers.personId('functioneel beheerder'), today, registers);
  const input = { name: 'Zaaksysteem', url, areaId: registers.areaId('ALP'), kinds: [...EVENT_KINDS] };
  return { on: addDays(today, -DAYS_AGO), run: () => app.get(Webhooks, { strict: false }).create(input, by) };
}
