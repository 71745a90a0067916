import { Injectable } from '@nestjs/common';
import { hasReach, isPermittedIn, permittedAreas } from '../access/access.rules.js';
import type { Caller } from '../access/caller.js';
import { inPermittedAreas } from '../access/conditions.js';
import { Audit } from '../audit/audit.service.js';
import type { PagingDto } from '../common/paging.js';
import { invalid, notFound } from '../common/problems.js';
import { Database } from '../database/database.js';
import { orderOf, pageOf, Params, row, rows, type Source } from '../database/rows.js';
import { Transactions } from '../database/transactions.js';
import { OPEN_PART, type OpenContent } from './minutes-content.js';
import type { MinutesView, VersionView } from './minutes.dto.js';
import type { VersionReason } from './minutes-version.entity.js';
import type { MinutesState } from './minutes.entity.js';
import type { NameEntry } from './name-book.rules.js';
import { type ReadablePart, readersCopy } from './reading.rules.js';

/** Minutes as one caller may see them: which versions, and in which state. */
export interface VisibleMinutes {
  id: string;
  sessionId: string;
  meetingId: string;
  areaId: string;
  state: MinutesState;
  currentNumber: number;
  adoptedAt: string | null;
  adoptedInId: string | null;
  /** The day of the session that adopted them. */
  adoptedInOn: string | null;
  version: number;
  /** The versions from this number to `toNumber` may be read; the last one is the text in force for this caller. */
  fromNumber: number;
  toNumber: number;
  mayWrite: boolean;
}

type Found = Omit<VisibleMinutes, 'fromNumber' | 'toNumber' | 'mayWrite'> & {
  firstSent: number | null;
  lastSent: number | null;
};
type AdoptedIn = Pick<VisibleMinutes, 'adoptedInId' | 'adoptedInOn'>;
type OpenCopy = Omit<Parameters<typeof readersCopy>[0], 'adoptedIn'> & AdoptedIn & { content: OpenContent };
interface Version {
  id: string;
  number: number;
  reason: VersionReason;
  composedAt: string;
  hash: string;
  sentAt: string | null;
}

const SENT = (pick: 'min' | 'max') => `(SELECT ${pick}(v."number") FROM "minutes_events" e
  JOIN "minutes_versions" v ON v."id" = e."versionId" WHERE e."minutesId" = m."id" AND e."kind" = 'sent')`;

/** What adoption or redaction made counts as sent when the version before it was. */
const SENT_AT = `(SELECT max(e."at") FROM "minutes_events" e WHERE e."minutesId" = v."minutesId" AND e."kind" = 'sent'
  AND (e."versionId" = v."id" OR (v."reason" IN ('adoption', 'redaction') AND e."at" <= v."composedAt")))`;
const ADOPTED_IN = `(SELECT s."heldOn" FROM "sessions" s WHERE s."id" = m."adoptedInId") AS "adoptedInOn"`;

/** Reading minutes. Chairs see every version, parties what was sent, readers what was adopted and is open to them. */
@Injectable()
export class MinutesService {
  constructor(
    private readonly database: Database,
    private readonly transactions: Transactions,
    private readonly audit: Audit,
  ) {}

  /** The copy of the minutes for this caller, of one version or of the one in force; 404 when it is not to be known. */
  async read(sessionId: string, caller: Caller, number?: number): Promise<MinutesView> {
    const source = this.database.reader;
    const minutes = await this.visible(source, sessionId, caller);
    const wanted = number ?? minutes.toNumber;
    if (wanted < minutes.fromNumber || wanted > minutes.toNumber) throw notFound();
    const version = (await row<Version>(
      source,
      `SELECT v."id", v."number", v."reason", v."composedAt", v."hash", ${SENT_AT} AS "sentAt"
       FROM "minutes_versions" v WHERE v."minutesId" = $1 AND v."number" = $2`,
      [minutes.id, wanted],
    ))!;
    // A concept that another one took the place of was never there for who got the minutes.
    if (!minutes.mayWrite && version.sentAt === null) throw notFound();
    const parts = await this.knownParts(source, minutes, version.id, caller);
    const names = await namesOf(source, minutes.id);
    const { id: _versionId, ...facts } = version;
    const { id, state, adoptedAt } = minutes;
    const adoptedIn = toAdoptedIn(minutes);
    const isInForce = wanted === minutes.toNumber;
    const view = readersCopy(
      { id, sessionId, state, adoptedAt, adoptedIn, isInForce, version: minutes.version, ...facts },
      parts,
      names,
    );
    if (!view) throw notFound();
    if (parts.length > 1) await this.logConfidential(minutes, caller);
    return view;
  }

