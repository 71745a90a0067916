import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsIn, ValidateIf, ValidateNested } from 'class-validator';
import { IsId, IsLine, IsProse, Omittable } from '../../platform/common/input.js';
import type { CorrectionView } from '../minutes.dto.js';
import { REMARK_EXAMPLE, type RemarkView } from './remarks.dto.js';

/** One of the two may be empty: an empty `old` adds text, an empty `new` deletes it. */
const OrEmpty = (): PropertyDecorator => ValidateIf((_, value) => value !== '');

export class CorrectionDto {
  /** The number of the agenda item, or of the action. */
  @IsLine(20)
  item: string;
  /** The text to replace, which must occur exactly once in the item; empty to add text to its notes. */
  @OrEmpty()
  @IsProse()
  old: string;
  @OrEmpty()
  @IsProse()
  new: string;
}

export class AdoptionDto {
  /** The open session that adopts the minutes; omitted when adopted in writing. */
  @Omittable()
  @IsId()
  sessionId?: string;
  @IsIn(['unchanged', 'corrected'])
  kind: 'unchanged' | 'corrected';
  @Omittable()
  @IsArray()
  @ArrayMaxSize(100)
  @ValidateNested({ each: true })
  @Type(() => CorrectionDto)
  corrections?: CorrectionDto[];
}

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

const ID = '019300a0-0000-7000-8000-00000000000a';

export const ADOPTION_EXAMPLE = {
  sessionId: ID,
  adoptedAt: '2026-06-30T08:10:00.000Z',
  adoptedIn: { sessionId: ID, heldOn: '2026-06-30' },
  kind: 'corrected',
  number: 2,
  corrections: [{ item: '4', old: 'naar de avond', new: 'naar de nacht', isConfidential: false }],
  version: 3,
} satisfies AdoptionView;

export const MINUTES_TO_ADOPT_EXAMPLE = {
  sessionId: ID,
  heldOn: '2026-06-02',
  number: 1,
  sentAt: '2026-06-02T09:40:00.000Z',
  remarks: [REMARK_EXAMPLE],
  version: 2,
} satisfies MinutesToAdoptView;
