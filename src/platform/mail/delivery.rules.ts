import type { MessageState } from './outgoing-message.entity.js';

/** What became of one attempt; `words` are the mail server's, or why there are none. */
export interface Outcome {
  state: Extract<MessageState, 'sent' | 'deferred' | 'failed' | 'uncertain' | 'not_needed' | 'skipped'>;
  words: string | null;
  /** The server refused the address itself for good, not the sender or what stands in the mail. */
  isAddressRefused?: boolean;
}

/** What a failed step says of itself. */
export interface SmtpProblem {
  message: string;
  responseCode?: number;
  response?: string;
  /** The step at which it went wrong, as the mail library names it. */
  command?: string;
}

/** How far an attempt had come: until the envelope the server cannot have accepted anything. */
export type Step = 'connecting' | 'sending';

const PAUSES = [1, 5, 15, 60];
const MOST_WORDS = 500;

/** Minutes to wait after the n-th attempt: 1, 5, 15, and an hour from then on. */
export function pauseAfter(attempts: number): number {
  return PAUSES[Math.min(Math.max(attempts, 1), PAUSES.length) - 1];
}

/**
 * What an error of an attempt means. Only an answer of the server is certain: 5xx refuses for good, 4xx for now. A server
 * that cannot be reached, lets nobody in or refuses the sender says nothing about the address: that waits. Silence while
 * sending is uncertain.
 */
export function outcomeOf(error: SmtpProblem, step: Step): Outcome {
  const words = (error.response ?? error.message).slice(0, MOST_WORDS);
  if (step === 'connecting') return { state: 'deferred', words };
  if (error.responseCode === undefined) return { state: 'uncertain', words };
  if (error.responseCode < 500 || error.command === 'MAIL FROM') return { state: 'deferred', words };
  return { state: 'failed', words, isAddressRefused: error.command === 'RCPT TO' };
}

/** Whether an address lies under the ending that may be mailed; without an ending all do. */
export function mayMail(address: string, onlyTo: string): boolean {
  return onlyTo === '' || address.toLowerCase().endsWith(onlyTo.toLowerCase());
}

const RETRIABLE: readonly MessageState[] = ['failed', 'deferred', 'uncertain'];

/** Why a message cannot be tried again by hand, as a code and a sentence; null when it can. */
export function retryRefusal(
  message: { state: MessageState; expiresAt: string },
  now: string,
): [code: string, sentence: string] | null {
  if (!RETRIABLE.includes(message.state))
    return [
      'MESSAGE_NOT_WAITING',
      `This message is ${message.state}: only one that failed or waits can be tried again.`,
    ];
  return message.expiresAt < now ? ['DIGEST_WEEK_OVER', 'The week of this message is over.'] : null;
}
