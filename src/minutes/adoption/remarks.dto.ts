import { IsBoolean } from 'class-validator';
import { IsLine, IsProse, Omittable } from '../../platform/common/input.js';

export class CreateRemarkDto {
  @IsProse(4000)
  text: string;
  /** The agenda item it is about. Who may not know that item does not see the remark. */
  @Omittable()
  @IsLine(20)
  itemNumber?: string;
  /** An objection, within 14 days of sending, keeps the minutes from being adopted in writing. */
  @Omittable()
  @IsBoolean()
  isObjection?: boolean;
}

export interface RemarkView {
  id: string;
  sessionId: string;
  itemNumber: string | null;
  text: string;
  isObjection: boolean;
  by: string | null;
  at: string;
}

const ID = '019300a0-0000-7000-8000-00000000000a';

export const REMARK_EXAMPLE = {
  id: ID,
  sessionId: ID,
  itemNumber: '4',
  text: 'De meldingen kwamen van de overkant van het water.',
  isObjection: false,
  by: 'wijkagent Boskoop',
  at: '2026-06-04T13:05:00.000Z',
} satisfies RemarkView;
