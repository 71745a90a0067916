import { IsIn } from 'class-validator';
import { IsId, Omittable } from '../../platform/common/input.js';
import { PUBLICATION_SUBJECTS, type PublicationSubject } from './publication-request.entity.js';

export class PublicationRequestDto {
  /** The results of a quarter, or final reviews. */
  @IsIn(PUBLICATION_SUBJECTS)
  subject: PublicationSubject;
  /** The area it is about, including the areas below it; everything you may read if omitted. */
  @Omittable()
  @IsId()
  areaId?: string;
}

export interface PublicationRequestView {
  id: string;
  subject: PublicationSubject;
  /** Null for everything the caller may read. */
  areaId: string | null;
  areaName: string | null;
  askedAt: string;
  version: number;
}
