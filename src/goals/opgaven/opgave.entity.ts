import { Entity, Index } from 'typeorm';
import { Day, Id, Line, Prose, Reference, Version } from '../../platform/database/columns.js';
import { Area } from '../../directory/areas/area.entity.js';
import { Person } from '../../directory/people/person.entity.js';

/** A priority of the college for which several departments are responsible, served by goals and actions of areas. */
@Entity('opgaven')
@Index(['areaId'])
export class Opgave {
  @Id()
  id: string;
  /** The area it covers, including everything below it. */
  @Reference(() => Area)
  areaId: string;
  @Line()
  title: string;
  @Prose({ nullable: true })
  description: string | null;
  /** Its origin: a coalition agreement, a request of residents, a problem in several areas. */
  @Prose()
  origin: string;
  /** The responsible bestuurder. */
  @Reference(() => Person)
  bestuurderId: string;
  @Reference(() => Person)
  procesregisseurId: string;
  @Day({ nullable: true })
  startsOn: string | null;
  @Day({ nullable: true })
  endsOn: string | null;
  @Version()
  version: number;
}
