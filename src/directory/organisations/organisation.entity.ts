import { Entity, Index, Unique } from 'typeorm';
import { Id, Json, Line, Reference, Version } from '../../platform/database/columns.js';

export const ORGANISATION_KINDS = [
  'municipality',
  'police',
  'housing',
  'welfare',
  'residents',
  'volunteers',
  'education',
  'business',
  'other',
] as const;
export type OrganisationKind = (typeof ORGANISATION_KINDS)[number];

/** A partner at the table; a municipal department has kind `municipality`. */
@Entity('organisations')
@Unique(['name'])
@Index('organisations_merged', ['mergedIntoId'], { where: '"mergedIntoId" IS NOT NULL' })
export class Organisation {
  @Id()
  id: string;
  @Line()
  name: string;
  @Line(20)
  kind: OrganisationKind;
  @Json()
  aliases: string[];
  @Reference(() => Organisation, { nullable: true })
  mergedIntoId: string | null;
  @Version()
  version: number;
}
