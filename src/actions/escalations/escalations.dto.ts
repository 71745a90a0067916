import { IsId, IsProse } from '../../platform/common/input.js';

export class CreateEscalationDto {
  /** The director or bestuurder asked to decide. */
  @IsId()
  personId: string;
  /** The question; the owner receives the same text at the same time. */
  @IsProse(5000)
  text: string;
}

export interface EscalationView {
  id: string;
  actionId: string;
  /** 1 for the first person asked. */
  step: number;
  personId: string;
  personName: string;
  text: string;
  askedById: string;
  askedByName: string;
  askedAt: string;
  decision: string | null;
  /** The day by which the decision is to be carried out. */
  decidedFor: string | null;
  answeredAt: string | null;
}

export interface EscalationListView {
  items: EscalationView[];
  total: number;
  page: number;
  pageSize: number;
  /** Whether a next step is possible now, by a chair of its area. */
  isOffered: boolean;
  /** The reason if it is not possible; null if it is. */
  obstacle: Obstacle | null;
}

export type Obstacle = 'NOT_STUCK' | 'AWAITING_ANSWER' | 'CONFIDENTIAL_ACTION' | 'ACTION_WITHDRAWN';

export const ESCALATION_EXAMPLE = {
  id: '019300a0-0000-7000-8000-000000000b01',
  actionId: '019300a0-0000-7000-8000-000000000701',
  step: 1,
  personId: '019300a0-0000-7000-8000-000000000111',
  personName: 'directeur Ruimte',
  text: 'De vergunning ligt acht weken stil. Wilt u beslissen wie haar afgeeft?',
  askedById: '019300a0-0000-7000-8000-000000000101',
  askedByName: 'gebiedsadviseur Boskoop',
  askedAt: '2026-06-02T10:00:00.000Z',
  decision: 'De afdeling VTH geeft haar af.',
  decidedFor: '2026-06-16',
  answeredAt: '2026-06-04T09:00:00.000Z',
} satisfies EscalationView;

export const ESCALATION_LIST_EXAMPLE = {
  items: [ESCALATION_EXAMPLE],
  total: 1,
  page: 1,
  pageSize: 50,
  isOffered: false,
  obstacle: 'NOT_STUCK',
} satisfies EscalationListView;