  /** The open part alone, whoever reads it, as mails carry it. Null when its text is gone. */
  async openCopy(source: Source, versionId: string): Promise<MinutesView | null> {
    const found = await row<OpenCopy>(
      source,
      `SELECT m."id", m."sessionId", m."state", m."adoptedAt", m."adoptedInId", ${ADOPTED_IN}, m."version", v."number", v."reason", v."composedAt",
         v."hash", v."number" = m."currentNumber" AS "isInForce", ${SENT_AT} AS "sentAt", p."content"
       FROM "minutes_versions" v JOIN "minutes" m ON m."id" = v."minutesId"
       JOIN "minutes_parts" p ON p."versionId" = v."id" AND p."label" = $2 AND p."content" IS NOT NULL
       WHERE v."id" = $1`,
      [versionId, OPEN_PART],
      { content: 'json', isInForce: 'boolean' },
    );
    if (!found) return null;
    const { content, adoptedInId, adoptedInOn, ...facts } = found;
    const adoptedIn = toAdoptedIn({ adoptedInId, adoptedInOn });
    return readersCopy({ ...facts, adoptedIn }, [{ label: OPEN_PART, content }], await namesOf(source, facts.id));
  }

  async versions(sessionId: string, query: PagingDto, caller: Caller) {
    const minutes = await this.visible(this.database.reader, sessionId, caller);
    const orderBy = orderOf(query.sort, { number: '"number"' }, '"number"');
    if (!orderBy) throw invalid([{ field: 'sort', message: 'sort must be number' }]);
    const params = new Params();
    const isSent = minutes.mayWrite ? '' : ` AND ${SENT_AT} IS NOT NULL`;
    const where = `"minutesId" = ${params.add(minutes.id)} AND "number" BETWEEN ${params.add(minutes.fromNumber)} AND ${params.add(minutes.toNumber)}${isSent}`;
    const select = '"number", "reason", "composedAt", "hash"';
    return pageOf<VersionView>(
      this.database.reader,
      { select, from: '"minutes_versions" v', where, orderBy, params },
      query,
    );
  }

  /** The minutes of a session as far as the caller may know of them; 404 otherwise. */
  async visible(source: Source, sessionId: string, caller: Caller): Promise<VisibleMinutes> {
    const params = new Params();
    const session = params.add(sessionId);
    const found = await row<Found>(
      source,
      `SELECT m."id", m."sessionId", s."meetingId", g."areaId", m."state", m."currentNumber",
         m."adoptedAt", m."adoptedInId", ${ADOPTED_IN}, m."version", ${SENT('min')} AS "firstSent", ${SENT('max')} AS "lastSent"
       FROM "minutes" m JOIN "sessions" s ON s."id" = m."sessionId" JOIN "meetings" g ON g."id" = s."meetingId"
       WHERE m."sessionId" = ${session} AND ${visibleTo(caller, params)}`,
      params.values,
      { firstSent: 'integer', lastSent: 'integer' },
    );
    if (!found) throw notFound();
    const { firstSent, lastSent, ...minutes } = found;
    const mayWrite = isPermittedIn(caller, 'minutes.write', minutes.areaId);
    if (mayWrite) return { ...minutes, fromNumber: 1, toNumber: minutes.currentNumber, mayWrite };
    if (!isParty(caller, minutes.meetingId)) {
      return { ...minutes, fromNumber: minutes.currentNumber, toNumber: minutes.currentNumber, mayWrite };
    }
    // Who got the minutes goes on reading what was sent while the chair works on a next concept.
    const isAhead = minutes.state === 'concept';
    return {
      ...minutes,
      state: isAhead ? 'sent' : minutes.state,
      fromNumber: firstSent!,
      toNumber: isAhead ? lastSent! : minutes.currentNumber,
      mayWrite,
    };
  }

