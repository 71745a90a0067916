import { Inject, Injectable } from '@nestjs/common';
import type { Caller } from '../../platform/access/caller.js';
import { Database } from '../../platform/database/database.js';
import { HeldMinutes } from '../../minutes/dispatch/held-minutes.service.js';
import { SETTINGS, type Settings } from '../../platform/settings.js';
import { timeOf } from './session-papers.service.js';
import { MinutesService } from '../../minutes/minutes.service.js';
import { seenBy } from '../../minutes/seen-versions.js';

interface Sent {
  /** Where they go, or when. */
  words: string;
  /** False while they can still be held back. */
  isGone: boolean;
}

/** Sends the minutes of a session and reports the number of recipients. */
@Injectable()
export class Sending {
  constructor(
    private readonly database: Database,
    private readonly minutes: MinutesService,
    private readonly held: HeldMinutes,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  /** Sends the minutes that were just composed. */
  async sendCurrent(sessionId: string, by: Caller): Promise<Sent> {
    const minutes = await this.minutes.visible(this.database.reader, sessionId, by);
    const { version } = await seenBy(this.database.reader, minutes, by);
    return this.send(sessionId, version, by);
  }

  /** Sends them once they can no longer be held back, or at once if `isNow`. */
  async send(sessionId: string, version: number, by: Caller, isNow = false): Promise<Sent> {
    const holdMinutes = isNow ? 0 : this.settings.MINUTES_HOLD_MINUTES;
    const { recipients, sendsAt } = await this.held.send(sessionId, version, holdMinutes, by);
    if (sendsAt !== null)
      return { words: `Het verslag gaat om ${timeOf(sendsAt)} weg. Tot dan kunt u het tegenhouden.`, isGone: false };
    const number = recipients.length === 1 ? '1 persoon' : `${recipients.length} personen`;
    return { words: `Het verslag gaat naar ${number}.`, isGone: true };
  }

  holdBack(sessionId: string, version: number, by: Caller): Promise<void> {
    return this.held.stop(sessionId, version, by);
  }
}
