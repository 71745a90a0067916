import { Injectable } from '@nestjs/common';
import type { Caller } from '../../platform/access/caller.js';
import { Callers } from '../../identity/callers.service.js';
import { Clock } from '../../platform/common/clock.js';
import { Database } from '../../platform/database/database.js';
import { Params, rows } from '../../platform/database/rows.js';
import { shapeOf } from '../../platform/database/shapes.js';
import { answeredForBy, hasNotLeft } from '../../directory/people/leaving.conditions.js';
import { readableActions } from '../action-conditions.js';
import { Action } from '../action.entity.js';
import { isDoneBy } from '../history/returned.js';
import { ActionRecipients } from '../recipients/action-recipients.service.js';
import type { Assignment } from '../recipients/assignments.js';
import { type FoundLink, MailLinks } from '../../platform/mail/mail-links.service.js';
import type { StagedFile } from '../../files/staged-file.js';
import { FILE_WORDS } from '../../files/words.js';
import type { IncomingFile, IncomingForm } from '../../platform/common/form-files.js';
import { formProblemOf } from '../../web/forms.js';
import { ActionFiles } from '../files/action-files.service.js';
import { StandingAnswers } from '../pages/standing-answers.service.js';
import { type FilledRow, notAnswerable, type RejectedAnswer } from '../pages/standing.rules.js';
import { type AnswerRow, type Outcome, toAnswerPage } from './answer-page.rules.js';

/** The kinds of mail with answer links. */
export const ANSWERED_FROM = ['digest', 'minutes'];

/** An opened mail link: its person, and which of its actions are still theirs. */
export interface OpenLink {
  link: FoundLink;
  caller: Caller;
  mine: Map<string, Assignment>;
  /** Of the actions, before they were read. */
  versions: Map<string, number>;
}

/** The photos of a form by action: those on disk, and why the others were rejected. */
interface AnswerPhotos {
  staged: Map<string, StagedFile>;
  refused: Map<string, string>;
}
type Refused = Map<string, RejectedAnswer>;

const PHOTO = /^foto-([0-9a-f-]{36})$/;
const CHOOSE_AGAIN = 'Kies de foto opnieuw.';

/** Why a photo is rejected, in Dutch; rethrows errors that are not about the photo. */
const photoWords = (error: unknown): string => formProblemOf(error, FILE_WORDS).summary[0].text;

