import type { INestApplicationContext, Type } from '@nestjs/common';
import { Escalations } from '../../actions/escalations/escalations.service.js';
import { ActionJudgements } from '../../actions/judgements/action-judgements.service.js';
import { Callers } from '../../identity/callers.service.js';
import type { Caller } from '../../platform/access/caller.js';
import { addDays } from '../../platform/common/calendar-date.js';
import { Database } from '../../platform/database/database.js';
import { rows } from '../../platform/database/rows.js';
import { SETTINGS, type Settings } from '../../platform/settings.js';
import { RatingRounds } from '../../reviews/ratings/rating-rounds.service.js';
import { Ratings } from '../../reviews/ratings/ratings.service.js';
import { ReviewPublication } from '../../reviews/review-publication.service.js';
import { ReviewVoice } from '../../reviews/review-voice.service.js';
import { Reviews } from '../../reviews/reviews.service.js';
import { PUBLICATION_SUBJECTS } from '../../wijkagenda/publications/publication-request.entity.js';
import { PublicationRequests } from '../../wijkagenda/publications/publication-requests.service.js';
import { QuarterlyPublication } from '../../wijkagenda/quarterly-results/quarterly-publication.service.js';
import { QuarterlyResults } from '../../wijkagenda/quarterly-results/quarterly-results.service.js';
import { QuarterlySending } from '../../wijkagenda/quarterly-results/quarterly-sending.service.js';
import { Dice } from '../dice.js';
import * as data from '../data/looking-back.data.js';
import { CHAIRS, MEETINGS } from '../data/meetings.data.js';
import type { OrganisationKey } from '../data/organisations.data.js';
import { PINNED_AREA } from '../data/pinned.data.js';
import type { Registers } from './registers.seed.js';
import { type Moment, REVIEW_PUBLISHED, type StoryDates, workday } from '../story-dates.js';

/** A separate seed, so that the sessions are the same with or without this part. */
const SEED = 486;
/** Passes the check for a mail server. Nothing is delivered to it: what is planned is removed. */
const NO_SERVER = 'smtp://127.0.0.1:9';

/**
 * Generates what is written about the sessions, through the services: judgements, ratings, reviews, a quarter and
 * escalations.
 */
export class LookingBack {
  private readonly dice = new Dice(SEED);

  constructor(
    private readonly app: INestApplicationContext,
    private readonly registers: Registers,
    private readonly today: string,
    private readonly story: StoryDates,
  ) {}

  moments(): Moment[] {
    const { reviewed } = this.story;
    const years = [reviewed - 1, reviewed] as const;
    const all = years.flatMap((year, which) => data.REVIEWED.flatMap((one) => this.reviewOf(one, year, which)));
    all.push(...this.draft(), this.quarter(), ...data.ESCALATED.flatMap((one) => this.escalation(one)));
    return all.map(({ on, run }) => ({ on, run: () => this.asIfMailed(run) }));
  }

  private reviewOf(one: data.ReviewedArea, year: number, which: number): Moment[] {
    const { area, texts, marks, reactions } = one;
    const areaId = this.registers.areaId(area);
    const on = (day: string): string => workday(`${year + 1}-${day}`);
    const period = { areaId, fromOn: `${year}-01-01`, asOf: `${year}-12-31` };
    let id = '';
    let round = '';
    return [
      { on: workday(`${year}-12-17`), run: async () => this.judge(area, year) },
      { on: on('01-08'), run: async () => (round = await this.openRound(area, year)) },
      { on: on('01-15'), run: async () => this.rate(round, marks[which]) },
      { on: on('01-23'), run: async () => this.closeRound(round, await this.chairOf(area)) },
      {
        on: on('01-26'),
        run: async () => (id = await this.circulated(period, texts[which], await this.chairOf(area))),
      },
      { on: on('02-02'), run: async () => this.react(id, area, which === 1 ? reactions : []) },
      { on: on(REVIEW_PUBLISHED), run: async () => this.publish(id, await this.chairOf(area)) },
    ];
  }

