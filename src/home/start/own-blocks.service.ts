import { Injectable } from '@nestjs/common';
import type { Caller, Human } from '../../platform/access/caller.js';
import { ActionRecipients } from '../../actions/recipients/action-recipients.service.js';
import type { Assignment } from '../../actions/recipients/assignments.js';
import { inOrder, type LineReason, reasonFor, SOON_DAYS } from '../../actions/recipients/digest-lines.rules.js';
import { LIST, OWN } from '../../actions/pages/action-filters.rules.js';
import { isOwnedBy, knownActions, LISTED, releasedTo } from '../../actions/action-conditions.js';
import { daysOverdue, isOverdueSql } from '../../actions/overdue.rules.js';
import type { ActionStatus } from '../../actions/action.entity.js';
import { DUE_WORDS, STATUS_WORDS } from '../../actions/words.js';
import { DigestAnswers } from '../../digests/contents/digest-answers.service.js';
import { addDays, inShort } from '../../platform/common/calendar-date.js';
import { Database } from '../../platform/database/database.js';
import { Params, row, rows } from '../../platform/database/rows.js';
import { CONFIDENTIAL_TITLE, counted, lateWords } from './start.rules.js';
import type { StartBlock, StartLine, StartLink } from './start.view.js';

/** The number of lines a block shows; the rest is behind its button. */
export const MOST_LINES = 5;
/** Minutes sent within this many days are shown on the page. */
const MINUTES_DAYS = 28;
const MY_ACTIONS = '/mijn-acties';

/** What the reader answers for: exactly the lines of their weekly mail, so that both show the same numbers. */
export interface OwnLines {
  late: Assignment[];
  asked: Assignment[];
  soon: Assignment[];
}

/** The reader's own actions, questions and minutes. */
@Injectable()
export class OwnBlocks {
  constructor(
    private readonly database: Database,
    private readonly recipients: ActionRecipients,
    private readonly answers: DigestAnswers,
  ) {}

  async lines({ personId, today }: Human): Promise<OwnLines> {
    const scope = { personIds: [personId], dueBy: addDays(today, SOON_DAYS), untoldToo: true };
    const found = await this.recipients.find(this.database.reader, scope, today);
    const own = found.filter(({ recipients }) => recipients.some((one) => one.personId === personId));
    // Owner and co-owner may have the same contact.
    const mine = [...new Map(own.map((action) => [action.actionId, action])).values()];
    const those = (reason: LineReason) => inOrder(mine.filter((action) => reasonFor(action, today) === reason));
    return { late: those('overdue'), asked: those('status_asked'), soon: those('due_soon') };
  }

  /** For a partner, in separate blocks: late, requested, and due this week. */
  separate({ late, asked, soon }: OwnLines, { today }: Caller): (StartBlock | null)[] {
    return [
      block('te-laat', 'Te laat', late, today, { href: `${MY_ACTIONS}#te-laat`, label: 'Geef antwoord' }),
      block('stand-van-zaken', 'Graag een stand van zaken', asked, today, {
        href: `${MY_ACTIONS}#stand-van-zaken`,
        label: 'Zeg hoe het staat',
      }),
      block('deze-week', 'Komt eraan', soon, today, { href: `${MY_ACTIONS}#lopend`, label: 'Naar mijn acties' }),
    ];
  }

  /** For everybody else who has actions: the same in one block. */
  combined({ late, asked, soon }: OwnLines, { today }: Caller): StartBlock | null {
    const button = { href: MY_ACTIONS, label: 'Naar mijn acties' };
    return block('mijn-acties', 'Mijn acties', [...late, ...asked, ...soon], today, button);
  }

  /**
   * Actions requested by the reader's organisation that were done, cancelled or postponed since their last weekly mail.
   */
  async questions({ personId, today }: Human): Promise<StartBlock | null> {
    const those = await this.answers.of(this.database.reader, [personId], today, { isForMail: false });
    const told = those.get(personId) ?? [];
    if (told.length === 0) return null;
    return {
      id: 'vragen',
      title: 'Wat is er met uw vraag gebeurd',
      count: told.length,
      lines: told.slice(0, MOST_LINES).map((one): StartLine => {
        const isClosed = one.status === 'done' || one.status === 'cancelled';
        const words = isClosed ? STATUS_WORDS[one.status as ActionStatus] : postponedWords(one.dueOn, today);
        const said = one.isConfidential ? null : one.status === 'done' ? one.result : one.statusReason;
        return { ...titled(one), facts: [words, one.areaName], ...(said && { said }) };
      }),
      button: { href: `${MY_ACTIONS}/voor-ons`, label: 'Wat anderen voor ons doen' },
    };
  }

