import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { isPermittedIn } from '../../platform/access/access.rules.js';
import { asPerson, type Caller } from '../../platform/access/caller.js';
import { inPermittedAreas } from '../../platform/access/conditions.js';
import { Areas } from '../../directory/areas/areas.service.js';
import { Audit } from '../../platform/audit/audit.service.js';
import { addDays } from '../../platform/common/calendar-date.js';
import { Clock } from '../../platform/common/clock.js';
import { mustMatch } from '../../platform/common/etag.js';
import { newId } from '../../platform/common/ids.js';
import { mapPage, type Page } from '../../platform/common/paging.js';
import { conflict, forbidden, invalid, notFound } from '../../platform/common/problems.js';
import { Database } from '../../platform/database/database.js';
import { PointInTime } from '../../platform/database/row-history.js';
import { dialectOf } from '../../platform/database/dialect.js';
import { orderOf, pageOf, Params, row, rows, type Source } from '../../platform/database/rows.js';
import { lockOne, Transactions } from '../../platform/database/transactions.js';
import { insertAll, updateRow } from '../../platform/database/writes.js';
import { Outbox } from '../../platform/mail/outbox.service.js';
import { hasNotLeft } from '../../directory/people/leaving.conditions.js';
import { Parties } from '../../meetings/parties.service.js';
import { RatingRound } from './rating-round.entity.js';
import { Rating } from './rating.entity.js';
import type { CreateRatingRoundDto, OwnRating, RatingRoundListDto, RatingRoundView } from './ratings.dto.js';
import { type GivenRating, type RatingResults, resultsOf } from './ratings.rules.js';
import { NOT_AN_AREA } from '../../directory/areas/current-areas.js';

export const RATING_MAIL = 'rating';
const DAYS_TO_DELIVER = 14;
const SORT = { year: 'r."year"', area: 'natural_key(a."name")' };
const FROM = '"rating_rounds" r JOIN "areas" a ON a."id" = r."areaId"';
const COLUMNS = `r."id", r."areaId", a."name" AS "areaName", r."year", r."openedAt", r."closedAt", r."version",
  (SELECT count(*) FROM "ratings" g WHERE g."roundId" = r."id") AS "asked",
  (SELECT count(*) FROM "ratings" g WHERE g."roundId" = r."id" AND g."answeredAt" IS NOT NULL) AS "answered"`;

type RoundRow = Omit<RatingRoundView, 'results' | 'resultsYearBefore' | 'own'> & { asked: number; answered: number };

/** Asks the parties of an area once a year how the collaboration went. */
@Injectable()
export class RatingRounds {
  constructor(
    private readonly database: Database,
    private readonly transactions: Transactions,
    private readonly audit: Audit,
    private readonly clock: Clock,
    private readonly areas: Areas,
    private readonly parties: Parties,
    private readonly outbox: Outbox,
  ) {}

  /** The rounds of the caller's areas and those in which they were asked, without results. */
  async list(query: RatingRoundListDto, by: Caller): Promise<Page<RatingRoundView>> {
    const orderBy = orderOf(query.sort, SORT, 'r."year" DESC, natural_key(a."name"), r."id"');
    const params = new Params();
    const conditions = [visibleTo(by, params)];
    if (query.area) {
      const below = await this.areas.idsBelow(query.area, this.clock.today());
      conditions.push(`r."areaId" IN (${params.list(below)})`);
    }
    if (query.year) conditions.push(`r."year" = ${params.add(query.year)}`);
    const found = await pageOf<RoundRow>(
      this.database.reader,
      { select: COLUMNS, from: FROM, where: conditions.join(' AND '), orderBy, params },
      query,
    );
    return mapPage(found, (round) => ({ ...forWhom(round, by), results: null, resultsYearBefore: null, own: null }));
  }

