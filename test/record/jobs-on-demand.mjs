/**
 * Loaded into the service before its own code: scheduled jobs that run every few seconds or less often run only on request
 * (SIGUSR2), one after the other, so that they always run at the same point of a recording. The most frequent comes
 * last: it sends the mail that the others plan.
 */
const LEAST_MS = 5_000;
const jobs = [];
const everySoOften = globalThis.setInterval;

globalThis.setInterval = (work, ms, ...rest) => {
  if (!(ms >= LEAST_MS)) return everySoOften(work, ms, ...rest);
  const job = { work: () => work(...rest), ms };
  jobs.push(job);
  // A timer that never fires, for callers that clear it.
  const timer = everySoOften(() => {}, 2 ** 31 - 1);
  timer.unref();
  return timer;
};

process.on('SIGUSR2', () => {
  void (async () => {
    for (const { work } of jobs.toSorted((one, other) => other.ms - one.ms)) {
      await work();
      await new Promise((next) => setTimeout(next, 500));
    }
    console.log('All jobs have run.');
  })();
});
