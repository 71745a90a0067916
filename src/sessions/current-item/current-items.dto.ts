import { IsIn } from 'class-validator';
import { IsId, Omittable } from '../../platform/common/input.js';
import { CURRENT_PARTS, type CurrentPart } from './current-item.entity.js';

/** Exactly one of the two. */
export class PutCurrentItemDto {
  /** An agenda item of this session. */
  @Omittable()
  @IsId()
  agendaItemId?: string;
  /** `agreements`: the actions agreed in the session are reviewed before it is closed. */
  @Omittable()
  @IsIn(CURRENT_PARTS)
  part?: CurrentPart;
}

/** Both are null if there is no current item, or if it is a confidential item that the caller may not know. */
export interface CurrentItemView {
  agendaItemId: string | null;
  part: CurrentPart | null;
  /** The version of the session, which does not change with the current item. */
  version: number;
}
