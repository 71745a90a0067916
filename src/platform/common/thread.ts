import { Piscina } from 'piscina';

/**
 * A worker thread that handles requests one at a time, so that a slow one does not block the event loop. If it dies,
 * only the request in progress is rejected. Its file exports the function to call; anything that can fail belongs in
 * that function, because a thread that fails to load is not replaced.
 */
export function oneThread<Question, Answer>(file: URL, workerData: object): Piscina<Question, Answer> {
  const size = { minThreads: 1, maxThreads: 1 };
  const thread = new Piscina<Question, Answer>({ filename: file.href, workerData, ...size, recordTiming: false });
  // A thread that dies while idle is replaced too; without a listener, its error would end the service.
  return thread.on('error', () => {});
}
