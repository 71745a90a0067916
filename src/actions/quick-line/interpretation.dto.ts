import { IsId, IsLine, Omittable } from '../../platform/common/input.js';
import type { InterpretationView } from './interpretation.rules.js';

/** A line in which people note an action, and its context: a session, or an area between sessions. */
export class InterpretLineDto {
  @IsLine(500, 2)
  line: string;
  @Omittable()
  @IsId()
  sessionId?: string;
  @Omittable()
  @IsId()
  areaId?: string;
}

export const INTERPRETATION_EXAMPLE = {
  owner: {
    id: '019300a0-0000-7000-8000-000000000201',
    name: 'Politie',
    text: 'politie',
    certainty: 'sure',
    alternatives: [{ id: '019300a0-0000-7000-8000-000000000204', name: 'Politie Gouwe' }],
  },
  coOwners: [
    {
      id: '019300a0-0000-7000-8000-000000000202',
      name: "BOA's",
      text: 'boa',
      certainty: 'sure',
      alternatives: [{ id: '019300a0-0000-7000-8000-000000000205', name: 'BOA Alphen' }],
    },
  ],
  title: {
    value: 'Extra surveillance skatebaan',
    text: 'extra surveillance skatebaan',
    certainty: 'sure',
    alternatives: [],
  },
  deadline: {
    kind: 'date',
    dueOn: '2026-06-05',
    text: 'vrijdag 5 juni',
    certainty: 'sure',
    alternatives: [{ kind: 'date', dueOn: '2027-06-05' }],
  },
  unknownNames: [],
} satisfies InterpretationView;
