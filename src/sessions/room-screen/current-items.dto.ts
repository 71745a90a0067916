import { IsIn } from 'class-validator';
import { IsId, Omittable } from '../../platform/common/input.js';
import { CURRENT_PARTS, type CurrentPart } from './current-item.entity.js';

/** Exactly one of both. */
export class PutCurrentItemDto {
  /** An item of the agenda of this session. */
  @Omittable()
  @IsId()
  agendaItemId?: string;
  /** `agreements`: the actions agreed in the session are gone through, before it is closed. */
  @Omittable()
  @IsIn(CURRENT_PARTS)
  part?: CurrentPart;
}

/** Nothing is at hand if both are null; so it reads too while it is a confidential item that the caller may not know. */
export interface CurrentItemView {
  agendaItemId: string | null;
  part: CurrentPart | null;
  /** That of the session, which does not change with what is at hand. */
  version: number;
}
