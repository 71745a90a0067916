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

export const AUDIT_ENTRY_EXAMPLE = {
  sequence: 1204,
  at: '2026-06-02T08:00:00.000Z',
  actorId: '019300a0-0000-7000-8000-000000000022',
  actorName: 'gebiedsadviseur Boskoop',
  how: 'token',
  operation: 'contact.created',
  objectType: 'contact',
  objectId: '019300a0-0000-7000-8000-000000000041',
  areaId: '019300a0-0000-7000-8000-000000000002',
  result: 'done',
} satisfies AuditEntryView;
