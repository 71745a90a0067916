import { IsId, IsLine, IsNumberInQuery, Omittable } from '../../platform/common/input.js';

/** A line in which people note an action, and its context: a session, or an area between sessions. */
export class InterpretLineDto {
  /** The line as typed at the table: what, who and when. */
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

/** What is typed of a name, and its context: a session, or an area between sessions. */
export class OwnerCandidateListDto {
  /** The number of the page, from 1. */
  @Omittable()
  @IsNumberInQuery(1, 1_000_000)
  page: number = 1;
  /** The number of items per page, at most 200. */
  @Omittable()
  @IsNumberInQuery(1, 200)
  pageSize: number = 20;
  /** The beginning of a name, of a word in it, an alias or a function. Without it: those at the table and of the area. */
  @Omittable()
  @IsLine(80)
  q?: string;
  /** The session at whose table it is typed. */
  @Omittable()
  @IsId()
  session?: string;
  /** The area, outside a session. */
  @Omittable()
  @IsId()
  area?: string;
}
