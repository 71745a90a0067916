import { Injectable } from '@nestjs/common';
import { hasReach, isPermittedIn } from '../../platform/access/access.rules.js';
import type { Caller } from '../../platform/access/caller.js';
import { addDays, dayOf, inDutch } from '../../platform/common/calendar-date.js';
import { Database } from '../../platform/database/database.js';
import { row } from '../../platform/database/rows.js';
import type { RejectedForm } from '../../web/forms.js';
import { OBJECTION_DAYS } from '../adoption/adoption.rules.js';
import { Remarks } from '../adoption/remarks.service.js';
import type { MinutesView } from '../minutes.dto.js';

const MOST_SHOWN = 200;

/** "Klopt er iets niet?": the remarks on sent minutes and the form for another one, on the page of those minutes. */
@Injectable()
export class RemarkForms {
  constructor(
    private readonly database: Database,
    private readonly remarks: Remarks,
  ) {}

  /** Null before the minutes are sent, once they are adopted, and for readers who were not at the table. */
  async of(minutes: MinutesView, caller: Caller, rejected?: RejectedForm) {
    if (minutes.state !== 'sent' || !mayRemark(minutes, caller)) return null;
    const [{ items }, meeting] = await Promise.all([
      this.remarks.list(minutes.sessionId, { page: 1, pageSize: MOST_SHOWN }, caller),
      row<{ allowsWrittenAdoption: boolean }>(
        this.database.reader,
        'SELECT "allowsWrittenAdoption" FROM "meetings" WHERE "id" = $1',
        [minutes.meeting.id],
        { allowsWrittenAdoption: 'boolean' },
      ),
    ]);
    const { fields = {}, problem = null } = rejected ?? {};
    return {
      given: items.map((one) => ({ ...one, on: inDutch(dayOf(one.at)) })),
      text: fields.text ?? '',
      error: problem?.byField.text ?? null,
      items: minutes.items.map(({ number, title }) => ({
        number,
        words: `${number}. ${title}`,
        isChosen: number === fields.itemNumber,
      })),
      isObjection: fields.isObjection === 'ja',
      objectsUntil:
        meeting?.allowsWrittenAdoption && minutes.sentAt
          ? inDutch(addDays(dayOf(minutes.sentAt), OBJECTION_DAYS))
          : null,
    };
  }
}

const mayRemark = ({ area, meeting }: MinutesView, caller: Caller): boolean =>
  isPermittedIn(caller, 'minutes.remark', area.id) ||
  (hasReach(caller, 'minutes.remark', 'meetings') && caller.meetingIds.includes(meeting.id));
