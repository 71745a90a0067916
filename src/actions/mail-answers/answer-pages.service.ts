import { Injectable } from '@nestjs/common';
import type { Caller } from '../../platform/access/caller.js';
import { Callers } from '../../identity/callers.service.js';
import { Clock } from '../../platform/common/clock.js';
import { Database } from '../../platform/database/database.js';
import { Params, rows } from '../../platform/database/rows.js';
import { shapeOf } from '../../platform/database/shapes.js';
import { Action } from '../action.entity.js';
import { type Assignment, ActionRecipients } from '../recipients/action-recipients.service.js';
import { type FoundLink, MailLinks } from '../../platform/mail/mail-links.service.js';
import { StandingAnswers } from '../pages/standing-answers.service.js';
import { type FilledRow, notAnswerable } from '../pages/standing.rules.js';
import { type AnswerRow, type Outcome, toAnswerPage } from './answer-page.rules.js';

/** The kinds of mail with answer links. */
export const ANSWERED_FROM = ['digest', 'minutes'];

/** An opened mail link: its person, and which of its actions are still theirs. */
export interface OpenLink {
  link: FoundLink;
  caller: Caller;
  mine: Map<string, Assignment>;
}

/** The page behind the link in a mail: shows that mail's actions and saves answers to them. */
@Injectable()
export class AnswerPages {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly links: MailLinks,
    private readonly callers: Callers,
    private readonly actionRecipients: ActionRecipients,
    private readonly answers: StandingAnswers,
  ) {}

  /**
   * Resolves a token: `unknown` if it was never issued for this purpose, `gone` if it or its person is no longer valid.
   */
  async open(token: string): Promise<OpenLink | 'unknown' | 'gone'> {
    const link = await this.links.find(token);
    if (!link || !ANSWERED_FROM.includes(link.purpose)) return 'unknown';
    const caller = link.isExpired ? undefined : await this.callers.byPerson(link.personId, 'link');
    if (!caller) return 'gone';
    const found = await this.actionRecipients.find(
      this.database.reader,
      { personIds: [link.personId] },
      this.clock.today(),
    );
    const mine = found.filter(
      ({ actionId, recipients }) =>
        link.subjectIds.includes(actionId) && recipients.some(({ personId }) => personId === link.personId),
    );
    return { link, caller, mine: new Map(mine.map((action) => [action.actionId, action])) };
  }

  /** The page: the action with the number `first` on top, with `answer` chosen. After a form: what was saved, and why the rest was not. */
  async view({ link, caller, mine }: OpenLink, { first, answer }: { first: string; answer: string }, outcome: Outcome) {
    const today = this.clock.today();
    const params = new Params();
    const on = params.add(today);
    const found = await rows<AnswerRow>(
      this.database.reader,
      `SELECT a."id", a."number", a."title", ar."name" AS "areaName", a."status", a."statusReason", a."resumeOn", a."dueKind", a."dueOn",
         a."isConfidential", a."isHandedBack",
         (SELECT min(s."heldOn") FROM "sessions" s WHERE s."meetingId" = a."meetingId" AND s."state" = 'planned'
           AND s."heldOn" > ${on}) AS "nextSessionOn"
       FROM "actions" a JOIN "areas" ar ON ar."id" = a."areaId"
       WHERE NOT a."isWithdrawn" AND a."id" IN (${params.list(link.subjectIds)})`,
      params.values,
      shapeOf(Action),
    );
    return toAnswerPage(found, mine, { name: caller.name, first, answer, today }, outcome);
  }

  /** Saves the answers; those that are not theirs to give, or are incomplete, remain on the form. */
  async answer({ link, caller, mine }: OpenLink, answers: readonly FilledRow[]): Promise<Outcome> {
    const theirs = answers.filter(({ id }) => mine.get(id)?.isConfidential === false);
    const { saved, refused } = await this.answers.enter(theirs, (id) => throughLink(caller, mine.get(id)!));
    for (const answer of answers) if (!theirs.includes(answer)) refused.set(answer.id, notAnswerable(answer));
    if (saved.length > 0) await this.links.markUsed(link.id);
    return { saved: saved.map((id) => mine.get(id)!.number), refused, isEmpty: answers.length === 0 };
  }
}

/** The link authorises the caller, for this action only, even a contact who is not a member. */
function throughLink(caller: Caller, { organisationId }: Assignment): Caller {
  const organisationIds = [...new Set([...caller.organisationIds, organisationId])];
  return { ...caller, roles: new Set([...caller.roles, 'partner' as const]), organisationIds };
}
