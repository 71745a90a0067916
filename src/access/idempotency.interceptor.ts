import {
  BadRequestException,
  type CallHandler,
  type ExecutionContext,
  Injectable,
  type NestInterceptor,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply } from 'fastify';
import { createHash } from 'node:crypto';
import { catchError, from, type Observable, of, switchMap, throwError } from 'rxjs';
import type { EntityManager } from 'typeorm';
import { Clock } from '../common/clock.js';
import { conflict, notFound } from '../common/problems.js';
import { Database } from '../database/database.js';
import { execute, row, type Source } from '../database/rows.js';
import { isPermittedIn, mayKnow } from './access.rules.js';
import type { Caller, Once, RequestWithCaller, Subject } from './caller.js';
import type { KeptScope } from './idempotency-key.entity.js';
import type { Permission } from './permissions.js';
import { REQUIRED } from './requires.js';

interface Kept {
  fingerprint: string;
  answer: unknown;
  scope: KeptScope;
}

const DAYS_KEPT_MS = 7 * 86_400_000;
const KEY = /^[\x21-\x7e]{1,200}$/;
const SHAPE = { answer: 'json', scope: 'json' } as const;

/** Thrown inside a transaction when the same request was answered meanwhile: the write is undone, the answer repeated. */
class AnsweredBefore extends Error {
  constructor(readonly kept: Kept) {
    super('This request was answered before.');
  }
}

/**
 * Answers a POST with an `Idempotency-Key` that was answered before with the same answer. Keys are per person; the answer
 * is kept in the transaction of the write itself, so only when it succeeded.
 */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly reflector: Reflector,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = context.switchToHttp().getRequest<RequestWithCaller>();
    const key = request.headers['idempotency-key'];
    const caller = request.caller;
    if (request.method !== 'POST' || key === undefined || !caller) return next.handle();
    if (typeof key !== 'string' || !KEY.test(key)) {
      throw new BadRequestException('Idempotency-Key must be 1 to 200 visible characters.', {
        errorCode: 'INVALID_IDEMPOTENCY_KEY',
      });
    }
    const permission = this.reflector.get<Permission>(REQUIRED, context.getHandler());
    const fingerprint = createHash('sha256')
      .update(JSON.stringify([request.method, request.url, request.body ?? null]))
      .digest('hex');
    const repeat = (kept: Kept): Observable<unknown> => {
      if (kept.fingerprint !== fingerprint) {
        return throwError(() =>
          conflict('IDEMPOTENCY_KEY_REUSED', 'This Idempotency-Key was used for another request.'),
        );
      }
      if (!mayStill(caller, permission, kept.scope)) return throwError(notFound);
      void context.switchToHttp().getResponse<FastifyReply>().header('Idempotency-Replayed', 'true');
      return of(kept.answer);
    };
    caller.once = new KeptAnswer(caller, permission, key, fingerprint, this.clock.moment(), this.database.isPostgres);
    return from(keptAnswer(this.database.reader, caller.personId, key, oldestKept(this.clock.moment()))).pipe(
      switchMap((kept) => (kept ? repeat(kept) : next.handle())),
      catchError((error: unknown) => (error instanceof AnsweredBefore ? repeat(error.kept) : throwError(() => error))),
    );
  }
}

/** The rights under which an answer was given: in that area, or through these organisations and meetings. */
function scopeOf(caller: Caller, permission: Permission, subject?: Subject): KeptScope {
  const { areaId = null, isConfidential = false, partyIds = [] } = subject ?? {};
  const isByArea = areaId !== null && isPermittedIn(caller, permission, areaId);
  return {
    areaId: isByArea ? areaId : null,
    organisationIds: isByArea ? [] : caller.organisationIds,
    meetingIds: isByArea ? [] : caller.meetingIds,
    partyIds: isConfidential ? partyIds : null,
  };
}

/** Whether those rights still hold. */
function mayStill(caller: Caller, permission: Permission, scope: KeptScope): boolean {
  return (
    (scope.areaId === null || isPermittedIn(caller, permission, scope.areaId)) &&
    scope.organisationIds.every((id) => caller.organisationIds.includes(id)) &&
    scope.meetingIds.every((id) => caller.meetingIds.includes(id)) &&
    (scope.partyIds === null || mayKnow(caller, true, scope.partyIds))
  );
}

class KeptAnswer implements Once {
  private subject: Subject | undefined;

  constructor(
    private readonly caller: Caller,
    private readonly permission: Permission,
    private readonly key: string,
    private readonly fingerprint: string,
    private readonly moment: string,
    private readonly isPostgres: boolean,
  ) {}

  note(subject: Subject): void {
    this.subject ??= subject;
  }

  /** Forgets the keys of more than seven days ago, then looks whether this one was answered meanwhile. */
  async begin(manager: EntityManager): Promise<void> {
    this.subject = undefined;
    if (this.isPostgres) {
      await manager.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [
        `${this.caller.personId} ${this.key}`,
      ]);
    }
    const oldest = oldestKept(this.moment);
    await execute(manager, 'DELETE FROM "idempotency_keys" WHERE "recordedAt" < $1', [oldest]);
    const kept = await keptAnswer(manager, this.caller.personId, this.key, oldest);
    if (kept) throw new AnsweredBefore(kept);
  }

  async keep(manager: EntityManager, answer: unknown): Promise<void> {
    const scope = scopeOf(this.caller, this.permission, this.subject);
    await execute(
      manager,
      `INSERT INTO "idempotency_keys" ("personId", "key", "fingerprint", "answer", "scope", "recordedAt")
       VALUES ($1, $2, $3, $4, $5, $6)`,
      [
        this.caller.personId,
        this.key,
        this.fingerprint,
        JSON.stringify(answer ?? null),
        JSON.stringify(scope),
        this.moment,
      ],
    );
  }
}

const oldestKept = (moment: string): string => new Date(Date.parse(moment) - DAYS_KEPT_MS).toISOString();

function keptAnswer(source: Source, personId: string, key: string, oldest: string): Promise<Kept | undefined> {
  return row<Kept>(
    source,
    `SELECT "fingerprint", "answer", "scope" FROM "idempotency_keys"
     WHERE "personId" = $1 AND "key" = $2 AND "recordedAt" >= $3`,
    [personId, key, oldest],
    SHAPE,
  );
}