  /** The results of each of these rounds that is closed, by its id; only of those whose results the caller may see. */
  resultsAmong(rounds: readonly RatingRoundView[], by: Caller): Promise<Map<string, RatingResults>> {
    const shown = rounds.filter((round) => seesResults(round, by));
    return this.results(shown.map(({ id }) => id));
  }

  /** One round; with results once closed, if the caller may see them. 404 if the caller may not know of it. */
  async read(id: string, by: Caller): Promise<RatingRoundView> {
    const params = new Params();
    const found = await row<RoundRow>(
      this.database.reader,
      `SELECT ${COLUMNS} FROM ${FROM} WHERE r."id" = ${params.add(id)} AND ${visibleTo(by, params)}`,
      params.values,
    );
    if (!found) throw notFound();
    const isShown = seesResults(found, by);
    return {
      ...forWhom(found, by),
      results: isShown ? (await this.results([id])).get(id)! : null,
      resultsYearBefore: isShown ? await this.resultsOfYear(found.areaId, found.year - 1) : null,
      own: (await ownRating(this.database.reader, id, asPerson(by).personId, by.today)) ?? null,
    };
  }

  /**
   * Starts a round in an area of the caller. 400 for an unknown area or future year, 409 if done or nobody gets mail.
   */
  async open({ areaId, year }: CreateRatingRoundDto, by: Caller): Promise<RatingRoundView> {
    const area = await row<{ name: string }>(this.database.reader, 'SELECT "name" FROM "areas" WHERE "id" = $1', [
      areaId,
    ]);
    const today = this.clock.today();
    const errors = area ? [] : [NOT_AN_AREA];
    if (year > Number(today.slice(0, 4))) errors.push({ field: 'year', message: 'year must not be in the future' });
    if (!area || errors.length > 0) throw invalid(errors);
    if (!isPermittedIn(by, 'ratings.write', areaId)) throw forbidden();
    this.outbox.mustHaveServer();
    const parties = await this.parties.of(this.database.reader, areaId, today);
    if (parties.length === 0)
      throw conflict('NOBODY_TO_ASK', 'No participant of a meeting in this area can receive mail.');
    const round = { id: newId(), areaId, year, openedAt: this.clock.moment(), closedAt: null, version: 1 };
    return this.transactions.run(async (manager) => {
      await mustBeFirst(manager, areaId, year);
      await manager.insert(RatingRound, { ...round });
      await insertAll(
        manager,
        Rating,
        parties.map(({ personId, organisationId }) => ({ id: newId(), roundId: round.id, personId, organisationId })),
      );
      await this.planMails(manager, round, parties);
      await this.audit.record(manager, by, 'rating_round.opened', { type: 'rating_round', id: round.id, areaId });
      const own = (await ownRating(manager, round.id, asPerson(by).personId, today)) ?? null;
      const counts = { asked: parties.length, answered: 0 };
      return { ...round, areaName: area.name, ...counts, results: null, resultsYearBefore: null, own };
    }, by.once);
  }

  /** Closes a round permanently: answers can no longer change, and the results become readable. */
  async close(id: string, version: number, by: Caller): Promise<RatingRoundView> {
    await this.transactions.run(async (manager) => {
      const round = await lockOne(manager, RatingRound, id);
      if (!isPermittedIn(by, 'ratings.write', round.areaId))
        throw isPermittedIn(by, 'ratings.read', round.areaId) ? forbidden() : notFound();
      if (round.closedAt) throw conflict('RATING_ROUND_CLOSED', 'This round is closed.');
      mustMatch(round, version);
      await updateRow(manager, RatingRound, id, { closedAt: this.clock.moment() });
      await this.audit.record(manager, by, 'rating_round.closed', { type: 'rating_round', id, areaId: round.areaId });
    });
    return this.read(id, by);
  }

