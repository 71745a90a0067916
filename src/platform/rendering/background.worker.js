/**
 * A worker thread: calls a function of a built module with a plain value and returns the result. Plain JavaScript,
 * because a worker cannot be started from TypeScript.
 */
import { workerData } from 'node:worker_threads';
import { wear } from './tokens.js';

wear(workerData);

export default async ({ module, name, argument }) => (await import(module))[name](argument);
