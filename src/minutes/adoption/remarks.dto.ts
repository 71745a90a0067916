import { IsBoolean } from 'class-validator';
import { IsLine, IsProse, Omittable } from '../../platform/common/input.js';

export class CreateRemarkDto {
  @IsProse(4000)
  text: string;
  /** The agenda item the remark is about. It is hidden from everyone who may not know that item. */
  @Omittable()
  @IsLine(20)
  itemNumber?: string;
  /** An objection, made within 14 days of sending, prevents adoption in writing. */
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
