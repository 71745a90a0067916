import { it } from '@jest/globals';
import { databasesNow } from '../support/app.js';
import { Walk } from './walk.js';

const SEED = Number(process.env.HUNT_SEED ?? 20260602);
const STEPS = Number(process.env.HUNT_STEPS ?? 150);
/** A long walk is split into parts, each in a new world with the next seed, so that a finding can be reproduced in one part. */
const PART = 500;

it(
  `holds what must hold after each of ${STEPS} random steps, alike on both databases (seed ${SEED})`,
  async () => {
    const counts = new Map<string, number>();
    for (let done = 0, seed = SEED; done < STEPS; done += PART, seed += 1) {
      const steps = Math.min(PART, STEPS - done);
      const walk = new Walk(seed);
      try {
        await walk.start(databasesNow());
        await walk.take(steps);
      } catch (error) {
        const path = walk.trail.slice(-Number(process.env.HUNT_TRAIL ?? 14)).join('\n');
        throw new Error(`--steps ${steps} --seed ${seed}, after ${done} steps:\n${path}`, { cause: error });
      } finally {
        await walk.stop();
      }
      for (const [what, n] of walk.counts) counts.set(what, (counts.get(what) ?? 0) + n);
      if (STEPS > PART)
        process.stdout.write(`${done + steps} steps, ${Math.round(process.memoryUsage.rss() / 2 ** 20)} MiB\n`);
    }
    if (process.env.HUNT_STEPS)
      process.stdout.write(
        `${[...counts]
          .map((one) => one.join(': '))
          .sort()
          .join('\n')}\n`,
      );
  },
  Math.max(120_000, STEPS * 3000),
);
