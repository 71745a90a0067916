/** @schema MinutesRecipient */
export interface RecipientView {
  name: string;
  /** Only for chairs. */
  address: string | null;
  state: string;
  sentAt: string | null;
  /** Only for chairs. */
  serverWords: string | null;
}

/** @schema MinutesDispatch */
export interface DispatchView {
  sessionId: string;
  sentAt: string;
  /** The number of the version sent last. */
  number: number;
  recipients: RecipientView[];
  version: number;
}
