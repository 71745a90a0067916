import type { MessageState } from '../../platform/mail/outgoing-message.entity.js';

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

export const SESSION_INVITATION_EXAMPLE = {
  sessionId: '019300a0-0000-7000-8000-000000000051',
  sentAt: '2026-05-26T08:00:00.000Z',
  recipients: [
    {
      name: 'wijkagent Boskoop',
      address: 'wijkagent.boskoop@politie.example',
      state: 'sent',
      sentAt: '2026-05-26T08:00:05.000Z',
    },
  ],
  version: 1,
} satisfies SessionInvitationView;
