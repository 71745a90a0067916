/**
 * A worker thread: calls a function of a built module with a plain value and posts the result. Plain JavaScript,
 * because a worker cannot be started from TypeScript.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { wear } from './tokens.js';

wear(workerData);

parentPort.on('message', ({ id, module, name, argument }) => {
  import(module)
    .then((loaded) => loaded[name](argument))
    .then((answer) => parentPort.postMessage({ id, answer }))
    .catch((error) => parentPort.postMessage({ id, error: error instanceof Error ? error.message : String(error) }));
});
