import { IsBoolean } from 'class-validator';
import { IsLine, IsProse, Omittable } from '../../platform/common/input.js';

export class CreateRemarkDto {
  /** What should be different in the minutes. */
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

/** @schema MinutesRemark */
export interface RemarkView {
  id: string;
  sessionId: string;
  itemNumber: string | null;
  text: string;
  isObjection: boolean;
  by: string | null;
  at: string;
}
