export interface RecipientView {
  name: string;
  /** Only for chairs. */
  address: string | null;
  state: string;
  sentAt: string | null;
  /** Only for chairs. */
  serverWords: string | null;
}

export interface DispatchView {
  sessionId: string;
  sentAt: string;
  /** The number of the version sent last. */
  number: number;
  recipients: RecipientView[];
  version: number;
}

const ID = '019300a0-0000-7000-8000-00000000000a';

export const DISPATCH_EXAMPLE = {
  sessionId: ID,
  sentAt: '2026-06-02T09:40:00.000Z',
  number: 1,
  recipients: [
    {
      name: 'wijkagent Boskoop',
      address: 'wijkagent.boskoop@politie.example',
      state: 'sent',
      sentAt: '2026-06-02T09:40:03.000Z',
      serverWords: '250 2.0.0 Ok: queued',
    },
  ],
  version: 2,
} satisfies DispatchView;
