import { Injectable } from '@nestjs/common';
import { hasReach, permittedAreas } from '../platform/access/access.rules.js';
import { mayKnow } from '../platform/access/confidentiality.js';
import type { Caller } from '../platform/access/caller.js';
import { addDays } from '../platform/common/calendar-date.js';
import { notFound } from '../platform/common/problems.js';
import { Database } from '../platform/database/database.js';
import { inForce, Params, row, rows } from '../platform/database/rows.js';
import { shapeOf } from '../platform/database/shapes.js';
import { Action } from '../actions/action.entity.js';
import { actsFor } from '../directory/organisations/merged.conditions.js';
import { answeredForBy } from '../directory/people/leaving.conditions.js';
import {
  causesMail,
  type DigestContent,
  DigestContents,
  type DigestPerson,
  linesOf,
} from './contents/digest-contents.service.js';
import { DigestMail } from './digest-mail.js';
import type { Assignment } from '../actions/recipients/assignments.js';
import { type LineFacts, reasonFor } from '../actions/recipients/digest-lines.rules.js';
import { isRunning } from '../actions/overdue.rules.js';
import type { DigestPreviewView, DigestReason, DigestReasonView } from './digests.dto.js';
import { obstacleFor } from '../actions/recipients/recipients.rules.js';
import { tiedTo } from './tied-people.js';

/** The number of days for which the reason is still given for a finished action. */
const FINISHED_DAYS = 28;

interface Candidate extends LineFacts {
  isHandedBack: boolean;
  closedOn: string | null;
  partyIds: string[] | null;
}

/** The mail a person would get now, as far as the caller may know. */
@Injectable()
export class DigestPreviews {
  constructor(
    private readonly database: Database,
    private readonly contents: DigestContents,
    private readonly mail: DigestMail,
  ) {}

  /** The person's digest as it would be sent now; 404 if the caller may not know of the person. */
  async preview(personId: string, by: Caller): Promise<DigestPreviewView> {
    const [person] = await this.contents.people(this.database.reader, [personId]);
    const view = person && (await this.viewFor(person, by));
    if (!view) throw notFound();
    return view;
  }

  private async viewFor(person: DigestPerson, by: Caller): Promise<DigestPreviewView | undefined> {
    const [content] = await this.contents.of(this.database.reader, [person], by.today);
    if (person.id === by.personId) return this.whole(person, content, by);
    if (by.areaIds.chair.length > 0 && (await this.isTied(person, by))) return this.forChair(person, content, by);
    return hasReach(by, 'digests.preview', 'all')
      ? outline(person, { ...content, ...linesIn(content, ({ isConfidential }) => !isConfidential) })
      : undefined;
  }

  private async whole(person: DigestPerson, content: DigestContent, by: Caller): Promise<DigestPreviewView> {
    const reasons = await this.reasons(person, content, by);
    return { ...outline(person, content), ...this.rendered(person, content), reasons };
  }

  /** Only lines in the chair's own areas that the chair's organisation may know of; never another chair's overview. */
  private async forChair(person: DigestPerson, whole: DigestContent, by: Caller): Promise<DigestPreviewView> {
    const isKnown = (action: LineFacts & { partyIds: string[] | null }) =>
      by.areaIds.chair.includes(action.areaId) && mayKnow(by, action.isConfidential, action.partyIds ?? []);
    const { today, asked, decided, replyTo } = whole;
    // Every part is named, so that a new one is shown to a chair only if somebody decides so here.
    const content: DigestContent = {
      ...{ person, today, asked, decided, replyTo },
      ...linesIn(whole, isKnown),
      answered: [],
      results: [],
      saidRunning: new Map(),
      overview: null,
    };
    const reasons = await this.reasons(person, whole, by, isKnown);
    return { ...outline(person, content), ...this.rendered(person, content), reasons };
  }

  private rendered(person: DigestPerson, content: DigestContent) {
    if (stateOf(person, content) !== 'would_be_sent') return {};
    const { subject, text, html } = this.mail.preview(content);
    return { subject, text, html };
  }

