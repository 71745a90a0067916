import { Inject, Injectable } from '@nestjs/common';
import { MinutesToAdopt } from '../../minutes/adoption/minutes-to-adopt.service.js';
import { Clock } from '../../platform/common/clock.js';
import { row, type Source } from '../../platform/database/rows.js';
import { MinutesPapers } from '../../minutes/documents/minutes-papers.service.js';
import type { Attachment } from '../../platform/mail/mail-kinds.js';
import type { OutgoingMessage } from '../../platform/mail/outgoing-message.entity.js';
import { MinutesService } from '../../minutes/minutes.service.js';
import { SETTINGS, type Settings } from '../../platform/settings.js';
import { type SessionFacts, SessionFactsService, WITH_PAPERS } from './session-facts.service.js';

/** The number of minutes attached; if a meeting is further behind, the rest are linked only. */
const MOST_ATTACHED = 4;

/** Minutes to be adopted, as listed in the invitation. */
interface PaperLine {
  heldOn: string;
  url: string;
  isAttached: boolean;
}

/** The draft minutes that go with an invitation: the open text as PDF, and a link to what the recipient may know. */
@Injectable()
export class InvitationPapers {
  constructor(
    private readonly toAdopt: MinutesToAdopt,
    private readonly minutes: MinutesService,
    private readonly papers: MinutesPapers,
    private readonly facts: SessionFactsService,
    private readonly clock: Clock,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  /** Empty for people who are not invited yet, or for one item only: they may not read the minutes of the series. */
  async of(source: Source, session: SessionFacts, personId: string) {
    const lines: PaperLine[] = [];
    const attachments: Attachment[] = [];
    if (!(await this.mayRead(source, session, personId))) return { lines, attachments };
    for (const { sessionId, heldOn, versionId } of await this.toAdopt.of(source, session.id)) {
      const copy = attachments.length < MOST_ATTACHED ? await this.minutes.openCopy(source, versionId) : null;
      if (copy) attachments.push(this.papers.attachmentOf(copy));
      lines.push({ heldOn, url: `${this.settings.PUBLIC_URL}/verslagen/${sessionId}`, isAttached: copy !== null });
    }
    return { lines, attachments };
  }

  /** Whether no minutes of this meeting were redacted or destroyed since the mail was planned. */
  async areStillTrue(source: Source, session: SessionFacts, { plannedAt }: OutgoingMessage): Promise<boolean> {
    const sql = `SELECT 1 AS "found" FROM "minutes_events" e JOIN "minutes" m ON m."id" = e."minutesId"
      JOIN "sessions" s ON s."id" = m."sessionId"
      WHERE s."meetingId" = $1 AND e."kind" IN ('redacted', 'destroyed') AND e."at" >= $2`;
    return (await row(source, sql, [session.meetingId, plannedAt])) === undefined;
  }

  private async mayRead(source: Source, session: SessionFacts, personId: string): Promise<boolean> {
    const series = await this.facts.table(source, { ...session, id: null }, [this.clock.today()], WITH_PAPERS);
    return series.some((one) => one.personId === personId);
  }
}
