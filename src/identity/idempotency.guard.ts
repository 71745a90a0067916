import {
  type ArgumentsHost,
  BadRequestException,
  type CanActivate,
  Catch,
  type ExceptionFilter,
  type ExecutionContext,
  Injectable,
} from '@nestjs/common';
import { HTTP_CODE_METADATA } from '@nestjs/common/constants.js';
import { Reflector } from '@nestjs/core';
import type { FastifyReply } from 'fastify';
import { createHash } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { hasReach, isPermittedIn } from '../platform/access/access.rules.js';
import { mayKnow } from '../platform/access/confidentiality.js';
import type { Caller, IdempotencyRecord, RequestWithCaller, Subject } from '../platform/access/caller.js';
import { IdempotencyKey, type KeptScope } from '../platform/access/idempotency-key.entity.js';
import type { Permission } from '../platform/access/permissions.js';
import { REQUIRED } from '../platform/access/requires.js';
import { Clock } from '../platform/common/clock.js';
import { newId } from '../platform/common/ids.js';
import { conflict, forbidden } from '../platform/common/problems.js';
import { Database } from '../platform/database/database.js';
import { dialectOf } from '../platform/database/dialect.js';
import { execute, row, type Source } from '../platform/database/rows.js';
import { shapeOf } from '../platform/database/shapes.js';

interface Kept {
  fingerprint: string;
  answer: unknown;
  scope: KeptScope;
}

const DAYS_KEPT_MS = 7 * 86_400_000;
const KEY = /^[\x21-\x7e]{1,200}$/;
const SHAPE = shapeOf(IdempotencyKey);

/** Thrown if the request was already answered, perhaps just now: rolls back the write and replays the response. */
class AnsweredBefore extends Error {
  constructor(
    readonly status: number,
    readonly answer: unknown,
  ) {
    super('This request was already answered.');
  }
}

/**
 * Replays the stored response to a POST whose `Idempotency-Key` was used before. Keys are per person or client; a response is
 * stored in the transaction of the write, so only on success. A guard, because an interceptor costs every request about
 * 10 % of its time, including reads.
 */
@Injectable()
export class IdempotencyGuard implements CanActivate {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly reflector: Reflector,
  ) {}

  canActivate(context: ExecutionContext): boolean | Promise<boolean> {
    const request = context.switchToHttp().getRequest<RequestWithCaller>();
    const key = request.headers['idempotency-key'];
    const caller = request.caller;
    if (request.method !== 'POST' || key === undefined || !caller) return true;
    if (typeof key !== 'string' || !KEY.test(key)) {
      throw new BadRequestException('Idempotency-Key must be 1 to 200 visible characters.', {
        errorCode: 'INVALID_IDEMPOTENCY_KEY',
      });
    }
    return this.mustBeFirst(request, caller, key, context.getHandler());
  }

  private async mustBeFirst(
    request: RequestWithCaller,
    caller: Caller,
    key: string,
    handler: ReturnType<ExecutionContext['getHandler']>,
  ): Promise<true> {
    const permission = this.reflector.get<Permission>(REQUIRED, handler);
    const status = this.reflector.get<number | undefined>(HTTP_CODE_METADATA, handler) ?? 201;
    const fingerprint = fingerprintOf(request);
    const moment = this.clock.moment();
    const once = new StoredResponse(caller, permission, key, fingerprint, status, moment);
    const kept = await keptAnswer(this.database.reader, caller, key, oldestKept(moment));
    if (kept) once.repeat(kept);
    caller.once = once;
    return true;
  }
}

/** A file is hashed as it is: as JSON, one of ten megabytes is a list of ten million numbers. */
function fingerprintOf({ method, url, body }: RequestWithCaller): string {
  const hash = createHash('sha256');
  return (
    Buffer.isBuffer(body)
      ? hash.update(JSON.stringify([method, url])).update(body)
      : hash.update(JSON.stringify([method, url, body ?? null]))
  ).digest('hex');
}

