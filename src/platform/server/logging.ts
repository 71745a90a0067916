import type { LoggerService } from '@nestjs/common';
import pino, { type Logger } from 'pino';

/** JSON lines on standard output, written in blocks so that nothing waits for the log. Call `flush` before exiting. */
export function openLog(level: string): { log: Logger; flush: () => void } {
  const destination = pino.destination({ sync: false, minLength: 4096, periodicFlush: 1000 });
  const log = pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, destination);
  return { log, flush: () => destination.flushSync() };
}

/** Logged by Nest about every module and route at each start: hundreds of lines that nobody needs. */
const CHATTER = new Set(['InstanceLoader', 'RoutesResolver', 'RouterExplorer']);

/** Writes Nest's own messages to the same log. */
export class NestLog implements LoggerService {
  constructor(private readonly logger: Logger) {}

  log = (message: unknown, context?: string): void =>
    this.write(context && CHATTER.has(context) ? 'debug' : 'info', message, context);
  warn = (message: unknown, context?: string): void => this.write('warn', message, context);
  debug = (message: unknown, context?: string): void => this.write('debug', message, context);
  verbose = (message: unknown, context?: string): void => this.write('debug', message, context);
  error = (message: unknown, ...rest: unknown[]): void => {
    const known = rest.filter((one) => one !== undefined);
    this.write('error', message, known.map(String).join(' '));
  };

  private write(level: 'info' | 'warn' | 'debug' | 'error', message: unknown, context?: string): void {
    if (typeof message === 'object' && message !== null) this.logger[level]({ ...message, context });
    else this.logger[level]({ context }, String(message));
  }
}
