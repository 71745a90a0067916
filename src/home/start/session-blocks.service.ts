import { Injectable } from '@nestjs/common';
import { DateTime } from 'luxon';
import type { Caller } from '../../platform/access/caller.js';
import { ITEM_PARTIES, knownTo } from '../../platform/access/confidentiality.js';
import { dayOf, inShort, TIME_ZONE } from '../../platform/common/calendar-date.js';
import { Clock } from '../../platform/common/clock.js';
import { Database } from '../../platform/database/database.js';
import { Params, rows } from '../../platform/database/rows.js';
import type { SessionState } from '../../meetings/session.entity.js';
import { MOST_LINES } from './own-blocks.service.js';
import { counted, dayWords, isNow } from './start.rules.js';
import type { StartBlock, StartLine, StartMeeting } from './start.view.js';
import { isOnAgendaSql } from '../../meetings/agenda/item-states.rules.js';

interface Coming {
  id: string;
  name: string;
  areaName: string;
  heldOn: string;
  startTime: string | null;
  endTime: string | null;
  place: string | null;
  state: SessionState;
  isMine: boolean;
  isAsked: boolean;
  invitedAt: string | null;
  items: number;
  proposed: number;
  coming: number;
  away: number;
  ownReply: 'present' | 'excused' | 'absent' | null;
  standIn: string | null;
}

const MOST = 6;
const MOST_AFTER_FIRST = 3;

/** The sessions that the reader chairs, attends or is named for: today's, and the next ones. */
@Injectable()
export class SessionBlocks {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** `isNow` if a session takes the whole page. */
  async of(caller: Caller): Promise<{ isNow: boolean; blocks: StartBlock[] }> {
    const found = await this.coming(caller);
    const time = DateTime.fromJSDate(this.clock.now(), { zone: TIME_ZONE }).toFormat('HH:mm');
    const running = found.find((session) => isNow(session, caller.today, time));
    const today = running ?? found.find(({ heldOn }) => heldOn <= caller.today);
    const next = found.filter((session) => session !== today);
    const [first, ...others] = next;
    // One reply at a time: first the one for today.
    const isAskedFirst = today !== undefined && toMeeting(today, caller).mayReply;
    const blocks = [
      ...(today ? [todayBlock(today, today === running, caller)] : []),
      ...(first
        ? [nextBlock({ ...first, isAsked: first.isAsked && !isAskedFirst }, others.slice(0, MOST_AFTER_FIRST), caller)]
        : []),
    ];
    return { isNow: running !== undefined, blocks };
  }

  /** Sessions that were never opened although their day has passed; a chair can still begin or cancel them. */
  async notBegun(caller: Caller): Promise<StartBlock | null> {
    const params = new Params();
    const isChaired = `m."areaId" IN (${params.list(caller.areaIds.chair)})`;
    const isMine = `(${isChaired} OR s."id" IN (${params.list(caller.sessionIds)}))`;
    const found = await rows<{ id: string; name: string; heldOn: string; isChaired: boolean; total: number }>(
      this.database.reader,
      `SELECT s."id", m."name", s."heldOn", ${isChaired} AS "isChaired", count(*) OVER () AS "total"
       FROM "meetings" m JOIN "sessions" s ON s."meetingId" = m."id"
       WHERE s."state" = 'planned' AND s."heldOn" < ${params.add(caller.today)} AND ${isMine}
       ORDER BY s."heldOn" DESC, s."id" LIMIT ${MOST_LINES}`,
      params.values,
      { isChaired: 'boolean' },
    );
    if (found.length === 0) return null;
    return {
      id: 'niet-begonnen',
      title: 'Vergaderingen die niet zijn begonnen',
      count: found[0].total,
      lines: found.map((session): StartLine => {
        const href = `/vergaderingen/${session.id}`;
        return {
          href,
          text: `${session.name}, ${inShort(session.heldOn, caller.today)}`,
          ways: [
            { href: `${href}#begin`, label: 'Alsnog beginnen' },
            ...(session.isChaired ? [{ href: `${href}#afgelasten`, label: 'Ging niet door' }] : []),
          ],
        };
      }),
      ...(found[0].total > found.length && { more: `En nog ${found[0].total - found.length}.` }),
    };
  }

