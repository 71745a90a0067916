import { Injectable } from '@nestjs/common';

/** Upper bounds in seconds; a request above the last is counted in none of them. */
export const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** How many requests took no longer than each bound, and how long all of them took together. */
interface Durations {
  within: number[];
  seconds: number;
  count: number;
}

/** What this process answered since its start: by route and status, and how long it took for the API, pages and the rest. */
@Injectable()
export class RequestCounts {
  readonly byRoute = new Map<string, number>();
  readonly bySurface = new Map<string, Durations>();

  /** Counts one answer. The route is its pattern, so that no id or search word becomes a label. */
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
