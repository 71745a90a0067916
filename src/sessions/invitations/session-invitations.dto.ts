import type { MessageState } from '../../platform/mail/outgoing-message.entity.js';

/** @schema SessionInvitee */
export interface InvitedView {
  name: string;
  /** Null for callers who may not change the session. */
  address: string | null;
  state: MessageState;
  sentAt: string | null;
}

export interface SessionInvitationView {
  sessionId: string;
  sentAt: string;
  /** The recipients of the last time it was sent. */
  recipients: InvitedView[];
  /** The number of times it was sent. */
  version: number;
}
