import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsIn, ValidateIf, ValidateNested } from 'class-validator';
import { IsId, IsLine, IsProse, Omittable } from '../../platform/common/input.js';
import type { CorrectionView } from '../minutes.dto.js';
import { type RemarkView } from './remarks.dto.js';

/** One of the two may be empty: an empty `old` adds text, an empty `new` deletes it. */
const OrEmpty = (): PropertyDecorator => ValidateIf((_, value) => value !== '');

class CorrectionDto {
  /** The number of the agenda item, or of the action. */
  @IsLine(20)
  item: string;
  /** The text to replace, which must occur exactly once in the item; empty to add text to its notes. */
  @OrEmpty()
  @IsProse()
  old: string;
  /** The text that replaces it; empty to remove it. */
  @OrEmpty()
  @IsProse()
  new: string;
}

export class AdoptionDto {
  /** The open session that adopts the minutes; omitted when adopted in writing. */
  @Omittable()
  @IsId()
  sessionId?: string;
  /** Whether the minutes are adopted as they are. */
  @IsIn(['unchanged', 'corrected'])
  kind: 'unchanged' | 'corrected';
  /** The corrections to the text; required with `corrected`. */
  @Omittable()
  @IsArray()
  @ArrayMaxSize(100)
  @ValidateNested({ each: true })
  @Type(() => CorrectionDto)
  corrections?: CorrectionDto[];
}

/** @schema MinutesAdoption */
export interface AdoptionView {
  sessionId: string;
  adoptedAt: string;
  /** Null when adopted in writing. */
  adoptedIn: { sessionId: string; heldOn: string } | null;
  kind: 'unchanged' | 'corrected';
  /** The number of the version in force. */
  number: number;
  corrections: CorrectionView[];
  version: number;
}

/** Minutes waiting to be adopted, with the remarks on them. */
export interface MinutesToAdoptView {
  sessionId: string;
  heldOn: string;
  number: number;
  sentAt: string;
  remarks: RemarkView[];
  version: number;
}
