import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/common/clock.js';
import { ESCALATION, mayDecide } from '../escalations/escalation-mail.service.js';
import { Database } from '../../platform/database/database.js';
import { row } from '../../platform/database/rows.js';
import { shapeOf } from '../../platform/database/shapes.js';
import { Action, type ActionStatus } from '../action.entity.js';
import { MailLinks } from '../../platform/mail/mail-links.service.js';

/** A step of an escalation, as shown to the person asked or their replacement. */
export interface Asked {
  id: string;
  personId: string;
  name: string;
  askedBy: string;
  number: string;
  title: string;
  areaName: string;
  ownerName: string | null;
  dueOn: string | null;
  text: string;
  status: ActionStatus;
  closedOn: string | null;
  decision: string | null;
  decidedFor: string | null;
}

/** Resolves a link "geef uw besluit": one step, for the person it was mailed to. */
@Injectable()
export class Decisions {
  constructor(
    private readonly database: Database,
    private readonly links: MailLinks,
    private readonly clock: Clock,
  ) {}

  /** `unknown` if the token was never issued for this purpose, `gone` if it or its person is no longer valid. */
  async open(token: string): Promise<Asked | 'unknown' | 'gone'> {
    const link = await this.links.find(token);
    if (!link || link.purpose !== ESCALATION) return 'unknown';
    if (link.isExpired) return 'gone';
    return (await this.find(link.subjectIds[0]!, link.personId)) ?? 'gone';
  }

  /** A step that this person may decide on; undefined if there is none. */
  find(id: string, personId: string): Promise<Asked | undefined> {
    return row<Asked>(
      this.database.reader,
      `SELECT e."id", p."id" AS "personId", p."name", b."name" AS "askedBy", a."number", a."title", ar."name" AS "areaName",
         o."name" AS "ownerName", a."dueOn", a."status", a."closedOn", e."text", e."decision", e."decidedFor"
       FROM "action_escalations" e JOIN "people" p ON p."id" = $2 AND p."active"
       JOIN "people" b ON b."id" = e."askedById" JOIN "actions" a ON a."id" = e."actionId"
       JOIN "areas" ar ON ar."id" = a."areaId" LEFT JOIN "organisations" o ON o."id" = a."ownerId"
       WHERE e."id" = $1 AND ${mayDecide('p."id"', '$3')} AND NOT a."isConfidential" AND NOT a."isWithdrawn"`,
      [id, personId, this.clock.today()],
      shapeOf(Action),
    );
  }

  async markUsed(token: string): Promise<void> {
    const link = await this.links.find(token);
    if (link) await this.links.markUsed(link.id);
  }
}
