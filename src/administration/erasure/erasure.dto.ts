import { ArrayMaxSize, IsArray } from 'class-validator';
import { IsLine, IsProse, Omittable } from '../../platform/common/input.js';
import type { Place } from './name-occurrences.service.js';

export class ErasureDto {
  /** The ground: the article of law or the request it is based on. */
  @IsProse(2000)
  ground: string;
  /** Other names to search for, besides the name and the address: a surname, a nickname. */
  @Omittable()
  @IsArray()
  @ArrayMaxSize(10)
  @IsLine(100, 3, { each: true })
  alsoKnownAs: string[] = [];
}

export class ErasureReadDto {
  /** Another name to search for. */
  @Omittable()
  @IsLine(100, 3)
  alsoKnownAs?: string;
}

export interface ErasureView {
  personId: string;
  /** Null while the person is not erased: `places` then lists where the name occurs now. */
  erasedAt: string | null;
  ground: string | null;
  /** Texts in the caller's areas that contain the name, to be edited by hand. */
  places: Place[];
  version: number;
}