/** Sends the stored response with its original status. */
@Catch(AnsweredBefore)
export class AnsweredBeforeFilter implements ExceptionFilter<AnsweredBefore> {
  catch({ status, answer }: AnsweredBefore, host: ArgumentsHost): void {
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    void reply.status(status).header('Idempotency-Replayed', 'true').send(answer);
  }
}

/** The permissions under which a response was given: in that area, or through these organisations, meetings and sessions. */
function scopeOf(caller: Caller, permission: Permission, subject?: Subject): KeptScope {
  const { areaId = null, isConfidential = false, partyIds = [] } = subject ?? {};
  const isByArea = areaId !== null && isPermittedIn(caller, permission, areaId);
  return {
    areaId: isByArea ? areaId : null,
    organisationIds: isByArea ? [] : caller.organisationIds,
    meetingIds: isByArea ? [] : caller.meetingIds,
    sessionIds: isByArea || !hasReach(caller, permission, 'sessions') ? [] : caller.sessionIds,
    partyIds: isConfidential ? partyIds : null,
  };
}

/** Whether those permissions still hold. */
function mayStill(caller: Caller, permission: Permission, scope: KeptScope): boolean {
  return (
    (scope.areaId === null || isPermittedIn(caller, permission, scope.areaId)) &&
    scope.organisationIds.every((id) => caller.organisationIds.includes(id)) &&
    scope.meetingIds.every((id) => caller.meetingIds.includes(id)) &&
    (scope.sessionIds ?? []).every((id) => caller.sessionIds.includes(id)) &&
    (scope.partyIds === null || mayKnow(caller, true, scope.partyIds))
  );
}

class StoredResponse implements IdempotencyRecord {
  private subject: Subject | undefined;

  constructor(
    private readonly caller: Caller,
    private readonly permission: Permission,
    private readonly key: string,
    private readonly fingerprint: string,
    private readonly status: number,
    private readonly moment: string,
  ) {}

  note(subject: Subject): void {
    this.subject ??= subject;
  }

  /** Ends the request with the stored response; 409 if it was for another request, 403 if permissions have ended. */
  repeat(kept: Kept): never {
    if (kept.fingerprint !== this.fingerprint) {
      throw conflict('IDEMPOTENCY_KEY_REUSED', 'This Idempotency-Key was used for another request.');
    }
    if (!mayStill(this.caller, this.permission, kept.scope)) throw forbidden();
    throw new AnsweredBefore(this.status, kept.answer);
  }

  /** Deletes keys older than seven days, then checks whether this one was answered in the meantime. */
  async begin(manager: EntityManager): Promise<void> {
    this.subject = undefined;
    await dialectOf(manager).holdName(manager, `${this.caller.personId ?? this.caller.clientId} ${this.key}`);
    const oldest = oldestKept(this.moment);
    await execute(manager, 'DELETE FROM "idempotency_keys" WHERE "recordedAt" < $1', [oldest]);
    const kept = await keptAnswer(manager, this.caller, this.key, oldest);
    if (kept) this.repeat(kept);
  }

  async keep(manager: EntityManager, answer: unknown): Promise<void> {
    const scope = scopeOf(this.caller, this.permission, this.subject);
    await execute(
      manager,
      `INSERT INTO "idempotency_keys" ("id", "personId", "clientId", "key", "fingerprint", "answer", "scope", "recordedAt")
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [
        newId(),
        this.caller.personId,
        this.caller.clientId ?? null,
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

function keptAnswer(source: Source, by: Caller, key: string, oldest: string): Promise<Kept | undefined> {
  const actor = by.clientId === undefined ? 'personId' : 'clientId';
  return row<Kept>(
    source,
    `SELECT "fingerprint", "answer", "scope" FROM "idempotency_keys"
     WHERE "${actor}" = $1 AND "key" = $2 AND "recordedAt" >= $3`,
    [by[actor] ?? null, key, oldest],
    SHAPE,
  );
}
