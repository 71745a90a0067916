import { spawn, type ChildProcess, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

export interface Service {
  url: string;
  process: ChildProcess;
  output: () => string;
  /** Stops it and returns its exit code. */
  stop: () => Promise<number | null>;
}

const MAIN = join(process.cwd(), 'dist/src/main.js');

/** Starts the built service as a separate process and waits until it listens. Throws with its output if it does not. */
export async function startService(environment: Record<string, string>): Promise<Service> {
  const env = { PATH: process.env.PATH, PORT: '0', LIMITS: 'off', ...environment };
  return started(spawn(process.execPath, [MAIN], { env, stdio: 'pipe' }));
}

/** Waits until this process listens. Throws with its output if it does not. */
export async function started(child: ChildProcessWithoutNullStreams): Promise<Service> {
  let text = '';
  child.stdout.on('data', (data) => (text += data));
  child.stderr.on('data', (data) => (text += data));
  const ended = once(child, 'exit') as Promise<[number | null]>;
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.on('data', () => {
      const found = /Server listening at (http:\/\/[^"\s]+)/.exec(text);
      if (found) resolve(found[1]);
    });
    void ended.then(([code]) => reject(new Error(`stopped with ${code}: ${text}`)));
  });
  const stop = async () => {
    child.kill('SIGTERM');
    return (await ended)[0];
  };
  return { url, process: child, output: () => text, stop };
}
