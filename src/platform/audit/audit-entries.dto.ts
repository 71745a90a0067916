import { IsId, IsLine, Omittable } from '../common/input.js';
import { PagingDto } from '../common/paging.js';

export class AuditEntryListDto extends PagingDto {
  /** Id of the object. */
  @Omittable()
  @IsId()
  object?: string;
  /** Id of the person or client who did it. */
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
  /** Null for a client, and for the service itself. */
  actorId: string | null;
  /** Null for a person, and for the service itself. */
  clientId: string | null;
  /** Of the person or the client. */
  actorName: string | null;
  how: string;
  operation: string;
  /** `vertrouwelijk` when the caller may not know the object. */
  objectType: string;
  objectId: string | null;
  areaId: string | null;
  result: string;
}
