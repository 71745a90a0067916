import { Ajv, type ValidateFunction } from 'ajv';
import formats from 'ajv-formats';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { OpenAPIObject } from '@nestjs/swagger';
import { describeApi } from '../../src/platform/openapi/document.js';
import { strictly } from './strict-schema.js';

interface Described {
  headers?: Record<string, unknown>;
  content?: Record<string, { schema: object }>;
}

interface DescribedOperation {
  operationId: string;
  responses: Record<string, Described & { $ref?: string }>;
  'x-problem-codes': Record<string, string[]>;
}

/** What an answer said, as far as the document describes it. */
export interface Answer {
  method: string;
  /** The pattern of the route, such as `/v1/actions/:id`; undefined if there is none. */
  route: string | undefined;
  status: number;
  headers: Record<string, unknown>;
  body: unknown;
}

const DESCRIBED_HEADERS = ['etag', 'location', 'link', 'retry-after', 'www-authenticate'];

/** The OpenAPI document as a test of answers: one per process, because making it takes a second. */
export class Contract {
  readonly #validators = new Map<string, ValidateFunction>();
  readonly #ajv = new Ajv({ strict: false });

  constructor(readonly document: OpenAPIObject) {
    (formats as unknown as (ajv: Ajv) => void)(this.#ajv);
    const definitions = Object.entries(document.components!.schemas!).map(([name, schema]) => [name, strictly(schema)]);
    this.#ajv.addSchema({ $id: 'document', definitions: Object.fromEntries(definitions) });
  }

  static of(app: NestFastifyApplication): Contract {
    const kept = globalThis as { contractOfTests?: Contract };
    return (kept.contractOfTests ??= new Contract(describeApi(app)));
  }

  /** How a response differs from the document; undefined if it does not. */
  violation(answer: Answer): string | undefined {
    const operation = this.#operationOf(answer);
    const name = `${answer.method} ${answer.route ?? '(no route)'} ${answer.status}`;
    const said = operation ? this.#ofOperation(operation, answer) : this.#ofNoRoute(answer);
    return said && `${name}: ${said}`;
  }

  #operationOf({ method, route }: Answer): DescribedOperation | undefined {
    const path = route?.slice('/v1'.length).replaceAll(/:(\w+)/g, '{$1}') ?? '';
    const item = this.document.paths[path] as Record<string, DescribedOperation> | undefined;
    return item?.[method === 'HEAD' ? 'get' : method.toLowerCase()];
  }

  #ofNoRoute({ method, status, body }: Answer): string | undefined {
    if (method === 'OPTIONS' && status === 204) return undefined;
    if (status < 400) return 'answers without being described';
    return this.schemaViolation('problem', { $ref: '#/components/schemas/Problem' }, body);
  }

  #ofOperation(operation: DescribedOperation, answer: Answer): string | undefined {
    const { status, headers, body, method } = answer;
    const given = operation.responses[status];
    if (!given) return `this status is not described (${JSON.stringify(body).slice(0, 200)})`;
    const response = this.#resolve(given);
    const code = (body as { code?: string } | null)?.code;
    if (status >= 400 && !operation['x-problem-codes'][status]?.includes(code!)) return `${code} is not described`;
    const described = Object.keys(response.headers ?? {}).map((header) => header.toLowerCase());
    const header = DESCRIBED_HEADERS.find((one) => headers[one] !== undefined && !described.includes(one));
    if (header) return `the header ${header} is not described`;
    const type = String(headers['content-type'] ?? '').split(';')[0];
    if (!type) return response.content ? 'the described body is missing' : undefined;
    const content = response.content?.[type];
    if (!content) return `${type} is not described`;
    if (!type.endsWith('json') || method === 'HEAD') return undefined;
    return this.schemaViolation(`${operation.operationId} ${status}`, content.schema, body);
  }

  #resolve(given: Described & { $ref?: string }): Described {
    if (!given.$ref) return given;
    return this.document.components!.responses![given.$ref.split('/').at(-1)!] as Described;
  }

  /** How a value differs from a schema; `name` tells one schema from another. */
  schemaViolation(name: string, schema: object, body: unknown): string | undefined {
    let validate = this.#validators.get(name);
    if (!validate) this.#validators.set(name, (validate = this.#ajv.compile(strictly(schema))));
    if (validate(body)) return undefined;
    const [{ instancePath, message, params }] = validate.errors!;
    return `${instancePath || 'the body'} ${message} ${JSON.stringify(params)}`;
  }
}

/** The readable description is a page. */
const PAGES = '/v1/docs';

/** Compares every answer below `/v1` with the document, before it is sent. */
export function watchAnswers(app: NestFastifyApplication, report: (violation: string) => void): void {
  const sent = new WeakMap<FastifyRequest, unknown>();
  const server = app.getHttpAdapter().getInstance() as unknown as FastifyInstance;
  server.addHook('onRequest', (request, reply, done) => {
    if (request.url.startsWith('/v1/') && !request.url.startsWith(PAGES)) {
      const send = reply.send.bind(reply);
      reply.send = ((payload?: unknown) => {
        sent.set(request, payload);
        return send(payload);
      }) as FastifyReply['send'];
    }
    done();
  });
  server.addHook('onSend', (request, reply, payload, done) => {
    const route = request.routeOptions.url;
    if (sent.has(request) && route !== '/v1/openapi.json') {
      const { statusCode: status } = reply;
      const body = parsed(typeof payload === 'string' ? payload : sent.get(request));
      const said = Contract.of(app).violation({
        method: request.method,
        route,
        status,
        headers: reply.getHeaders(),
        body,
      });
      if (said) report(said);
    }
    done(null, payload);
  });
}

function parsed(payload: unknown): unknown {
  try {
    return JSON.parse(typeof payload === 'string' ? payload : JSON.stringify(payload));
  } catch {
    return undefined;
  }
}