  private draft(): Moment[] {
    const { area, texts, reaction } = data.DRAFT_REVIEW;
    const asOf = addDays(`${addDays(`${this.today.slice(0, 7)}-01`, -1).slice(0, 7)}-01`, -1);
    const fromOn = `${Number(asOf.slice(0, 4)) - 1}${addDays(asOf, 1).slice(4)}`;
    const from = asOf.endsWith('12-31') ? `${asOf.slice(0, 4)}-01-01` : fromOn;
    const areaId = this.registers.areaId(area);
    let id = '';
    return [
      {
        on: workday(addDays(this.today, -8)),
        run: async () => (id = await this.circulated({ areaId, fromOn: from, asOf }, texts, await this.chairOf(area))),
      },
      { on: workday(addDays(this.today, -3)), run: async () => this.react(id, area, [reaction]) },
    ];
  }

  private quarter(): Moment {
    const { year, quarter, publishedOn } = this.story.quarter;
    const areaId = this.registers.areaId(PINNED_AREA);
    const run = async (): Promise<void> => {
      const councillor = await this.callerOf('raadslid');
      for (const subject of PUBLICATION_SUBJECTS) await this.of(PublicationRequests).ask({ subject }, councillor);
      const chair = await this.chairOf(PINNED_AREA);
      const made = await this.of(QuarterlyResults).create({ areaId, year, quarter }, chair);
      const introduction = data.QUARTER_INTRODUCTION;
      const told = await this.of(QuarterlyResults).change(made.id, { introduction }, made.version, chair);
      const sent = await this.of(QuarterlySending).send(told.id, told.version, chair);
      await this.of(QuarterlyPublication).put(sent.id, sent.version, chair, true);
    };
    return { on: publishedOn, run };
  }

  private escalation({ title, asks, askedDaysAgo, text, answer }: (typeof data.ESCALATED)[number]): Moment[] {
    const personId = this.registers.personId(asks);
    let id = '';
    const ask = async (): Promise<void> => {
      const [action] = await this.read<{ id: string }>('SELECT "id" FROM "actions" WHERE "title" = $1', [title]);
      id = (await this.of(Escalations).ask(action.id, { personId, text }, await this.chairOf(PINNED_AREA))).id;
    };
    const asked = { on: workday(addDays(this.today, -askedDaysAgo)), run: ask };
    if (!answer) return [asked];
    const { daysAgo, decision } = answer;
    const decidedFor = workday(addDays(this.today, 14));
    const run = async () => this.of(Escalations).answer(id, { decision, decidedFor }, { personId, how: 'link' });
    return [asked, { on: workday(addDays(this.today, -daysAgo)), run }];
  }

  /** "Is het gelukt, volgens u?": requesters judge some of their actions. */
  private async judge(area: string, year: number): Promise<void> {
    const done = await this.read<{ id: string; requestedById: string }>(
      `SELECT a."id", a."requestedById" FROM "actions" a WHERE a."areaId" = $1 AND a."status" = 'done' AND NOT a."isConfidential"
         AND a."doneOn" BETWEEN $2 AND $3 AND a."requestedById" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "action_co_owners" c
           WHERE c."actionId" = a."id" AND c."organisationId" = a."requestedById") ORDER BY a."id"`,
      [this.registers.areaId(area), `${year}-01-01`, `${year}-12-31`],
    );
    for (const { id, requestedById } of done) {
      if (this.dice.chance(0.15)) continue;
      const [key] = [...this.registers.organisations].find(([, one]) => one === requestedById)!;
      const judgement = this.dice.weighted({ realised: 70, partly: 22, not: 8 });
      const comment = this.dice.pick(data.JUDGED[judgement]);
      await this.of(ActionJudgements).judge(id, { judgement, comment }, await this.contactOf(key, area));
    }
  }

