import { IsId, IsLine, Omittable } from '../../platform/common/input.js';
import { PageDto } from '../../platform/common/paging.js';

/** A line in which people note an action, and its context: a session, or an area between sessions. */
export class InterpretLineDto {
  /** The line as typed: what, who and when. */
  @IsLine(500, 2)
  line: string;
  /** The session in which it was typed; its area and participants are recognised first. */
  @Omittable()
  @IsId()
  sessionId?: string;
  /** The area, if it was typed outside a session. */
  @Omittable()
  @IsId()
  areaId?: string;
}

/** The typed part of a name, and its context: a session, or an area between sessions. */
export class OwnerCandidateListDto extends PageDto {
  /** The number of items per page, at most 200. */
  override pageSize: number = 20;
  /**
   * The beginning of a name, of a word in it, of an alias or of a function. If omitted: those at the table and of the
   * area.
   */
  @Omittable()
  @IsLine(80)
  q?: string;
  /** The session in which it is typed. */
  @Omittable()
  @IsId()
  session?: string;
  /** The area, outside a session. */
  @Omittable()
  @IsId()
  area?: string;
}
