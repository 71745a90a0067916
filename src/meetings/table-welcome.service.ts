import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { WelcomeMail } from '../directory/welcome/welcome-mail.service.js';
import type { Meeting } from './meeting.entity.js';
import { Participants } from './participants.service.js';

/** Welcomes people at a table who have never used this service before. */
@Injectable()
export class TableWelcome {
  constructor(
    private readonly participants: Participants,
    private readonly welcome: WelcomeMail,
  ) {}

  /** Runs in the transaction of an invitation. People who were mailed before or were invited to another meeting are not new. */
  async greetTable(manager: EntityManager, meeting: Pick<Meeting, 'id' | 'areaId'>, day: string): Promise<void> {
    if (!this.welcome.isOn) return;
    for (const { personId, email } of await this.participants.of(manager, meeting.id, meeting.areaId, day)) {
      if (personId && email) await this.welcome.planForTable(manager, { personId, email }, meeting.id);
    }
  }
}
