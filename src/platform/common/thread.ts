import { Piscina } from 'piscina';

/**
 * A worker thread that handles requests one at a time, so that a slow one does not block the event loop. If it dies, only the
 * request in progress is rejected. Its file exports the function to call; what can fail belongs in there, because a thread that
 * fails to load is not replaced.
 */
export function oneThread<Question, Answer>(file: URL, workerData: object): Piscina<Question, Answer> {
  const size = { minThreads: 1, maxThreads: 1 };
  const thread = new Piscina<Question, Answer>({ filename: file.href, workerData, ...size, recordTiming: false });
  // A thread that dies without a request is replaced too; unheard, its error would end the service.
  return thread.on('error', () => {});
}
