import { IsId, IsLine, Omittable } from '../../platform/common/input.js';

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
