import { Injectable } from '@nestjs/common';
import type { Caller } from '../../platform/access/caller.js';
import { Database } from '../../platform/database/database.js';
import { Dispatch } from '../../minutes/dispatch/dispatch.service.js';
import { MinutesService } from '../../minutes/minutes.service.js';
import { seenBy } from '../../minutes/seen-versions.js';

/** Sends the minutes of a session and reports the number of recipients. */
@Injectable()
export class Sending {
  constructor(
    private readonly database: Database,
    private readonly minutes: MinutesService,
    private readonly dispatch: Dispatch,
  ) {}

  /** Sends the minutes that were just composed. */
  async sendCurrent(sessionId: string, by: Caller): Promise<string> {
    const minutes = await this.minutes.visible(this.database.reader, sessionId, by);
    const { version } = await seenBy(this.database.reader, minutes, by);
    return this.send(sessionId, version, by);
  }

  async send(sessionId: string, version: number, by: Caller): Promise<string> {
    const { recipients } = await this.dispatch.send(sessionId, version, by);
    return `Het verslag gaat naar ${recipients.length === 1 ? '1 persoon' : `${recipients.length} personen`}.`;
  }
}
