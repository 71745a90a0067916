/** Loaded into test runs: timeouts of half a minute or more are ten times as long, so that no test fails on a busy machine. */
const LEAST_MS = 30_000;
const timer = globalThis.setTimeout;

const patient = (work, ms, ...rest) => timer(work, ms >= LEAST_MS && ms < 2 ** 27 ? ms * 10 : ms, ...rest);
Object.defineProperties(patient, Object.getOwnPropertyDescriptors(timer));
globalThis.setTimeout = patient;
