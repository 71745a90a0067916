import multipart, { type MultipartFile } from '@fastify/multipart';
import {
  BadRequestException,
  createParamDecorator,
  type ExecutionContext,
  PayloadTooLargeException,
  UnsupportedMediaTypeException,
} from '@nestjs/common';
import { type NestFastifyApplication, RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Readable } from 'node:stream';
import { notJson } from './problems.js';

/** Maximum size of a file that is read into memory, such as a table. */
const MOST_IN_MEMORY = 5 * 1024 * 1024;
/** The pages that read such a file. */
export const READING_PAGES = ['/gebieden/:id/acties/invoeren', '/beheer/vullen/:register'];

/** Maximum size of one stored file. */
const MOST_BYTES = 10 * 1024 * 1024;
/** Maximum size of a request with files to store; the shipped nginx configuration allows the same. */
const MOST_IN_REQUEST = 12 * 1024 * 1024;

interface Config {
  takesFiles?: boolean;
}

/** A route that stores files: they are streamed while the request is handled. It has its own body deadline. */
export const TakesFiles = (): MethodDecorator => RouteConfig({ takesFiles: true } satisfies Config);

export const takesFiles = (request: FastifyRequest): boolean =>
  (request.routeOptions.config as Config | undefined)?.takesFiles === true;

/** One file of a request, as a stream. */
export interface IncomingFile {
  /** The name of the field. */
  field: string;
  /** The name the client gave it. */
  name: string;
  /** Ends at `MOST_BYTES`; `truncated` says whether there was more. */
  stream: Readable & { truncated: boolean };
}

/** The form of a request whose files have not been read yet. */
export class IncomingForm {
  private constructor(
    /** The fields read so far: until `read` is called, those before the first file. */
    readonly fields: Record<string, unknown>,
    private readonly rest: AsyncIterator<FormPart>,
    private first: FormPart | undefined,
  ) {}

  /** Reads up to the first file, so that permissions can be checked before any of it is stored. */
  static async begin(request: FastifyRequest): Promise<IncomingForm> {
    const limits = { fileSize: MOST_BYTES, files: 30, fields: 200, fieldSize: 20_000, parts: 230 };
    const rest = request.parts({ limits, throwFileSizeLimit: false } as never)[Symbol.asyncIterator]();
    const fields: Record<string, unknown> = {};
    for (;;) {
      const { value: part, done } = await unbroken(rest.next() as Promise<IteratorResult<FormPart>>);
      if (done) return new IncomingForm(fields, rest as AsyncIterator<FormPart>, undefined);
      if (part.type === 'file') return new IncomingForm(fields, rest as AsyncIterator<FormPart>, part);
      add(fields, part);
    }
  }

  /**
   * Reads the rest; `take` receives each file in turn and reads its stream to the end. Returns all fields. 400 if the
   * request was cut off.
   */
  async read(take: (file: IncomingFile) => Promise<void>): Promise<Record<string, unknown>> {
    for (let part = this.first ?? (await this.next()); part; part = await this.next()) {
      this.first = undefined;
      if (part.type === 'file') await take({ field: part.fieldname, name: part.filename ?? '', stream: part.file });
      else add(this.fields, part);
    }
    return this.fields;
  }

  private async next(): Promise<FormPart | undefined> {
    const { value, done } = await unbroken(this.rest.next());
    return done ? undefined : value;
  }
}

type FormPart = MultipartFile | { type: 'field'; fieldname: string; value: unknown };
export type RequestWithFiles = FastifyRequest & { incoming?: IncomingForm };

/** 400: the request ended before its form did. */
export const brokenOff = () =>
  new BadRequestException('The upload was cut off; none of it was stored.', { errorCode: 'UPLOAD_BROKEN' });

/** 415: files must be sent in a form. */
export const noForm = () =>
  new UnsupportedMediaTypeException(
    'The body must be sent as multipart/form-data, with the file in the field "file".',
    {
      errorCode: 'UNSUPPORTED_MEDIA_TYPE',
    },
  );

/** The parser's errors about a truncated or malformed form are the client's fault. */
const unbroken = <T>(reading: Promise<T>): Promise<T> =>
  reading.catch((error: { statusCode?: number }) => {
    throw typeof error.statusCode === 'number' && error.statusCode !== 500 ? error : brokenOff();
  });

function add(fields: Record<string, unknown>, { fieldname, value }: { fieldname: string; value: unknown }): void {
  const before = fields[fieldname];
  fields[fieldname] = before === undefined ? value : [before, value].flat();
}

/** Accepts uploads on the routes that have one; 415 elsewhere, 413 if announced as too large. */
export async function acceptFormFiles(app: NestFastifyApplication, server: FastifyInstance): Promise<void> {
  server.addHook('onRequest', (request, _, done) => {
    const isMultipart = request.headers['content-type']?.toLowerCase().startsWith('multipart/form-data');
    const isTaken = takesFiles(request) || READING_PAGES.includes(request.routeOptions.url ?? '');
    if (isMultipart && !isTaken) return done(notJson());
    const isTooLarge = isMultipart && Number(request.headers['content-length'] ?? 0) > MOST_IN_REQUEST;
    done(isTooLarge ? tooLarge() : undefined);
  });
  await app.register(multipart as never);
  server.addHook('preValidation', (request: RequestWithFiles, _, done) => {
    if (!request.isMultipart()) return done();
    readForm(request).then(() => done(), done);
  });
  // After a request is refused before its files were read, anything the client still sends is discarded.
  server.addHook('onSend', (request: RequestWithFiles, _, payload, done) => {
    if (request.incoming && !request.raw.readableEnded) {
      request.raw.unpipe();
      request.raw.resume();
    }
    done(null, payload);
  });
}

async function readForm(request: RequestWithFiles): Promise<void> {
  if (takesFiles(request)) request.body = (request.incoming = await IncomingForm.begin(request)).fields;
  else request.body = await wholeForm(request);
}

/** 413: the file has more than `MOST_BYTES`. */
export const tooLarge = () =>
  new PayloadTooLargeException('A file has at most 10 MB.', { errorCode: 'FILE_TOO_LARGE' });

/** A form with its file as bytes, as one of the fields. */
async function wholeForm(request: FastifyRequest): Promise<Record<string, unknown>> {
  const limits = { fileSize: MOST_IN_MEMORY, files: 1, fields: 10, fieldSize: 600_000, parts: 11 };
  const fields: Record<string, unknown> = {};
  for await (const part of request.parts({ limits }) as AsyncIterable<FormPart>) {
    add(fields, part.type === 'file' ? { fieldname: part.fieldname, value: await part.toBuffer() } : part);
  }
  return fields;
}

/** The files of this request; undefined if it is not a form with files. */
export const CurrentUpload = createParamDecorator(
  (_: unknown, context: ExecutionContext): IncomingForm | undefined =>
    context.switchToHttp().getRequest<RequestWithFiles>().incoming,
);