  /**
   * Open sessions and those planned from today on, earliest first. Areas the reader has no part in are left out, also
   * for administrators.
   */
  private coming(caller: Caller): Promise<Coming[]> {
    const params = new Params();
    const on = params.add(caller.today);
    const me = params.add(caller.personId);
    const mine = `(m."areaId" IN (${params.list(caller.areaIds.chair)}) OR s."id" IN (${params.list(caller.sessionIds)}))`;
    const isAsked = `m."id" IN (${params.list(caller.meetingIds)})`;
    const knownItem = knownTo(caller, 'i', ITEM_PARTIES, params);
    const items = (which: string) =>
      `(SELECT count(*) FROM "agenda_items" i WHERE i."sessionId" = s."id" AND ${which} AND ${knownItem})`;
    const count = (status: string) =>
      `(SELECT count(*) FROM "attendances" t WHERE t."sessionId" = s."id" AND t."status" = '${status}')`;
    return rows<Coming>(
      this.database.reader,
      `SELECT s."id", m."name", a."name" AS "areaName", s."heldOn", s."startTime", s."endTime", s."place", s."state",
         ${mine} AS "isMine", ${isAsked} AS "isAsked",
         (SELECT v."sentAt" FROM "session_invitations" v WHERE v."sessionId" = s."id") AS "invitedAt",
         ${items(isOnAgendaSql('i'))} AS "items", ${items(`i."state" = 'proposed'`)} AS "proposed",
         ${count('present')} AS "coming", ${count('excused')} AS "away",
         (SELECT t."status" FROM "attendances" t WHERE t."sessionId" = s."id" AND t."personId" = ${me}) AS "ownReply",
         (SELECT min(t."guestName") FROM "attendances" t WHERE t."sessionId" = s."id" AND t."replacesId" = ${me}) AS "standIn"
       FROM "sessions" s JOIN "meetings" m ON m."id" = s."meetingId" JOIN "areas" a ON a."id" = m."areaId"
       WHERE (s."state" = 'open' OR (s."state" = 'planned' AND s."heldOn" >= ${on})) AND (${mine} OR ${isAsked})
       ORDER BY s."heldOn", s."startTime", s."id" LIMIT ${MOST}`,
      params.values,
      { isMine: 'boolean', isAsked: 'boolean' },
    );
  }
}

function todayBlock(session: Coming, isSoon: boolean, caller: Caller): StartBlock {
  const meeting = toMeeting(session, caller);
  const { isMine, state } = session;
  const label =
    state === 'open' || (isSoon && isMine)
      ? 'Naar de vergadering'
      : isMine
        ? 'Vergadering voorbereiden'
        : 'Bekijk de agenda';
  return {
    id: 'vandaag',
    title: state === 'open' ? 'De vergadering is bezig' : 'Vandaag vergadert u',
    // The title says that it is today; one that was left open may be of another day.
    meeting: { ...meeting, when: session.heldOn === caller.today ? '' : meeting.when },
    button: { href: `/vergaderingen/${session.id}`, label },
  };
}

function nextBlock(session: Coming, others: readonly Coming[], caller: Caller): StartBlock {
  const label = session.isMine ? 'Vergadering voorbereiden' : 'Bekijk de agenda';
  return {
    id: 'volgende',
    title: 'Volgende vergadering',
    meeting: toMeeting(session, caller),
    lines: others.map((other): StartLine => ({
      href: `/vergaderingen/${other.id}`,
      text: other.name,
      facts: [dayWords(other.heldOn, caller.today), ...(other.startTime ? [`${other.startTime} uur`] : [])],
    })),
    button: { href: `/vergaderingen/${session.id}`, label },
  };
}

function toMeeting(session: Coming, { today }: Caller): StartMeeting {
  const { id, name, areaName, startTime, endTime, place, state, isMine, isAsked, ownReply, standIn } = session;
  const mayReply = isAsked && !isMine && state === 'planned';
  return {
    id,
    name,
    areaName,
    when: dayWords(session.heldOn, today),
    time: startTime === null ? '' : `${startTime}${endTime === null ? '' : ` tot ${endTime}`} uur`,
    place: place ?? '',
    isOpen: state === 'open',
    facts: isMine ? readiness(session, today) : [],
    reply: mayReply ? replyWords(ownReply, standIn) : null,
    mayReply,
    standIn: standIn ?? '',
  };
}

/** "agenda: 7 punten", "uitgenodigd op ma 9 nov", "5 komen", "1 komt niet". */
function readiness({ items, proposed, invitedAt, coming, away, state }: Coming, today: string): string[] {
  if (state !== 'planned') return [];
  return [
    items === 0 ? 'nog geen agenda' : `agenda: ${counted(items, 'punt', 'punten')}`,
    ...(proposed > 0 ? [`${proposed} voorgesteld`] : []),
    invitedAt === null ? 'nog niet uitgenodigd' : invitedWords(dayOf(invitedAt), today),
    ...(coming > 0 ? [`${coming} ${coming === 1 ? 'komt' : 'komen'}`] : []),
    ...(away > 0 ? [`${away} ${away === 1 ? 'komt' : 'komen'} niet`] : []),
  ];
}

const invitedWords = (on: string, today: string): string =>
  on === today ? 'vandaag uitgenodigd' : `uitgenodigd op ${inShort(on, today)}`;

function replyWords(reply: Coming['ownReply'], standIn: string | null): string | null {
  if (standIn !== null) return `In uw plaats komt ${standIn}.`;
  if (reply === 'present') return 'U komt.';
  return reply === 'excused' ? 'U komt niet.' : null;
}