/** The rejection of an answer, or only of its photo, with the reason. */
function withPhoto(id: string, text: string, rejected?: RejectedAnswer): RejectedAnswer {
  const { fields = {}, problem = { status: 400, summary: [], byField: {} } } = rejected ?? {};
  const summary = [...problem.summary, { text, href: null }];
  return { id, fields, problem: { ...problem, summary, byField: { ...problem.byField, file: text } } };
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
    private readonly files: ActionFiles,
  ) {}

  /**
   * Resolves a token: `unknown` if it was never issued for this purpose, `gone` if it or its person is no longer valid.
   */
  async open(token: string): Promise<OpenLink | 'unknown' | 'gone'> {
    const link = await this.links.find(token);
    if (!link || !ANSWERED_FROM.includes(link.purpose)) return 'unknown';
    const caller = link.isExpired ? undefined : await this.callers.byPerson(link.personId, 'link');
    if (!caller) return 'gone';
    const versions = await this.versionsOf(link.subjectIds);
    const found = await this.actionRecipients.find(
      this.database.reader,
      { personIds: [link.personId] },
      this.clock.today(),
    );
    const mine = found.filter(
      ({ actionId, recipients }) =>
        link.subjectIds.includes(actionId) && recipients.some(({ personId }) => personId === link.personId),
    );
    return { link, caller, versions, mine: new Map(mine.map((action) => [action.actionId, action])) };
  }

  private async versionsOf(ids: readonly string[]): Promise<Map<string, number>> {
    const params = new Params();
    const sql = `SELECT a."id", a."version" FROM "actions" a WHERE a."id" IN (${params.list(ids)})`;
    const found = await rows<Pick<Action, 'id' | 'version'>>(this.database.reader, sql, params.values);
    return new Map(found.map(({ id, version }) => [id, version]));
  }

  /**
   * The page: the action with the number `first` on top, with `answer` chosen. After a form was submitted: what was
   * saved, and why the rest was not.
   */
  async view({ link, caller, mine }: OpenLink, { first, answer }: { first: string; answer: string }, outcome: Outcome) {
    const today = this.clock.today();
    const params = new Params();
    const on = params.add(today);
    const person = params.add(link.personId);
    const found = await rows<AnswerRow>(
      this.database.reader,
      `SELECT a."id", a."number", a."title", ar."name" AS "areaName", a."status", a."statusReason", a."resumeOn", a."dueKind", a."dueOn",
         a."isConfidential", a."isHandedBack",
         ((a."ownerPersonId" = ${person} AND ${hasNotLeft(person, 'a."ownerId"', on)}) OR ${isDoneBy(answeredForBy(person, on))}
           OR (${readableActions(this.database.reader, caller, params)})) IS TRUE AS "isKnown",
         (SELECT min(s."heldOn") FROM "sessions" s WHERE s."meetingId" = a."meetingId" AND s."state" = 'planned'
           AND s."heldOn" >= ${on}) AS "nextSessionOn"
       FROM "actions" a JOIN "areas" ar ON ar."id" = a."areaId"
       WHERE NOT a."isWithdrawn" AND a."id" IN (${params.list(link.subjectIds)})`,
      params.values,
      { ...shapeOf(Action), isKnown: 'boolean' },
    );
    return toAnswerPage(found, mine, { name: caller.name, first, answer, today }, outcome);
  }

  /**
   * Receives the photos of a form, for actions this person may answer; the reason for a rejection is shown beside its
   * action.
   */
  async receive({ caller, mine }: OpenLink, upload: IncomingForm | undefined): Promise<AnswerPhotos> {
    const photos: AnswerPhotos = { staged: new Map(), refused: new Map() };
    const receiveOne = async (file: IncomingFile): Promise<void> => {
      const id = PHOTO.exec(file.field)?.[1] ?? '';
      const isTheirs = mine.get(id)?.isConfidential === false && !photos.staged.has(id);
      if (!isTheirs) return void file.stream.resume();
      const staged = await this.files.stage(id, file, throughLink(caller, mine.get(id)!)).catch((error: unknown) => {
        photos.refused.set(id, photoWords(error));
      });
      if (staged) photos.staged.set(id, staged);
    };
    try {
      await upload?.read(receiveOne);
      return photos;
    } catch (error) {
      for (const staged of photos.staged.values()) await this.files.discard(staged);
      throw error;
    }
  }

  /** Keeps the photos of answers that were saved; adds to `refused` which were not, and why. */
  private async keepPhotos({ caller, mine }: OpenLink, { staged, refused: why }: AnswerPhotos, refused: Refused) {
    const kept: string[] = [];
    for (const [id, photo] of staged) {
      if (refused.has(id)) {
        await this.files.discard(photo);
        why.set(id, CHOOSE_AGAIN);
        continue;
      }
      await this.files.keepAlone(photo, throughLink(caller, mine.get(id)!)).then(
        () => kept.push(id),
        (error: unknown) => why.set(id, photoWords(error)),
      );
    }
    for (const [id, text] of why) refused.set(id, withPhoto(id, text, refused.get(id)));
    return kept;
  }

  /**
   * Saves the answers with their photos; those this person may not give, that are incomplete, or that somebody else was
   * ahead of since the request came in, remain on the form.
   */
  async answer(open: OpenLink, answers: readonly FilledRow[], photos: AnswerPhotos): Promise<Outcome> {
    const { link, caller, mine, versions } = open;
    const theirs = answers
      .filter(({ id }) => mine.get(id)?.isConfidential === false)
      .map((answer) => ({ ...answer, version: versions.get(answer.id)! }));
    const { saved, refused } = await this.answers.enter(theirs, (id) => throughLink(caller, mine.get(id)!));
    for (const answer of answers)
      if (!theirs.some(({ id }) => id === answer.id)) refused.set(answer.id, notAnswerable(answer));
    const kept = await this.keepPhotos(open, photos, refused);
    const all = [...new Set([...saved, ...kept])];
    if (all.length > 0) await this.links.markUsed(link.id);
    const isEmpty = answers.length === 0 && kept.length === 0 && refused.size === 0;
    return { saved: all.map((id) => mine.get(id)!.number), refused, isEmpty };
  }
}

/** The link authorises the caller, for this action only, even a contact who is not a member. */
function throughLink(caller: Caller, { organisationId }: Assignment): Caller {
  const organisationIds = [...new Set([...caller.organisationIds, organisationId])];
  return { ...caller, roles: new Set([...caller.roles, 'partner' as const]), organisationIds };
}
