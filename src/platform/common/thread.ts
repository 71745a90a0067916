import { Piscina } from 'piscina';

/** How long a thread beyond the first waits for more work: starting one takes longer than most work. */
const IDLE_MS = 10_000;

/**
 * Worker threads that handle requests, each one at a time, so that a slow one does not block the event loop: one, and at
 * most `most` while there is work for them. If one dies, only its request in progress is rejected. Their file exports the
 * function to call; anything that can fail belongs in that function, because a thread that fails to load is not replaced.
 */
export function threads<Question, Answer>(file: URL, workerData: object, most: number): Piscina<Question, Answer> {
  const size = { minThreads: 1, maxThreads: most, idleTimeout: IDLE_MS };
  const pool = new Piscina<Question, Answer>({ filename: file.href, workerData, ...size, recordTiming: false });
  // A thread that dies while idle is replaced too; without a listener, its error would end the service.
  return pool.on('error', () => {});
}

export const oneThread = <Question, Answer>(file: URL, workerData: object): Piscina<Question, Answer> =>
  threads<Question, Answer>(file, workerData, 1);
