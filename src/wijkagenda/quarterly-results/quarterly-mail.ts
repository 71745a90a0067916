import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { row } from '../../platform/database/rows.js';
import { shapeOf } from '../../platform/database/shapes.js';
import { type Mail, type MailKind, MakesMail } from '../../platform/mail/mail-kinds.js';
import type { OutgoingMessage } from '../../platform/mail/outgoing-message.entity.js';
import { Renderer } from '../../platform/rendering/renderer.js';
import { SETTINGS, type Settings } from '../../platform/settings.js';
import { QuarterlyResult } from './quarterly-result.entity.js';
import { quarterInDutch, toldLines } from './quarterly-results.rules.js';
import { FROM, secretNumbers } from './quarterly-results.service.js';

import { PUBLIC_COLUMNS, type Told } from './quarterly-publication.service.js';
import { QUARTERLY_MAIL } from './quarterly-sending.service.js';

/** The mail with the results of a quarter: the lines neither struck nor confidential on the day of sending. */
@Injectable()
@MakesMail([QUARTERLY_MAIL])
export class QuarterlyMail implements MailKind {
  constructor(
    private readonly renderer: Renderer,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  /** Null if the person can no longer receive mail, or the results are not sent. */
  async make(manager: EntityManager, message: OutgoingMessage): Promise<Mail | null> {
    const found = await row<Told & { name: string }>(
      manager,
      `SELECT p."name", ${PUBLIC_COLUMNS}, q."lines" FROM ${FROM} JOIN "people" p ON p."id" = $2
       WHERE q."id" = $1 AND q."state" = 'sent' AND p."active" AND p."email" = $3`,
      [String(message.payload.id), message.personId, message.address],
      shapeOf(QuarterlyResult),
    );
    if (!found) return null;
    const secret = await secretNumbers(manager, found.lines);
    const lines = toldLines(found.lines, (number) => !secret.has(number));
    const { MUNICIPALITY: municipality } = this.settings;
    const view = { ...found, lines, quarterName: quarterInDutch(found), municipality, unsubscribeUrl: null };
    return { ...this.renderer.renderMessage('wijkagenda/mails/quarterly-results', view), lines: 0 };
  }
}
