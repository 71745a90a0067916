/** Loaded into test runs: a limit of half a minute or more is ten times as long, so that a busy machine fails no test. */
const LEAST_MS = 30_000;
const timer = globalThis.setTimeout;

const patient = (work, ms, ...rest) => timer(work, ms >= LEAST_MS && ms < 2 ** 27 ? ms * 10 : ms, ...rest);
Object.defineProperties(patient, Object.getOwnPropertyDescriptors(timer));
globalThis.setTimeout = patient;
