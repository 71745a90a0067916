import * as classTransformer from 'class-transformer';
import * as classValidator from 'class-validator';
import compress from '@fastify/compress';
import cookie from '@fastify/cookie';
import { ValidationPipe } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import {
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  LogController,
} from 'fastify';
import { randomUUID } from 'node:crypto';
import { constants } from 'node:zlib';
import { AppModule } from './app.module.js';
import { AnsweredBeforeFilter } from './identity/idempotency.guard.js';
import { addAnswerHeaders } from './platform/common/answer-headers.js';
import { Clock } from './platform/common/clock.js';
import { addLongAnswers } from './platform/server/long-answers.js';
import { limitBodyTimes, UPLOAD_MS } from './platform/server/body-deadlines.js';
import { answerBrokenRequests } from './platform/server/broken-requests.js';
import { ApiDocument } from './platform/openapi/api-document.js';
import { drainBeforeClosing } from './platform/server/draining.js';
import { acceptFormFiles } from './platform/common/form-files.js';
import { keepKnownRules } from './platform/common/known-rules.js';
import { NestLog, openLog } from './platform/server/logging.js';
import { answerOtherMethods } from './platform/server/other-methods.js';
import { CONSTANT_HEADERS, ownHeaders, REQUEST_ID } from './platform/server/own-headers.js';
import { ProblemFilter, toProblem } from './platform/server/problem.filter.js';
import { invalid, notJson, toFieldErrors } from './platform/common/problems.js';
import { acceptTables } from './platform/server/table-bodies.js';
import { openDatabase } from './platform/database/data-source.js';
import { mayMail } from './platform/mail/mail-hold.js';
import { Transactions } from './platform/database/transactions.js';
import { atFile } from './platform/sqlite/sqlite-options.js';
import { RequestCounts } from './administration/operations/request-counts.js';
import { PageProblems } from './web/page-problems.service.js';
import { SCHEMA } from './schema.js';
import type { Settings } from './platform/settings.js';

const BODY_LIMIT = 256 * 1024;

/** Creates the whole service, ready to listen. Used by `main` and the tests, so that both run the same. */
export async function createApp(settings: Settings, clock = new Clock(settings.NOW)): Promise<NestFastifyApplication> {
  const database = await openDatabase(settings, SCHEMA, true);
  // A restored copy runs as if no mail server were configured, until its mail is released.
  const mayIt = await new Transactions(database)
    .run((manager) => mayMail(manager, clock.moment()))
    .catch((error) => Promise.reject(atFile(error, settings.DATABASE_PATH)));
  if (!mayIt) settings = { ...settings, SMTP_URL: '' };
  const { log, flush } = openLog(settings.LOG_LEVEL);
  const adapter = new FastifyAdapter({
    loggerInstance: log,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: BODY_LIMIT,
    // Used only for rate limits per address; links are based on PUBLIC_URL.
    trustProxy: settings.TRUSTED_PROXIES.split(','),
    requestTimeout: UPLOAD_MS,
    connectionTimeout: 60_000,
    // `answerBrokenRequests` does, as a problem.
    http: { requireHostHeader: false },
    forceCloseConnections: 'idle',
    clientErrorHandler: () => {},
    // While shutting down, the service still answers requests that reach it.
    return503OnClosing: false,
    // Longer than proxies keep a connection open, so that none sends a request just as the service closes it.
    keepAliveTimeout: 75_000,
    genReqId: () => randomUUID(),
    routerOptions: { maxParamLength: 200 },
    frameworkErrors: (error: FastifyError, request: FastifyRequest, reply: FastifyReply) => {
      reply
        .headers(ownHeaders(request.id))
        .status(error.statusCode ?? 400)
        .type('application/problem+json');
      reply.send(JSON.stringify(toProblem(error)));
    },
  });
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.of(settings, database, clock), adapter, {
    logger: new NestLog(log),
    abortOnError: false,
  });
  app.getHttpServer().headersTimeout = 15_000;
  app.useGlobalFilters(new ProblemFilter(app.get(PageProblems)), new AnsweredBeforeFilter());
  keepKnownRules();
  app.useGlobalPipes(
    new ValidationPipe({
      whitelist: true,
      forbidNonWhitelisted: true,
      forbidUnknownValues: true,
      transform: true,
      exceptionFactory: (errors) => invalid(toFieldErrors(errors)),
      // Otherwise it loads them by name, beside the copies in the bundle.
      validatorPackage: classValidator,
      transformerPackage: classTransformer,
    }),
  );
  app.enableShutdownHooks(['SIGTERM', 'SIGINT'], { useProcessExit: true });
  const server = adapter.getInstance() as unknown as FastifyInstance;
  server.addHook('onClose', async () => flush());
  drainBeforeClosing(server);
  await protect(app, server, settings.METRICS === 'off' ? undefined : app.get(RequestCounts));
  answerOtherMethods(server);
  answerBrokenRequests(server);
  limitBodyTimes(server);
  addAnswerHeaders(server);
  addLongAnswers(server);
  acceptTables(server);
  await acceptFormFiles(app, server);
  publishDocument(app);
  return app;
}

/** Adds security headers, API version and request id to responses; logs one line per request, by route, not URL. */
async function protect(
  app: NestFastifyApplication,
  server: FastifyInstance,
  counts: RequestCounts | undefined,
): Promise<void> {
  await app.register(
    compress as never,
    {
      ...{ global: true, globalDecompression: false, threshold: 2048, encodings: ['br', 'gzip', 'deflate'] },
      // Compresses better than gzip in the same time.
      brotliOptions: { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } },
    } as never,
  );
  await app.register(cookie as never);
  server.addHook('onRequest', (request, reply, done) => {
    reply.headers(CONSTANT_HEADERS).header(REQUEST_ID, request.id);
    // Published for everyone, so scripts of other sites may read it too; cookies are not sent.
    if (request.url.startsWith('/v1/public/')) reply.header('Access-Control-Allow-Origin', '*');
    const isForm = request.headers['content-type']?.startsWith('application/x-www-form-urlencoded');
    done(isForm && request.url.startsWith('/v1/') ? notJson() : undefined);
  });
  // Fastify closes the connection on a body that is too large, so a client that is still sending gets a reset instead
  // of its response. Left open, Node reads and discards the rest, for at most `requestTimeout`.
  server.addHook('onSend', (_, reply, payload, done) => {
    if (reply.statusCode === 413) reply.removeHeader('connection');
    done(null, payload);
  });
  server.addHook('onResponse', (request, reply, done) => {
    const { method, routeOptions } = request;
    const route = routeOptions.url ?? 'unknown';
    // An event stream lasts as long as its page is open, so its duration is not a response time.
    const isStream = String(reply.getHeader('content-type')).startsWith('text/event-stream');
    counts?.count(method, route, reply.statusCode, isStream ? 0 : reply.elapsedTime);
    request.log.info({ method, route, status: reply.statusCode, ms: Math.round(reply.elapsedTime * 10) / 10 });
    done();
  });
}

/** Serves the OpenAPI document. */
function publishDocument(app: NestFastifyApplication): void {
  const document = app.get(ApiDocument);
  document.describes(app);
  (app.getHttpAdapter().getInstance() as unknown as FastifyInstance).get('/v1/openapi.json', async (_, reply) =>
    reply.type('application/json; charset=utf-8').send(await document.text()),
  );
}