  /**
   * The open part and the confidential ones that name an organisation of the caller. While concept, the parties are those
   * of the item or action today; once sent, a party that was named stays one and later ones join.
   */
  knownParts(
    source: Source,
    minutes: Pick<VisibleMinutes, 'sessionId' | 'state'>,
    versionId: string,
    caller: Caller,
  ): Promise<ReadablePart[]> {
    const params = new Params();
    const version = params.add(versionId);
    const session = params.add(minutes.sessionId);
    const own = params.list(caller.organisationIds);
    const asSent = `EXISTS (SELECT 1 FROM "minutes_part_parties" y WHERE y."partId" = p."id" AND y."organisationId" IN (${own}))`;
    const ofItem = `EXISTS (SELECT 1 FROM "agenda_items" i JOIN "agenda_item_parties" y ON y."agendaItemId" = i."id"
      WHERE i."sessionId" = ${session} AND i."number" = p."label" AND y."organisationId" IN (${own}))`;
    const ofAction = `EXISTS (SELECT 1 FROM "actions" a JOIN "action_parties" y ON y."actionId" = a."id"
      WHERE a."number" = p."label" AND y."organisationId" IN (${own}))`;
    // What a session corrected in earlier minutes was sent already, to the parties of that part.
    const known = minutes.state === 'concept' ? [`(p."label" LIKE '%/%' AND ${asSent})`] : [asSent];
    return rows<ReadablePart>(
      source,
      `SELECT p."label", p."content" FROM "minutes_parts" p
       WHERE p."versionId" = ${version} AND p."content" IS NOT NULL
         AND (p."label" = ${params.add(OPEN_PART)} OR ${[...known, ofItem, ofAction].join(' OR ')}) ORDER BY p."label"`,
      params.values,
      { content: 'json' },
    );
  }

  private async logConfidential({ id, areaId }: VisibleMinutes, caller: Caller): Promise<void> {
    const subject = { type: 'minutes', id, areaId, isConfidential: true };
    await this.transactions.run((manager) => this.audit.record(manager, caller, 'minutes.confidential_read', subject));
  }
}

export function namesOf(source: Source, minutesId: string): Promise<NameEntry[]> {
  return rows<NameEntry>(
    source,
    'SELECT "id", "personId", "name", "function" FROM "minutes_names" WHERE "minutesId" = $1',
    [minutesId],
  );
}

const toAdoptedIn = ({ adoptedInId: sessionId, adoptedInOn: heldOn }: AdoptedIn) =>
  sessionId && heldOn ? { sessionId, heldOn } : null;

const isParty = (caller: Caller, meetingId: string): boolean =>
  hasReach(caller, 'minutes.read', 'meetings') && caller.meetingIds.includes(meetingId);

/** SQL for "may know that these minutes are there". */
function visibleTo(caller: Caller, params: Params): string {
  const ways = [inPermittedAreas(caller, 'minutes.write', 'g."areaId"', params)];
  if (hasReach(caller, 'minutes.read', 'meetings')) {
    ways.push(`(${SENT('max')} IS NOT NULL AND s."meetingId" IN (${params.list(caller.meetingIds)}))`);
  }
  const areas = permittedAreas(caller, 'minutes.read');
  if (areas.length > 0) {
    const inAreas = inPermittedAreas(caller, 'minutes.read', 'g."areaId"', params);
    ways.push(`(m."state" = 'adopted' AND g."isOpenToReaders" AND ${inAreas})`);
  }
  return `(${ways.join(' OR ')})`;
}