  /** Recently sent minutes of meetings the reader takes part in; a chair's own are among those to adopt. */
  async minutes({ meetingIds, areaIds, today }: Caller): Promise<StartBlock | null> {
    const params = new Params();
    const elsewhere = areaIds.chair.length > 0 ? `m."areaId" NOT IN (${params.list(areaIds.chair)})` : 'TRUE';
    const found = await rows<{ sessionId: string; name: string; heldOn: string; isAdopted: boolean }>(
      this.database.reader,
      `SELECT n."sessionId", m."name", s."heldOn", n."state" = 'adopted' AS "isAdopted"
       FROM "minutes" n JOIN "sessions" s ON s."id" = n."sessionId" JOIN "meetings" m ON m."id" = s."meetingId"
       WHERE m."id" IN (${params.list(meetingIds)}) AND ${elsewhere} AND n."sentAt" > ${params.add(addDays(today, -MINUTES_DAYS))}
         AND s."state" = 'closed'
       ORDER BY s."heldOn" DESC, s."id" LIMIT ${MOST_LINES}`,
      params.values,
      { isAdopted: 'boolean' },
    );
    if (found.length === 0) return null;
    return {
      id: 'verslagen',
      title: 'Verslagen',
      lines: found.map(({ sessionId, name, heldOn, isAdopted }) => ({
        href: `/verslagen/${sessionId}`,
        text: name,
        facts: [inShort(heldOn, today), isAdopted ? 'vastgesteld' : 'nog vast te stellen'],
      })),
      button: { href: `/verslagen/${found[0].sessionId}`, label: 'Lees het laatste verslag' },
    };
  }

  /**
   * The number of actions of the reader's organisations, also those that others answer for: as in the list behind its
   * button.
   */
  async ofOrganisation(caller: Caller, own: OwnLines): Promise<StartBlock | null> {
    const params = new Params();
    const on = params.add(caller.today);
    const { reader } = this.database;
    const owned = isOwnedBy(reader, caller.organisationIds, true, params, caller.personId);
    const found = (await row<{ open: number; late: number }>(
      reader,
      `SELECT count(*) AS "open", count(CASE WHEN ${isOverdueSql('a', on)} THEN 1 END) AS "late" FROM "actions" a
       WHERE a."closedOn" IS NULL AND ${owned} AND ${LISTED} AND ${knownActions(caller, params)}
         AND ${releasedTo(reader, caller, undefined, params)}`,
      params.values,
    ))!;
    const isMore = found.open > own.late.length + own.asked.length + own.soon.length;
    if (!isMore) return null;
    const late = found.late > 0 ? `, waarvan ${found.late} te laat` : '';
    return {
      id: 'organisatie',
      title: caller.memberOfIds.length > 1 ? 'Van uw organisaties' : 'Van uw organisatie',
      intro: `Samen hebt u ${counted(found.open, 'open actie', 'open acties')}${late}.`,
      button: { href: `${LIST}?organisatie=${OWN}`, label: 'Bekijk ze allemaal' },
    };
  }
}

function block(
  id: StartBlock['id'],
  title: string,
  actions: readonly Assignment[],
  today: string,
  button: StartLink,
): StartBlock | null {
  if (actions.length === 0) return null;
  const lines = actions.slice(0, MOST_LINES).map((action) => toLine(action, today));
  return { id, title, count: actions.length, lines, button };
}

function toLine(action: Assignment, today: string): StartLine {
  const days = daysOverdue(action, today);
  const due = action.dueOn === null ? DUE_WORDS.asap : inShort(action.dueOn, today);
  return {
    ...titled(action),
    ...(days > 0 && { late: lateWords(days) }),
    facts: [...(days > 0 || action.dueOn === null ? [] : [due]), action.areaName],
  };
}

export const titled = (action: { actionId: string; number: string; title: string; isConfidential: boolean }) => ({
  href: `/acties/${action.actionId}`,
  number: action.number,
  text: action.isConfidential ? CONFIDENTIAL_TITLE : action.title,
});

const postponedWords = (dueOn: string | null, today: string): string =>
  dueOn === null ? 'uitgesteld' : `uitgesteld tot ${inShort(dueOn, today)}`;
