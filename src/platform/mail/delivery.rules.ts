import type { MessageState } from './outgoing-message.entity.js';

/** The outcome of one attempt; `words` is the mail server's response, or why there is none. */
export interface Outcome {
  state: Extract<MessageState, 'sent' | 'deferred' | 'failed' | 'uncertain' | 'not_needed' | 'skipped'>;
  words: string | null;
  /** The server permanently refused the address itself, not the sender or the content. */
  isAddressRefused?: boolean;
}

/** What a failed SMTP step reports. */
interface SmtpProblem {
  message: string;
  responseCode?: number;
  response?: string;
  /** The step that failed, as named by nodemailer. */
  command?: string;
}

/** How far an attempt got: the server cannot have accepted anything before the envelope was sent. */
export type Step = 'connecting' | 'sending';

const PAUSES = [1, 5, 15, 60];
const MOST_WORDS = 500;

/** Minutes to wait after the n-th attempt: 1, 5, 15, then an hour each time. */
export function pauseAfter(attempts: number): number {
  return PAUSES[Math.min(Math.max(attempts, 1), PAUSES.length) - 1];
}

/** Milliseconds to wait after the n-th failure to record an outcome: a quarter of a second, doubling up to five seconds. */
export function pauseBeforeRecording(failures: number): number {
  return Math.min(250 * 2 ** (Math.max(failures, 1) - 1), 5_000);
}

/**
 * Interprets the error of an attempt. Only a server response is certain: 5xx is permanent, 4xx temporary. A server that
 * is unreachable, refuses to authenticate or refuses the sender says nothing about the address, so the message waits.
 * Silence while sending is uncertain.
 */
export function outcomeOf(error: SmtpProblem, step: Step): Outcome {
  const words = (error.response ?? error.message).slice(0, MOST_WORDS);
  if (step === 'connecting') return { state: 'deferred', words };
  if (error.responseCode === undefined) return { state: 'uncertain', words };
  if (error.responseCode < 500 || error.command === 'MAIL FROM') return { state: 'deferred', words };
  return { state: 'failed', words, isAddressRefused: error.command === 'RCPT TO' };
}

/** Whether mail to an address is allowed by the configured ending; without one, all addresses are. */
export function mayMail(address: string, onlyTo: string): boolean {
  return onlyTo === '' || address.toLowerCase().endsWith(onlyTo.toLowerCase());
}

const RETRIABLE: readonly MessageState[] = ['failed', 'deferred', 'uncertain'];

/** Why a message cannot be retried by hand, as a code and a sentence; null when it can. */
export function retryRefusal(
  message: { state: MessageState; expiresAt: string },
  now: string,
): [code: 'MESSAGE_NOT_WAITING' | 'DIGEST_WEEK_OVER', sentence: string] | null {
  if (!RETRIABLE.includes(message.state))
    return [
      'MESSAGE_NOT_WAITING',
      `This message is ${message.state}: only failed or deferred messages can be retried.`,
    ];
  return message.expiresAt < now ? ['DIGEST_WEEK_OVER', 'The week of this message is over.'] : null;
}
