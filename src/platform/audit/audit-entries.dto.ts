import { IsId, IsLine, Omittable } from '../common/input.js';
import { PagingDto } from '../common/paging.js';

export class AuditEntryListDto extends PagingDto {
  /** Id of the object. */
  @Omittable()
  @IsId()
  object?: string;
  /** Id of the person who did it. */
  @Omittable()
  @IsId()
  actor?: string;
  /** The exact operation name: `person.changed`. */
  @Omittable()
  @IsLine(50)
  operation?: string;
}

export interface AuditEntryView {
  sequence: number;
  at: string;
  /** Null for the service itself. */
  actorId: string | null;
  actorName: string | null;
  how: string;
  operation: string;
  /** `vertrouwelijk` when the caller may not know the object. */
  objectType: string;
  objectId: string | null;
  areaId: string | null;
  result: string;
}
