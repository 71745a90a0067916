import { setTimeout as sleep } from 'node:timers/promises';
import { Delivery } from '../../src/platform/mail/delivery.service.js';
import type { TestApp } from './app.js';

/** Sends the mails that are due again and again, whatever fails, as the scheduler does. Returns what ends it. */
export function keepDelivering({ app }: Pick<TestApp, 'app'>): () => Promise<void> {
  const delivery = app.get(Delivery);
  let isOver = false;
  const delivering = (async () => {
    while (!isOver) await Promise.all([delivery.deliverDue().catch(() => {}), sleep(50)]);
  })();
  return () => {
    isOver = true;
    return delivering;
  };
}
