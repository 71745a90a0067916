import { ArrayMaxSize, IsArray } from 'class-validator';
import { IsLine, IsProse, Omittable } from '../../platform/common/input.js';
import type { Place } from './name-occurrences.service.js';

export class ErasureDto {
  /** Why, with the article of law or the request it rests on. */
  @IsProse(2000)
  ground: string;
  /** Other names to look for in texts, beside the name and the address: a surname, a nickname. */
  @Omittable()
  @IsArray()
  @ArrayMaxSize(10)
  @IsLine(100, 3, { each: true })
  alsoKnownAs: string[] = [];
}

export class ErasureReadDto {
  /** Another name to look for. */
  @Omittable()
  @IsLine(100, 3)
  alsoKnownAs?: string;
}

export interface ErasureView {
  personId: string;
  /** Null while the person is not erased: then `places` is where the name stands now. */
  erasedAt: string | null;
  ground: string | null;
  /** Texts of the caller's areas in which the name stands, to be seen to by hand. */
  places: Place[];
  version: number;
}

const ID = '019300a0-0000-7000-8000-000000000022';

export const ERASURE_EXAMPLE = {
  personId: ID,
  erasedAt: '2026-06-02T08:00:00.000Z',
  ground: 'Verzoek van de betrokkene, artikel 17 AVG.',
  places: [
    {
      kind: 'agenda_item',
      id: ID,
      areaId: ID,
      field: 'notes',
      label: 'Professionaloverleg Boskoop, 2026-06-02, punt 3',
      isThere: true,
    },
  ],
  version: 2,
} satisfies ErasureView;
