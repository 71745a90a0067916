import { Controller, Get, Header, Inject, type OnApplicationShutdown, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { createHash, timingSafeEqual } from 'node:crypto';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Requires } from '../../platform/access/requires.js';
import { NotInDocument } from '../../platform/common/describe.js';
import { notFound } from '../../platform/common/problems.js';
import { SETTINGS, type Settings } from '../../platform/settings.js';
import { metricsText } from './metrics.rules.js';
import { RequestCounts } from './request-counts.js';
import { ServiceState } from './state.service.js';

const LOOPBACK = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);
/** Headers added by a proxy: a request through a local proxy would otherwise seem to come from this machine. */
const FORWARDING = ['x-forwarded-for', 'x-forwarded-proto', 'x-forwarded-host', 'x-real-ip', 'forwarded', 'via'];
const NANO = 1e9;

/** Metrics for Prometheus. Off unless enabled by `METRICS`; without access the response is that of an unknown path. */
@NotInDocument()
@Controller('metrics')
export class MetricsController implements OnApplicationShutdown {
  private readonly loopDelay = monitorEventLoopDelay({ resolution: 20 });

  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly state: ServiceState,
    private readonly requests: RequestCounts,
  ) {
    if (settings.METRICS !== 'off') this.loopDelay.enable();
  }

  onApplicationShutdown(): void {
    this.loopDelay.disable();
  }

  @Get()
  @Requires('everyone')
  @Header('Content-Type', 'text/plain; version=0.0.4; charset=utf-8')
  async show(@Req() request: FastifyRequest): Promise<string> {
    if (!this.mayRead(request)) throw notFound();
    const { rss, heapUsed } = process.memoryUsage();
    const { user, system } = process.cpuUsage();
    const loopLagSeconds = this.loopDelay.percentile(99) / NANO;
    this.loopDelay.reset();
    return metricsText(await this.state.facts(), this.requests, {
      residentBytes: rss,
      heapBytes: heapUsed,
      cpuSeconds: (user + system) / 1e6,
      startedAtSeconds: Math.round(performance.timeOrigin / 1000),
      loopLagSeconds,
    });
  }

  private mayRead({ headers, socket }: FastifyRequest): boolean {
    const { METRICS, METRICS_TOKEN } = this.settings;
    if (METRICS === 'token') return isSame(headers.authorization ?? '', `Bearer ${METRICS_TOKEN}`);
    const isForwarded = FORWARDING.some((name) => headers[name] !== undefined);
    return METRICS === 'loopback' && !isForwarded && LOOPBACK.has(socket.remoteAddress ?? '');
  }
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
const isSame = (given: string, expected: string): boolean => timingSafeEqual(digest(given), digest(expected));
