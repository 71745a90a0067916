import { Inject, Injectable } from '@nestjs/common';
import { isPermittedAt } from '../platform/access/access.rules.js';
import type { Caller } from '../platform/access/caller.js';
import { Audit } from '../platform/audit/audit.service.js';
import type { PagingDto } from '../platform/common/paging.js';
import { invalid, notFound } from '../platform/common/problems.js';
import { SETTINGS, type Settings } from '../platform/settings.js';
import { Database } from '../platform/database/database.js';
import { Params, row, rows, type Source } from '../platform/database/rows.js';
import { Transactions } from '../platform/database/transactions.js';
import { knownPart, sentAt } from './known-parts.js';
import { OPEN_PART, type OpenContent } from './minutes-content.js';
import type { MinutesView, VersionView } from './minutes.dto.js';
import { partyTo, type VisibleMinutes, visibleTo } from './minutes-visibility.js';
import type { NameEntry } from './name-book.rules.js';
import { type ReadablePart, readersCopy } from './reading.rules.js';
import { seenBy } from './seen-versions.js';

type Found = Omit<VisibleMinutes, 'mayWrite'>;
type AdoptedIn = Pick<VisibleMinutes, 'adoptedInId' | 'adoptedInOn'>;
type OpenCopy = Omit<Parameters<typeof readersCopy>[0], 'adoptedIn'> & AdoptedIn & { content: OpenContent };
/**
 * The number of distinct open texts sent up to version `v`, and whether the version in force has the open text of `v`.
 */
const OPEN_NUMBER = `(SELECT count(DISTINCT coalesce(o."sinceNumber", x."number")) FROM "minutes_versions" x
  JOIN "minutes_parts" o ON o."versionId" = x."id" AND o."label" = '${OPEN_PART}'
  WHERE x."minutesId" = v."minutesId" AND x."number" <= v."number" AND ${sentAt('x')} IS NOT NULL)`;
const IS_OPEN_IN_FORCE = `EXISTS (SELECT 1 FROM "minutes_versions" x
  JOIN "minutes_parts" o ON o."versionId" = x."id" AND o."label" = '${OPEN_PART}'
  WHERE x."minutesId" = v."minutesId" AND x."number" = m."currentNumber" AND coalesce(o."sinceNumber", x."number") <= v."number")`;
const ADOPTED_IN = `(SELECT s."heldOn" FROM "sessions" s WHERE s."id" = m."adoptedInId") AS "adoptedInOn"`;

/**
 * Reading minutes. Chairs see every version, parties those that were sent, readers the adopted ones that are open to
 * them.
 */
