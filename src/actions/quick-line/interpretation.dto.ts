import { IsId, IsLine, IsNumberInQuery, Omittable } from '../../platform/common/input.js';
import type { InterpretationView } from './interpretation.rules.js';
import type { OwnerCandidate } from './who-candidates.rules.js';

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

/** What is typed of a name, and its context: a session, or an area between sessions. */
export class OwnerCandidateListDto {
  @Omittable()
  @IsNumberInQuery(1, 1_000_000)
  page: number = 1;
  @Omittable()
  @IsNumberInQuery(1, 200)
  pageSize: number = 20;
  /** The beginning of a name, of a word in it, an alias or a function. Without it: those at the table and of the area. */
  @Omittable()
  @IsLine(80)
  q?: string;
  @Omittable()
  @IsId()
  session?: string;
  @Omittable()
  @IsId()
  area?: string;
}

export const OWNER_CANDIDATE_EXAMPLE = {
  ownerId: '019300a0-0000-7000-8000-000000000201',
  ownerName: 'Politie',
  ownerPersonId: '019300a0-0000-7000-8000-000000000301',
  ownerPersonName: 'wijkagent Boskoop',
  function: 'wijkagent',
  place: 'table',
} satisfies OwnerCandidate;

export const INTERPRETATION_EXAMPLE = {
  owner: {
    id: '019300a0-0000-7000-8000-000000000201',
    name: 'Politie',
    person: null,
    text: 'politie',
    certainty: 'sure',
    alternatives: [{ id: '019300a0-0000-7000-8000-000000000204', name: 'Politie Gouwe', person: null }],
  },
  coOwners: [
    {
      id: '019300a0-0000-7000-8000-000000000202',
      name: "BOA's",
      person: null,
      text: 'boa',
      certainty: 'sure',
      alternatives: [{ id: '019300a0-0000-7000-8000-000000000205', name: 'BOA Alphen', person: null }],
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
