import { HttpException, Inject, Injectable } from '@nestjs/common';
import type { Caller } from '../access/caller.js';
import { Actions } from '../actions/actions.service.js';
import { Callers } from '../auth/callers.service.js';
import { Clock } from '../common/clock.js';
import { Database } from '../database/database.js';
import { Params, rows } from '../database/rows.js';
import { type Assignment, Assignments } from '../digests/assignments.service.js';
import { daysLate, inOrder } from '../digests/digest-lines.rules.js';
import { type FoundLink, MailLinks } from '../mail/mail-links.service.js';
import { SETTINGS, type Settings } from '../settings.js';
import { ANSWER_CHOICES, type AnswerForm, changeOf } from './answer.rules.js';

/** The mails whose actions are answered at their link. */
const ANSWERED_FROM = ['digest', 'minutes'];

const STATUS_NAMES: Record<string, string> = {
  open: 'open',
  in_progress: 'loopt',
  blocked: 'stokt',
  on_hold: 'aangehouden',
  done: 'gereed',
  cancelled: 'vervallen',
};

interface Row {
  id: string;
  number: string;
  title: string;
  areaName: string;
  status: string;
  statusReason: string | null;
  dueOn: string | null;
  isHandedBack: boolean;
}

/** What a link in a mail opens: the person it belongs to, and which of its actions can still be answered. */
export interface OpenLink {
  link: FoundLink;
  caller: Caller;
  changeable: Map<string, Assignment>;
}

/** The page behind a link in a mail: shows that mail's actions and takes answers to them. */
@Injectable()
export class AnswerPages {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly links: MailLinks,
    private readonly callers: Callers,
    private readonly assignments: Assignments,
    private readonly actions: Actions,
  ) {}

  /** The link of a token: `unknown` when it was never given out for this, `gone` when it or its person is no longer valid. */
  async open(token: string): Promise<OpenLink | 'unknown' | 'gone'> {
    const link = await this.links.find(token);
    if (!link || !ANSWERED_FROM.includes(link.purpose)) return 'unknown';
    const caller = link.isExpired ? undefined : await this.callers.byPerson(link.personId, 'link');
    if (!caller) return 'gone';
    const mine = await this.assignments.find(this.database.reader, { personIds: [link.personId] }, this.clock.today());
    const changeable = mine.filter(
      ({ actionId, isConfidential, recipients }) =>
        link.subjectIds.includes(actionId) &&
        !isConfidential &&
        recipients.some(({ personId }) => personId === link.personId),
    );
    return { link, caller, changeable: new Map(changeable.map((action) => [action.actionId, action])) };
  }

  /** The page; with a form that could not be taken, beside its action what is missing. */
  async view(
    { link, caller, changeable }: OpenLink,
    answered?: string,
    refused?: { form: AnswerForm; problem: string },
  ) {
    const params = new Params();
    const found = await rows<Row>(
      this.database.reader,
      `SELECT a."id", a."number", a."title", ar."name" AS "areaName", a."status", a."statusReason", a."dueOn", a."isHandedBack"
       FROM "actions" a JOIN "areas" ar ON ar."id" = a."areaId"
       WHERE NOT a."isConfidential" AND NOT a."isWithdrawn" AND a."id" IN (${params.list(link.subjectIds)})`,
      params.values,
      { isHandedBack: 'boolean' },
    );
    const beside = found.some(({ id }) => id === refused?.form.actionId && changeable.has(id));
    return {
      title: 'Uw acties',
      municipality: this.settings.MUNICIPALITY,
      name: caller.name,
      answeredNumber: found.find(({ number }) => number === answered)?.number ?? null,
      problem: refused && !beside ? refused.problem : null,
      actions: inOrder(found).map((action) => this.actionView(action, changeable.get(action.id), refused)),
    };
  }

  /** Takes one answer; its number when it was taken, else what is missing or why not. */
  async answer(
    { link, caller, changeable }: OpenLink,
    form: AnswerForm,
  ): Promise<{ number: string } | { problem: string }> {
    const action = changeable.get(form.actionId);
    if (!action) return { problem: 'Deze actie kunt u hier niet (meer) beantwoorden.' };
    const asked = changeOf(form);
    if ('problem' in asked) return asked;
    // The link is the permission, for this action only, also for a contact who is not a member.
    const organisationIds = [...new Set([...caller.organisationIds, action.organisationId])];
    const by: Caller = { ...caller, roles: new Set([...caller.roles, 'partner' as const]), organisationIds };
    try {
      await this.actions.update(action.actionId, asked.change, by);
    } catch (error) {
      if (!(error instanceof HttpException) || error.getStatus() >= 500) throw error;
      return { problem: 'Dit antwoord kon niet worden opgeslagen. Kijk of de actie nog zo staat als hieronder.' };
    }
    await this.links.markUsed(link.id);
    return { number: action.number };
  }

  private actionView(action: Row, assignment?: Assignment, refused?: { form: AnswerForm; problem: string }) {
    const own = refused?.form.actionId === action.id ? refused : undefined;
    return {
      ...action,
      days: assignment ? daysLate(assignment, this.clock.today()) : 0,
      statusName: STATUS_NAMES[action.status],
      isChangeable: assignment !== undefined,
      closedWords: closedWords(action),
      problem: own?.problem ?? null,
      line: own?.form.line ?? '',
      newDueOn: own?.form.dueOn ?? '',
      choices: ANSWER_CHOICES.map(({ value, label }) => ({
        value,
        label,
        id: `${action.number}-${value}`,
        isChosen: own?.form.status === value,
      })),
    };
  }
}

function closedWords({ status, isHandedBack }: Row): string {
  if (status === 'done') return 'Deze actie is gereed gemeld. Dank u wel.';
  if (status === 'cancelled') return 'Deze actie is vervallen.';
  if (isHandedBack) return 'Deze actie is teruggegeven aan de voorzitter.';
  return 'Deze actie is overgedragen en staat niet meer op uw naam.';
}
