import compress from '@fastify/compress';
import helmet from '@fastify/helmet';
import { ValidationPipe } from '@nestjs/common';
import { NestFactory, Reflector } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import { randomUUID } from 'node:crypto';
import { AppModule } from './app.module.js';
import { Clock } from './common/clock.js';
import { HeadersInterceptor } from './common/headers.interceptor.js';
import { NestLog, openLog } from './common/logging.js';
import { API_VERSION, describeApi } from './common/openapi.js';
import { ProblemFilter } from './common/problem.filter.js';
import { invalid, toFieldErrors } from './common/problems.js';
import { openDatabase } from './database/data-source.js';
import { SCHEMA } from './schema.js';
import type { Settings } from './settings.js';

const BODY_LIMIT = 256 * 1024;

/** The whole service, ready to listen. Main and the tests make it here, so that both run the same. */
export async function createApp(settings: Settings, clock = new Clock(settings.NOW)): Promise<NestFastifyApplication> {
  const database = await openDatabase(settings, SCHEMA, true);
  const log = openLog(settings.LOG_LEVEL);
  const adapter = new FastifyAdapter({
    loggerInstance: log,
    disableRequestLogging: true,
    bodyLimit: BODY_LIMIT,
    requestTimeout: 30_000,
    connectionTimeout: 60_000,
    forceCloseConnections: 'idle',
    genReqId: () => randomUUID(),
    routerOptions: { maxParamLength: 200 },
  });
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.of(settings, database, clock), adapter, {
    logger: new NestLog(log),
    forceCloseConnections: true,
    abortOnError: false,
  });
  app.getHttpServer().headersTimeout = 15_000;
  app.useGlobalFilters(new ProblemFilter());
  app.useGlobalInterceptors(new HeadersInterceptor(app.get(Reflector)));
  app.useGlobalPipes(
    new ValidationPipe({
      whitelist: true,
      forbidNonWhitelisted: true,
      forbidUnknownValues: true,
      transform: true,
      exceptionFactory: (errors) => invalid(toFieldErrors(errors)),
    }),
  );
  app.enableShutdownHooks(['SIGTERM', 'SIGINT']);
  await protect(app, adapter.getInstance() as unknown as FastifyInstance);
  publishDocument(app);
  return app;
}

/** Security headers, the API version and a request id on every answer, and one log line a request without its address. */
async function protect(app: NestFastifyApplication, server: FastifyInstance): Promise<void> {
  await app.register(
    helmet as never,
    {
      contentSecurityPolicy: {
        useDefaults: false,
        directives: {
          defaultSrc: ["'none'"],
          styleSrc: ["'self'"],
          imgSrc: ["'self'", 'data:'],
          scriptSrc: ["'self'"],
          fontSrc: ["'self'"],
          formAction: ["'self'"],
          frameAncestors: ["'none'"],
          baseUri: ["'none'"],
        },
      },
      xFrameOptions: { action: 'deny' },
      referrerPolicy: { policy: 'no-referrer' },
      strictTransportSecurity: { maxAge: 31_536_000, includeSubDomains: true },
    } as never,
  );
  await app.register(compress as never, { global: true, threshold: 2048, encodings: ['gzip', 'deflate'] } as never);
  server.addHook('onRequest', async (request, reply) => {
    reply.headers({ 'API-Version': API_VERSION, 'X-Request-Id': request.id, 'Cache-Control': 'no-store' });
  });
  server.addHook('onResponse', async (request, reply) => {
    request.log.info({
      method: request.method,
      route: request.routeOptions.url ?? 'unknown',
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime * 10) / 10,
    });
  });
}

/** The OpenAPI document, made on first request, readable from everywhere. */
function publishDocument(app: NestFastifyApplication): void {
  let document: string | undefined;
  (app.getHttpAdapter().getInstance() as unknown as FastifyInstance).get('/v1/openapi.json', async (_, reply) => {
    document ??= JSON.stringify(describeApi(app));
    return reply.header('Access-Control-Allow-Origin', '*').type('application/json; charset=utf-8').send(document);
  });
}
