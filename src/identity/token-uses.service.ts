import { Injectable, Logger } from '@nestjs/common';
import { setTimeout as sleep } from 'node:timers/promises';
import { Transactions } from '../platform/database/transactions.js';
import { ApiToken } from './api-token.entity.js';
import { ClientToken } from './clients/client-token.entity.js';

const HOUR_MS = 3_600_000;
const LONGEST_NOTING_MS = 250;

interface UsedToken {
  id: string;
  lastUsedAt: string | null;
}

/** Whether this use is to be recorded: uses are, to the hour. */
export const isNewUse = ({ lastUsedAt }: UsedToken, now: string): boolean =>
  lastUsedAt === null || Date.parse(now) - Date.parse(lastUsedAt) > HOUR_MS;

/** Records when tokens are used, to the hour. */
@Injectable()
export class TokenUses {
  private readonly log = new Logger('auth');

  constructor(private readonly transactions: Transactions) {}

  /** If storage refuses writes, that must not block reads: the use is then recorded another time. */
  async note(kind: typeof ApiToken | typeof ClientToken, { id }: UsedToken, now: string): Promise<void> {
    const giveUp = new AbortController();
    const noted = this.transactions
      .run((manager) => manager.update(kind, id, { lastUsedAt: now }))
      .catch((error: Error) => this.log.warn(`The use of a token was not recorded: ${error.message}`));
    await Promise.race([noted, sleep(LONGEST_NOTING_MS, undefined, { signal: giveUp.signal }).catch(() => {})]);
    giveUp.abort();
  }
}
