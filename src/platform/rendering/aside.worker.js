/**
 * Works in a thread of its own: calls a function of a built module with a plain value, and answers what it gives. Plain
 * JavaScript, because a thread cannot be started from TypeScript.
 */
import { parentPort } from 'node:worker_threads';

parentPort.on('message', ({ id, module, name, argument }) => {
  import(module)
    .then((loaded) => loaded[name](argument))
    .then((answer) => parentPort.postMessage({ id, answer }))
    .catch((error) => parentPort.postMessage({ id, error: error instanceof Error ? error.message : String(error) }));
});
