import { HttpException, Inject, Injectable } from '@nestjs/common';
import { createHmac } from 'node:crypto';
import {
  type RateLimiterAbstract,
  RateLimiterMemory,
  RateLimiterPostgres,
  RateLimiterRes,
} from 'rate-limiter-flexible';
import { Database } from '../database/database.js';
import { SETTINGS, type Settings } from '../settings.js';
import { type LimitName, LIMITS } from './limits.rules.js';

type Whose = 'address' | 'person';

/** 429, with the seconds to wait before trying again. */
export class TooOften extends HttpException {
  constructor(readonly seconds: number) {
    super('Too many requests. Try again later.', 429, { errorCode: 'TOO_MANY_REQUESTS' });
  }
}

/** Rate limiting: counters in memory or, on PostgreSQL, in a table shared by all instances. */
@Injectable()
export class Limits {
  private readonly limiters = new Map<string, RateLimiterAbstract>();

  constructor(
    private readonly database: Database,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  /** Counts one request; throws `TooOften` over the limit. Addresses and people are stored as keyed hashes only. */
  async count(name: LimitName, whose: Whose, who: string): Promise<void> {
    const limiter = this.settings.LIMITS === 'on' ? this.limiterOf(name, whose) : undefined;
    if (!limiter) return;
    const key = createHmac('sha256', this.settings.SECRET_KEY).update(who).digest('base64url');
    try {
      await limiter.consume(key);
    } catch (error) {
      // An unreachable counter must not block the request.
      if (error instanceof RateLimiterRes) throw new TooOften(Math.ceil(error.msBeforeNext / 1000));
    }
  }

  private limiterOf(name: LimitName, whose: Whose): RateLimiterAbstract | undefined {
    const limit: { seconds: number; address?: number; person?: number } = LIMITS[name];
    const points = limit[whose];
    if (points === undefined) return undefined;
    const keyPrefix = `${name} ${whose}`;
    const known = this.limiters.get(keyPrefix) ?? this.made({ keyPrefix, points, duration: limit.seconds });
    this.limiters.set(keyPrefix, known);
    return known;
  }

  private made(limit: { keyPrefix: string; points: number; duration: number }): RateLimiterAbstract {
    if (!this.database.isShared) return new RateLimiterMemory(limit);
    const storeClient = (this.database.writer.driver as unknown as { master: object }).master;
    const table = { tableName: 'rate_counts', tableCreated: true, clearExpiredByTimeout: true };
    return new RateLimiterPostgres({ ...limit, ...table, storeClient, storeType: 'client' });
  }
}
