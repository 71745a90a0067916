import { Injectable } from '@nestjs/common';

/** Upper bounds in seconds; a request slower than the last is in no bucket. */
export const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** The number of requests within each bound, and their total duration. */
interface Durations {
  within: number[];
  seconds: number;
  count: number;
}

/**
 * What this process has served since its start: requests by route and status; durations for API, pages and the rest.
 */
@Injectable()
export class RequestCounts {
  readonly byRoute = new Map<string, number>();
  readonly bySurface = new Map<string, Durations>();

  /** Counts one response. The route is its pattern, so that no id or search term becomes a label. */
  count(method: string, route: string, status: number, ms: number): void {
    const labels = `method="${method}",route="${route}",status="${status}"`;
    this.byRoute.set(labels, (this.byRoute.get(labels) ?? 0) + 1);
    const surface = route.startsWith('/v1/') ? 'api' : /^\/(health|metrics|assets)\b/.test(route) ? 'other' : 'page';
    const durations = this.bySurface.get(surface) ?? { within: BUCKETS.map(() => 0), seconds: 0, count: 0 };
    this.bySurface.set(surface, durations);
    for (const [n, bound] of BUCKETS.entries()) if (ms <= bound * 1000) durations.within[n] += 1;
    durations.seconds += ms / 1000;
    durations.count += 1;
  }
}