  private async openRound(area: string, year: number): Promise<string> {
    const asked = { areaId: this.registers.areaId(area), year };
    return (await this.of(RatingRounds).open(asked, await this.chairOf(area))).id;
  }

  private async rate(round: string, [lowest, highest]: [number, number]): Promise<void> {
    const asked = await this.read<{ personId: string }>(
      'SELECT "personId" FROM "ratings" WHERE "roundId" = $1 ORDER BY "personId"',
      [round],
    );
    const said = new Set<string>();
    for (const { personId } of asked) {
      if (this.dice.chance(0.15)) continue;
      const answer = {
        mark: this.dice.between(lowest, highest),
        speaksAsOne: this.dice.weighted({ yes: 45, partly: 45, no: 10 }),
        keptAgreements: this.dice.weighted({ yes: 60, partly: 35, no: 5 }),
        ...(this.dice.chance(0.5) && { wentWell: this.unsaid(data.WENT_WELL, said) }),
        ...(this.dice.chance(0.5) && { canBeBetter: this.unsaid(data.CAN_BE_BETTER, said) }),
      };
      await this.of(Ratings).give(round, answer, { personId, how: 'link' }, () => true);
    }
  }

  /** One that has not been used in this round yet; none if all have. */
  private unsaid(texts: readonly string[], said: Set<string>): string | undefined {
    const left = texts.filter((text) => !said.has(text));
    const one = this.dice.pick(left.length > 0 ? left : texts);
    said.add(one);
    return left.length > 0 ? one : undefined;
  }

  private async closeRound(round: string, chair: Caller): Promise<void> {
    const { version } = await this.of(RatingRounds).read(round, chair);
    await this.of(RatingRounds).close(round, version, chair);
  }

  private async circulated(
    period: { areaId: string; fromOn: string; asOf: string },
    texts: (typeof data.DRAFT_REVIEW)['texts'],
    chair: Caller,
  ): Promise<string> {
    const made = await this.of(Reviews).create(period, chair);
    const written = await this.of(Reviews).change(made.id, texts, made.version, chair);
    return (await this.of(ReviewVoice).circulate(written.id, written.version, chair)).id;
  }

  private async react(id: string, area: string, reactions: readonly [OrganisationKey, string][]): Promise<void> {
    for (const [key, text] of reactions)
      await this.of(ReviewVoice).react(id, { text }, await this.contactOf(key, area));
  }

  private async publish(id: string, chair: Caller): Promise<void> {
    const { version } = await this.of(Reviews).read(id, chair);
    const frozen = await this.of(Reviews).freeze(id, {}, version, chair);
    await this.of(ReviewPublication).publish(id, frozen.version, chair);
  }

  /** Sending is refused without a mail server, and mail about the past is never delivered. */
  private async asIfMailed<T>(run: () => Promise<T>): Promise<T> {
    const settings = this.app.get<Settings>(SETTINGS, { strict: false });
    const { SMTP_URL } = settings;
    settings.SMTP_URL = NO_SERVER;
    try {
      return await run();
    } finally {
      settings.SMTP_URL = SMTP_URL;
    }
  }

  private chairOf(area: string): Promise<Caller> {
    const { team } = MEETINGS.find((meeting) => meeting.area === area)!;
    return this.callerOf(CHAIRS[team][0]);
  }

  private contactOf(key: OrganisationKey, area: string): Promise<Caller> {
    return this.callerOf(this.registers.contactOf(key, area)!.name);
  }

  private async callerOf(name: string): Promise<Caller> {
    return (await this.of(Callers).byPerson(this.registers.personId(name), 'command'))!;
  }

  private read<T extends object>(sql: string, values: string[]): Promise<T[]> {
    return rows<T>(this.of(Database).reader, sql, values);
  }

  private of<T>(service: Type<T>): T {
    return this.app.get(service, { strict: false });
  }
}