  /** The results of an area's round for a year if it was closed by that moment; else null. */
  async resultsOfYear(areaId: string, year: number, knownAt = this.clock.moment()): Promise<RatingResults | null> {
    const round = await row<{ id: string }>(
      this.database.reader,
      'SELECT r."id" FROM "rating_rounds" r WHERE r."areaId" = $1 AND r."year" = $2 AND r."closedAt" <= $3',
      [areaId, year, knownAt],
    );
    return round ? (await this.results([round.id], knownAt)).get(round.id)! : null;
  }

  private async results(
    roundIds: readonly string[],
    knownAt = this.clock.moment(),
  ): Promise<Map<string, RatingResults>> {
    const params = new Params();
    const past = new PointInTime({ asOf: this.clock.today(), knownAt }, params, this.database);
    const given = await rows<GivenRating & { roundId: string }>(
      this.database.reader,
      `SELECT g."roundId", o."kind", g."mark", g."speaksAsOne", g."keptAgreements", g."wentWell", g."canBeBetter"
       FROM "ratings" g JOIN ${past.rows('organisations')} o ON o."id" = g."organisationId"
       WHERE g."roundId" IN (${params.list(roundIds)}) AND g."answeredAt" IS NOT NULL ORDER BY g."id"`,
      params.values,
    );
    return new Map(roundIds.map((id) => [id, resultsOf(given.filter(({ roundId }) => roundId === id))]));
  }

  private async planMails(
    manager: EntityManager,
    { id, openedAt }: Pick<RatingRound, 'id' | 'openedAt'>,
    parties: readonly { personId: string; email: string }[],
  ): Promise<void> {
    const expiresAt = addDays(openedAt.slice(0, 10), DAYS_TO_DELIVER) + openedAt.slice(10);
    const mails = parties.map(({ personId, email }) => ({
      kind: RATING_MAIL,
      dedupeKey: `${RATING_MAIL}:${id}:${personId}`,
      address: email,
      personId,
      batchId: id,
      payload: { roundId: id },
      expiresAt,
    }));
    await this.outbox.planAll(manager, mails);
  }
}

/** SQL, of the alias `g` of a rating: its person has not left the organisation that was asked. */
export const isStillAsked = (day: string): string => hasNotLeft('g."personId"', 'g."organisationId"', day);

/** One person's answer in a round; undefined if they were not asked, or left the organisation since. */
export function ownRating(
  source: Source,
  roundId: string,
  personId: string,
  today: string,
): Promise<OwnRating | undefined> {
  return row<OwnRating>(
    source,
    `SELECT g."id", g."roundId", g."mark", g."speaksAsOne", g."keptAgreements", g."wentWell", g."canBeBetter",
       g."answeredAt", g."version" FROM "ratings" g
     WHERE g."roundId" = $1 AND g."personId" = $2 AND ${isStillAsked('$3')}`,
    [roundId, personId, today],
  );
}

function visibleTo(by: Caller, params: Params): string {
  return `(${inPermittedAreas(by, 'ratings.read', 'r."areaId"', params)}
    OR EXISTS (SELECT 1 FROM "ratings" g WHERE g."roundId" = r."id" AND g."personId" = ${params.add(by.personId)}
      AND ${isStillAsked(params.add(by.today))}))`;
}

const seesResults = ({ closedAt, areaId }: Pick<RoundRow, 'closedAt' | 'areaId'>, by: Caller): boolean =>
  closedAt !== null && isPermittedIn(by, 'ratings.read', areaId);

const forWhom = (round: RoundRow, by: Caller) =>
  isPermittedIn(by, 'ratings.read', round.areaId) ? round : { ...round, asked: null, answered: null };

/** Ensures a single round per area and year: locks the area, so that concurrent requests are serialised. */
async function mustBeFirst(manager: EntityManager, areaId: string, year: number): Promise<void> {
  await row(manager, `SELECT "id" FROM "areas" WHERE "id" = $1${dialectOf(manager).forUpdate}`, [areaId]);
  if (await manager.existsBy(RatingRound, { areaId, year }))
    throw conflict('RATING_ROUND_EXISTS', 'The parties of this area have already been asked about this year.');
}
