import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Parties } from '../../meetings/parties.service.js';
import { Clock } from '../../platform/common/clock.js';
import { row } from '../../platform/database/rows.js';
import { shapeOf } from '../../platform/database/shapes.js';
import { type Mail, type MailKind, MakesMail } from '../../platform/mail/mail-kinds.js';
import type { OutgoingMessage } from '../../platform/mail/outgoing-message.entity.js';
import { Renderer } from '../../platform/rendering/renderer.js';
import { SETTINGS, type Settings } from '../../platform/settings.js';
import { PublicationMails } from '../publications/publication-mails.service.js';
import { UNSUBSCRIBE_WORDS } from '../words.js';
import { QuarterlyResult } from './quarterly-result.entity.js';
import { publicQuarter } from '../public-addresses.js';
import { quarterInDutch, toldLines } from './quarterly-results.rules.js';
import { FROM, secretNumbers } from './quarterly-results.service.js';
import { PUBLIC_COLUMNS, publicLines, type Told } from './quarterly-publication.service.js';
import { asPublished, QUARTERLY_MAIL } from './quarterly-sending.service.js';

type Found = Told & { areaId: string };

/**
 * The mail with the results of a quarter. To a party: the lines neither struck nor confidential on the day of sending.
 * To a subscriber: what everyone may read.
 */
@Injectable()
@MakesMail([QUARTERLY_MAIL])
export class QuarterlyMail implements MailKind {
  constructor(
    private readonly renderer: Renderer,
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly publications: PublicationMails,
    private readonly parties: Parties,
    private readonly clock: Clock,
  ) {}

  /**
   * Null if the person can no longer receive mail or is no party any more, or if the results are not sent or, for a
   * subscriber, not published.
   */
  async make(manager: EntityManager, message: OutgoingMessage): Promise<Mail | null> {
    const found = await this.results(manager, message);
    const name = found && (await this.recipient(manager, message, found));
    if (!name) return null;
    const isAsked = hasAsked(message);
    const lines = isAsked ? await publicLines(manager, found.lines) : await knownLines(manager, found);
    const { MUNICIPALITY: municipality, PUBLIC_URL } = this.settings;
    const unsubscribeUrl = isAsked ? await this.publications.unsubscribeUrl(manager, message) : undefined;
    const view = {
      ...{ ...found, lines, name, municipality, isAsked },
      quarterName: quarterInDutch(found),
      url: `${PUBLIC_URL}${publicQuarter(found.id)}`,
      unsubscribeUrl: unsubscribeUrl ?? null,
      unsubscribeWords: UNSUBSCRIBE_WORDS.quarterly_results,
    };
    return { ...this.renderer.renderMessage('wijkagenda/mails/quarterly-results', view), unsubscribeUrl, lines: 0 };
  }

  async isStillWanted(manager: EntityManager, message: OutgoingMessage): Promise<boolean> {
    const found = await this.results(manager, message);
    return found !== undefined && (await this.recipient(manager, message, found)) !== null;
  }

  private results(manager: EntityManager, message: OutgoingMessage): Promise<Found | undefined> {
    return row<Found>(
      manager,
      `SELECT ${PUBLIC_COLUMNS}, q."areaId", q."lines" FROM ${FROM} WHERE q."id" = $1 AND q."state" = 'sent'`,
      [String(message.payload.id)],
      shapeOf(QuarterlyResult),
    );
  }

  private async recipient(manager: EntityManager, message: OutgoingMessage, found: Found): Promise<string | null> {
    if (hasAsked(message))
      return found.publishedAt === null ? null : this.publications.recipient(manager, message, asPublished(found));
    const { personId, address } = message;
    const parties = await this.parties.of(manager, found.areaId, this.clock.today());
    return parties.find((party) => party.personId === personId && party.email === address)?.name ?? null;
  }
}

/** Whether the recipient is a subscriber rather than a party. */
const hasAsked = ({ payload }: OutgoingMessage): boolean => payload.isAsked === true;

async function knownLines(manager: EntityManager, { lines }: Found) {
  const secret = await secretNumbers(manager, lines);
  return toldLines(lines, (number) => !secret.has(number));
}
