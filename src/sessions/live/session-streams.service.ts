import { HttpException, Injectable, Logger, type OnModuleDestroy, ServiceUnavailableException } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { PassThrough, type Readable } from 'node:stream';
import { type Requester, RequestCallers } from '../../identity/request-callers.service.js';
import { WebSessions } from '../../identity/web-sessions.service.js';
import { isPermitted } from '../../platform/access/access.rules.js';
import { asPerson, type RequestWithCaller } from '../../platform/access/caller.js';
import { grouped } from '../../platform/common/grouped.js';
import { CommitSignals } from '../../platform/database/commit-signals.js';
import { SessionStamps, type Stamped } from './session-stamps.service.js';
import { MOST_IN_ALL, MOST_OF_A_PERSON, MOST_UNREAD, OPENING, type StreamEvent, toText } from './streams.rules.js';
import { logFailure } from '../../platform/server/failure-log.js';

interface Stream {
  request: FastifyRequest;
  personId: string;
  sessionId: string;
  out: PassThrough;
  /** What its browser was told last; empty until it was told anything. */
  version: string;
  /** A change between reading that version and now may have been missed. */
  isNew: boolean;
}

/** What one look found out already, so that two windows of one person are one question. */
interface Look {
  requesters: Map<string, Promise<Requester | undefined>>;
  stamps: Map<string, Promise<Stamped>>;
}

const HEARTBEAT_MS = 15_000;
/** What is committed within this time is told together. */
const GATHERED_MS = 5;
/** After a look the next one waits this many times as long as it took: looking takes a fifth of the time at most. */
const PAUSE = 4;
const LONGEST_PAUSE_MS = 60;
/** After the database failed. */
const AGAIN_MS = 1_000;
const AT_ONCE = 4;

/**
 * The open streams of this process. After a commit it looks which of their sessions changed, and tells each browser whose
 * person may know what changed. Every event checks sign-in and rights again; whoever may no longer read is cut off.
 */
@Injectable()
export class SessionStreams implements OnModuleDestroy {
  private readonly log = new Logger('SessionStreams');
  private readonly streams = new Set<Stream>();
  private readonly whole = new Map<string, string>();
  private unsubscribe: (() => void) | undefined;
  private heart: NodeJS.Timeout | undefined;
  private next: NodeJS.Timeout | undefined;
  private isLooking = false;
  private isDue = false;
  private isUncertain = false;
  private isStopping = false;
  /** When the pause after the last look is over (ms of the process). */
  private restsUntil = 0;

  constructor(
    private readonly signals: CommitSignals,
    private readonly stamps: SessionStamps,
    private readonly callers: RequestCallers,
    private readonly webSessions: WebSessions,
  ) {}

  /** The version of a session as the caller may know it; 404 if they may not. */
  async version(sessionId: string, request: RequestWithCaller): Promise<{ id: string; version: string }> {
    const { version } = await this.stamps.of(sessionId, request.caller!);
    return { id: sessionId, version };
  }

  /** The events of a session until the browser goes; 404 if the caller may not know it, 503 if there are too many. */
  async open(sessionId: string, request: RequestWithCaller): Promise<Readable> {
    if (this.isStopping || this.streams.size >= MOST_IN_ALL)
      throw new ServiceUnavailableException('No more streams for now.', { errorCode: 'TOO_MANY_STREAMS' });
    this.start();
    const { personId } = asPerson(request.caller!);
    const stream: Stream = { request, personId, sessionId, out: new PassThrough(), version: '', isNew: true };
    stream.out.once('close', () => this.forget(stream));
    stream.out.on('error', () => {});
    this.streams.add(stream);
    try {
      const { version } = await this.version(sessionId, request);
      stream.version = version;
      stream.out.write(OPENING);
      this.write(stream, 'version');
      this.makeRoom(personId);
      this.heard(false);
      return stream.out;
    } catch (error) {
      stream.out.destroy();
      throw error;
    }
  }

  get count(): number {
    return this.streams.size;
  }

  /** Looks at every stream, changed or not: tells its version, and cuts off whoever may no longer read. */
  async beat(): Promise<void> {
    const look = newLook();
    await this.each([...this.streams], (stream) => this.tell(stream, look, 'version', true));
  }

  /** First of all when the service stops: a stream would keep it from ending. */
  onModuleDestroy(): void {
    this.isStopping = true;
    this.rest();
    for (const { out } of this.streams) out.end();
  }

  private start(): void {
    this.unsubscribe ??= this.signals.subscribe((isUncertain) => this.heard(isUncertain));
    this.heart ??= setInterval(() => void this.beat().catch((error) => this.failed(error)), HEARTBEAT_MS);
  }

  private rest(): void {
    this.unsubscribe?.();
    clearInterval(this.heart);
    clearTimeout(this.next);
    this.unsubscribe = this.heart = this.next = undefined;
  }