  private async isTied(person: DigestPerson, by: Caller): Promise<boolean> {
    const areas = permittedAreas(by, 'digests.preview');
    const params = new Params();
    const tied = tiedTo(areas === 'all' ? by.areaIds.chair : areas, by.today, params);
    const sql = `SELECT 1 AS "found" WHERE ${params.add(person.id)} IN (${tied})`;
    return (await row(this.database.reader, sql, params.values)) !== undefined;
  }

  /**
   * For each action that names this person or that they answer for, open or recently finished: why it is or is not
   * included.
   */
  private async reasons(
    person: DigestPerson,
    content: DigestContent,
    by: Caller,
    isKnown: (action: Candidate) => boolean = () => true,
  ): Promise<DigestReasonView[]> {
    const included = new Set(linesOf(content).map(({ actionId }) => actionId));
    const candidates = (await this.candidates(person, by)).filter(
      (action) =>
        isKnown(action) && (person.id !== by.personId || mayKnow(by, action.isConfidential, action.partyIds ?? [])),
    );
    return candidates.map((action) => ({
      actionId: action.actionId,
      number: action.number,
      isIncluded: included.has(action.actionId),
      reason: reasonOf(action, included.has(action.actionId), person, by.today),
    }));
  }

  private async candidates(person: DigestPerson, by: Caller): Promise<Candidate[]> {
    const own = `${answeredForBy('$1', '$2')}
      UNION SELECT o."id" FROM "memberships" m JOIN "organisations" o ON ${actsFor('m', 'o')}
      WHERE m."personId" = $1 AND ${inForce('m', '$2')}`;
    const found = await rows<Omit<Candidate, 'partyIds'>>(
      this.database.reader,
      `SELECT a."id" AS "actionId", a."number", a."title", a."areaId", ar."name" AS "areaName", a."status", a."resumeOn",
         a."dueOn", a."checkOn", a."isConfidential", a."isHandedBack", a."closedOn", NULL AS "sessionOn"
       FROM "actions" a JOIN "areas" ar ON ar."id" = a."areaId"
       WHERE NOT a."isWithdrawn" AND a."dueKind" IS NOT NULL AND (a."closedOn" IS NULL OR a."closedOn" >= $3)
         AND (a."ownerPersonId" = $1 OR a."ownerId" IN (${own})
         OR a."id" IN (SELECT co."actionId" FROM "action_co_owners" co WHERE co."organisationId" IN (${own})))
       ORDER BY natural_key(ar."name"), a."dueOn", a."numberKey" LIMIT 500`,
      [person.id, by.today, addDays(by.today, -FINISHED_DAYS)],
      shapeOf(Action),
    );
    const theirs = new Params();
    const parties = await rows<{ actionId: string; organisationId: string }>(
      this.database.reader,
      `SELECT p."actionId", p."organisationId" FROM "action_parties" p
       WHERE p."organisationId" IN (${theirs.list(by.organisationIds)})`,
      theirs.values,
    );
    return found.map((action) => ({
      ...action,
      partyIds: parties.filter((one) => one.actionId === action.actionId).map(({ organisationId }) => organisationId),
    }));
  }
}

function reasonOf(action: Candidate, isIncluded: boolean, person: DigestPerson, today: string): DigestReason {
  if (action.closedOn !== null) return 'finished';
  if (action.isHandedBack) return 'handed_back';
  const reason = reasonFor(action, today);
  if (isIncluded) return reason!;
  if (reason === null) return isRunning(action, today) ? 'not_due' : 'on_hold';
  return action.isConfidential && person.isShared ? 'shared_mailbox' : 'other_recipient';
}

function stateOf(person: DigestPerson, content: DigestContent): DigestPreviewView['state'] {
  return obstacleFor(person, content.today) ?? (causesMail(content) ? 'would_be_sent' : 'not_needed');
}

/** The actions it asks about, as far as known. */
const linesIn = (content: DigestContent, isKnown: (action: Assignment) => boolean) => ({
  overdue: content.overdue.filter(isKnown),
  dueSoon: content.dueSoon.filter(isKnown),
  statusAsked: content.statusAsked.filter(isKnown),
});

/** What an administrator may know: address, state and number of lines. */
function outline(person: DigestPerson, content: DigestContent): DigestPreviewView {
  return {
    personId: person.id,
    address: person.email,
    state: stateOf(person, content),
    lines: linesOf(content).length,
    subject: null,
    text: null,
    html: null,
    reasons: null,
  };
}
