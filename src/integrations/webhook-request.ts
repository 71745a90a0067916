import { lookup, type LookupAddress, type LookupAllOptions, type LookupOptions } from 'node:dns';
import { type IncomingHttpHeaders, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isAllowedTarget, isPublicAddress } from './addresses.rules.js';
import { type Answer, REASONS } from './webhooks.rules.js';

type Resolve = (
  hostname: string,
  options: LookupAllOptions,
  found: (error: Error | null, addresses: LookupAddress[]) => void,
) => void;

interface Limits {
  isPrivateAllowed: boolean;
  /** Ends the attempt. */
  signal: AbortSignal;
  /** Resolves a name to its addresses: by default with the system's resolver. */
  resolve?: Resolve;
}

const MOST_CHARACTERS = 200;
type Found = (error: Error | null, address: string | LookupAddress[], family?: number) => void;

/**
 * Resolves a name once, and refuses it if any of its addresses is not public. The connection is made to the returned
 * address.
 */
const publicOnly =
  (resolve: Resolve) =>
  (hostname: string, options: LookupOptions, found: Found): void =>
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return found(error, []);
      if (addresses.length === 0 || !addresses.every(({ address }) => isPublicAddress(address)))
        return found(new Error(REASONS.private), []);
      if (options.all) found(null, addresses);
      else found(null, addresses[0].address, addresses[0].family);
    });

/**
 * Posts a body and returns the response; never throws. Follows no redirects, reads only the head of the response and,
 * unless private addresses are allowed, connects only to public ones, whatever the name resolves to.
 */
export function post(
  url: string,
  headers: Record<string, string>,
  body: string,
  { isPrivateAllowed, signal, resolve = lookup }: Limits,
): Promise<Answer> {
  if (!isAllowedTarget(url, isPrivateAllowed)) return Promise.resolve({ status: null, reason: REASONS.private });
  const request = url.startsWith('https:') ? requestHttps : requestHttp;
  return new Promise((done) => {
    const sent = request(
      url,
      {
        method: 'POST',
        headers: { ...headers, 'content-length': Buffer.byteLength(body) },
        // A reused connection could have been made before the name resolved to another address.
        agent: false,
        signal,
        ...(isPrivateAllowed ? {} : { lookup: publicOnly(resolve) as never }),
      },
      (response) => {
        done(answerOf(response.statusCode ?? 0, response.headers));
        response.destroy();
      },
    );
    sent.on('error', (error) =>
      done({ status: null, reason: signal.aborted ? REASONS.late : error.message.slice(0, MOST_CHARACTERS) }),
    );
    sent.end(body);
  });
}

function answerOf(status: number, headers: IncomingHttpHeaders): Answer {
  if (status >= 300 && status < 400) return { status, reason: REASONS.redirect };
  const retryAfter = Number(headers['retry-after']);
  return { status, reason: null, ...(retryAfter > 0 && { retryAfter }) };
}
