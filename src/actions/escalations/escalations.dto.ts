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

/** @schema EscalationObstacle */
export type Obstacle = 'NOT_STUCK' | 'AWAITING_ANSWER' | 'CONFIDENTIAL_ACTION' | 'ACTION_WITHDRAWN';