@Injectable()
export class MinutesService {
  constructor(
    private readonly database: Database,
    private readonly transactions: Transactions,
    private readonly audit: Audit,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  /** The copy of the minutes for this caller, of one version or of the one in force; 404 if hidden from the caller. */
  async read(sessionId: string, caller: Caller, number?: number): Promise<MinutesView> {
    const source = this.database.reader;
    const minutes = await this.visible(source, sessionId, caller);
    const { versions, version: changes } = await seenBy(source, minutes, caller);
    const version = number === undefined ? versions.at(-1) : versions.find((one) => one.number === number);
    if (!version) throw notFound();
    const parts = await this.knownParts(source, minutes, version.id, caller);
    const names = await namesOf(source, minutes.id);
    const { id: _versionId, place: _place, ...facts } = version;
    const { id, state, adoptedAt } = minutes;
    const adoptedIn = toAdoptedIn(minutes);
    const isInForce = version === versions.at(-1);
    const view = readersCopy(
      { id, sessionId, state, adoptedAt, adoptedIn, isInForce, version: changes, ...facts },
      parts,
      names,
      this.settings,
    );
    if (!view) throw notFound();
    if (parts.length > 1) await this.logConfidential(minutes, caller);
    return view;
  }

  /**
   * The open part only, regardless of the reader, as carried by mails; its number counts the open texts that were sent.
   * Null if its text no longer exists.
   */
  async openCopy(source: Source, versionId: string): Promise<MinutesView | null> {
    const found = await row<OpenCopy>(
      source,
      `SELECT m."id", m."sessionId", m."state", m."adoptedAt", m."adoptedInId", ${ADOPTED_IN}, m."version", v."reason", v."composedAt",
         v."hash", ${OPEN_NUMBER} AS "number", ${IS_OPEN_IN_FORCE} AS "isInForce", ${sentAt('v')} AS "sentAt", p."content"
       FROM "minutes_versions" v JOIN "minutes" m ON m."id" = v."minutesId"
       JOIN "minutes_parts" p ON p."versionId" = v."id" AND p."label" = $2 AND p."content" IS NOT NULL
       WHERE v."id" = $1`,
      [versionId, OPEN_PART],
      { content: 'json', isInForce: 'boolean' },
    );
    if (!found) return null;
    const { content, adoptedInId, adoptedInOn, ...facts } = found;
    const adoptedIn = toAdoptedIn({ adoptedInId, adoptedInOn });
    const names = await namesOf(source, facts.id);
    return readersCopy({ ...facts, adoptedIn }, [{ label: OPEN_PART, content }], names, this.settings);
  }

  /** The number of a version for those who were mailed it: concepts do not count for them. */
  async mailedNumber(source: Source, versionId: string): Promise<number> {
    const sql = `SELECT ${OPEN_NUMBER} AS "number" FROM "minutes_versions" v WHERE v."id" = $1`;
    return (await row<{ number: number }>(source, sql, [versionId]))!.number;
  }

  /** A page of the versions the caller may know, numbered for them; 404 if they may know none, 400 for an unknown sort. */
  async versions(sessionId: string, query: PagingDto, caller: Caller) {
    const minutes = await this.visible(this.database.reader, sessionId, caller);
    const { sort, page, pageSize } = query;
    if (sort !== undefined && sort !== 'number' && sort !== '-number') {
      throw invalid([{ field: 'sort', message: 'sort must be number' }]);
    }
    const { versions: seen } = await seenBy(this.database.reader, minutes, caller);
    const inOrder = sort === '-number' ? seen.toReversed() : seen;
    const items = inOrder
      .slice((page - 1) * pageSize, page * pageSize)
      .map(({ number, reason, composedAt, hash }): VersionView => ({ number, reason, composedAt, hash }));
    return { items, total: seen.length, page, pageSize };
  }

  /** The minutes of a session as visible to the caller; else 404. */
  async visible(source: Source, sessionId: string, caller: Caller): Promise<VisibleMinutes> {
    const params = new Params();
    const session = params.add(sessionId);
    const found = await row<Found>(
      source,
      `SELECT m."id", m."sessionId", s."meetingId", g."areaId", m."state", m."currentNumber",
         m."adoptedAt", m."adoptedInId", ${ADOPTED_IN}, ${partyTo(caller, params)} AS "isParty"
       FROM "minutes" m JOIN "sessions" s ON s."id" = m."sessionId" JOIN "meetings" g ON g."id" = s."meetingId"
       WHERE m."sessionId" = ${session} AND ${visibleTo(caller, params)}`,
      params.values,
      { isParty: 'boolean' },
    );
    if (!found) throw notFound();
    const mayWrite = isPermittedAt(caller, 'minutes.write', { id: sessionId, areaId: found.areaId });
    // Recipients continue to see what was sent while the chair works on the next draft.
    const state = !mayWrite && found.state === 'concept' ? 'sent' : found.state;
    return { ...found, state, mayWrite };
  }

  /** The existing text of the parts the caller may know. */
  knownParts(
    source: Source,
    minutes: Pick<VisibleMinutes, 'sessionId' | 'state'>,
    versionId: string,
    caller: Caller,
  ): Promise<ReadablePart[]> {
    const params = new Params();
    const version = params.add(versionId);
    const known = knownPart(caller, minutes.state === 'concept', params.add(minutes.sessionId), params);
    return rows<ReadablePart>(
      source,
      `SELECT p."label", p."content" FROM "minutes_parts" p
       WHERE p."versionId" = ${version} AND p."content" IS NOT NULL AND ${known} ORDER BY p."label"`,
      params.values,
      { content: 'json' },
    );
  }

  private async logConfidential({ id, areaId }: VisibleMinutes, caller: Caller): Promise<void> {
    const subject = { type: 'minutes', id, areaId, isConfidential: true };
    await this.transactions.run((manager) => this.audit.record(manager, caller, 'minutes.confidential_read', subject));
  }
}

function namesOf(source: Source, minutesId: string): Promise<NameEntry[]> {
  return rows<NameEntry>(
    source,
    'SELECT "id", "personId", "name", "function" FROM "minutes_names" WHERE "minutesId" = $1',
    [minutesId],
  );
}

const toAdoptedIn = ({ adoptedInId: sessionId, adoptedInOn: heldOn }: AdoptedIn) =>
  sessionId && heldOn ? { sessionId, heldOn } : null;