  private forget(stream: Stream): void {
    this.streams.delete(stream);
    if (![...this.streams].some(({ sessionId }) => sessionId === stream.sessionId)) this.whole.delete(stream.sessionId);
    if (this.streams.size === 0) this.rest();
  }

  private makeRoom(personId: string): void {
    const own = [...this.streams].filter((stream) => stream.personId === personId);
    for (const stream of own.slice(0, -MOST_OF_A_PERSON)) {
      this.write(stream, 'elsewhere');
      stream.out.end();
      this.streams.delete(stream);
    }
  }

  private heard(isUncertain: boolean): void {
    this.isUncertain ||= isUncertain;
    this.isDue = true;
    if (this.streams.size > 0) this.lookIn(GATHERED_MS);
  }

  private lookIn(ms: number): void {
    if (this.isLooking || this.isStopping) return;
    this.next ??= setTimeout(() => void this.look(), Math.max(ms, this.restsUntil - performance.now()));
  }

  private async look(): Promise<void> {
    this.next = undefined;
    this.isLooking = true;
    const { isUncertain } = this;
    this.isDue = this.isUncertain = false;
    const began = performance.now();
    let pause = GATHERED_MS;
    try {
      await this.tellChanged(isUncertain);
    } catch (error) {
      this.failed(error);
      this.isDue = true;
      this.isUncertain ||= isUncertain;
      pause = AGAIN_MS;
    } finally {
      this.isLooking = false;
      const ended = performance.now();
      this.restsUntil = ended + Math.min(PAUSE * (ended - began), LONGEST_PAUSE_MS);
    }
    if (this.isDue && this.streams.size > 0) this.lookIn(pause);
  }

  private async tellChanged(isUncertain: boolean): Promise<void> {
    const bySession = grouped([...this.streams], ({ sessionId }) => sessionId);
    const found = await this.stamps.whole([...bySession.keys()]);
    const isChanged = (id: string) => isUncertain || this.whole.get(id) !== found.get(id);
    const concerned = [...bySession].flatMap(([id, all]) => (isChanged(id) ? all : all.filter(({ isNew }) => isNew)));
    const look = newLook();
    await this.each(concerned, (stream) => this.tell(stream, look, isUncertain ? 'all' : 'version', isUncertain));
    for (const [id, whole] of found) if (bySession.has(id)) this.whole.set(id, whole);
  }

  private async each(streams: readonly Stream[], work: (stream: Stream) => Promise<void>): Promise<void> {
    const left = [...streams];
    const worker = async () => {
      for (let stream = left.shift(); stream; stream = left.shift()) await work(stream);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
  }

  /** Tells one browser, if something changed that its person may know or `isAnyway`; cuts off who may not read. */
  private async tell(stream: Stream, look: Look, event: StreamEvent['event'], isAnyway: boolean): Promise<void> {
    if (!this.streams.has(stream) || stream.version === '') return;
    const stamped = await this.stampFor(stream, look);
    if (!this.streams.has(stream)) return;
    if (!stamped) return void stream.out.end();
    stream.isNew = false;
    if (stamped.version === stream.version && !isAnyway) return;
    stream.version = stamped.version;
    this.write(stream, event);
  }

  /** Undefined for a caller who is no longer signed in or may no longer read the session. */
  private async stampFor({ request, sessionId }: Stream, { requesters, stamps }: Look): Promise<Stamped | undefined> {
    const who = request.headers.authorization ?? request.headers.cookie ?? '';
    const requester = await kept(requesters, who, () => this.callers.still(request));
    if (!requester || requester.session?.needsPasskey || !isPermitted(requester.caller, 'sessions.read'))
      return undefined;
    const { caller, session } = requester;
    try {
      const stamped = await kept(stamps, `${sessionId} ${caller.personId}`, () => this.stamps.of(sessionId, caller));
      if (session && stamped.state === 'open')
        await this.webSessions.keepAlive(session).catch((error) => this.failed(error));
      return stamped;
    } catch (error) {
      if (error instanceof HttpException && error.getStatus() === 404) return undefined;
      throw error;
    }
  }

  private write(stream: Stream, event: StreamEvent['event']): void {
    const { out, sessionId: id, version } = stream;
    if (out.readableLength + out.writableLength <= MOST_UNREAD) out.write(toText({ event, id, version }));
    else {
      this.forget(stream);
      out.destroy();
    }
  }

  private failed(error: unknown): void {
    logFailure(this.log, error);
  }
}

const newLook = (): Look => ({ requesters: new Map(), stamps: new Map() });

function kept<T>(known: Map<string, Promise<T>>, key: string, find: () => Promise<T>): Promise<T> {
  const found = known.get(key) ?? find();
  known.set(key, found);
  return found;
}
