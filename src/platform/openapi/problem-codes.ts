import type { Description } from '../common/describe.js';

interface Route {
  method: string;
  path: string;
  isPublic: boolean;
  hasParameters: boolean;
}

type Codes = Record<string, string[]>;

/** The problems that every route of a kind can return: those of guards, pipes and the server itself. */
function commonCodes({ method, path, isPublic, hasParameters }: Route, description: Description): Codes {
  const isChange = method !== 'get';
  const isEdit = isChange && method !== 'post';
  const codes: Codes = { 429: ['TOO_MANY_REQUESTS'], 500: ['INTERNAL_ERROR'], 503: ['BUSY', 'DATABASE_UNAVAILABLE'] };
  const add = (status: number, ...more: string[]) => (codes[status] = [...(codes[status] ?? []), ...more]);
  if (isPublic) add(503, 'PUBLIC_PAGES_CLOSED');
  else {
    add(401, 'UNAUTHENTICATED');
    add(403, 'FORBIDDEN', 'PASSKEY_REQUIRED');
  }
  if (hasParameters || isChange) add(400, 'BAD_REQUEST', 'INVALID_INPUT');
  if (path.includes('{')) {
    add(404, 'NOT_FOUND');
    add(414, 'URI_TOO_LONG');
  }
  if (description.also.length > 0 || description.hasPage) add(406, 'NOT_ACCEPTABLE');
  if (isChange) {
    add(403, 'FOREIGN_FORM');
    add(409, 'ALREADY_EXISTS');
    add(413, 'PAYLOAD_TOO_LARGE');
    add(415, 'UNSUPPORTED_MEDIA_TYPE');
    add(503, 'OUTCOME_UNKNOWN');
  }
  if (method === 'post') {
    add(400, 'INVALID_IDEMPOTENCY_KEY');
    add(409, 'IDEMPOTENCY_KEY_REUSED');
  }
  if (isEdit) {
    add(400, 'INVALID_IF_MATCH');
    add(412, 'VERSION_CHANGED');
    add(428, 'IF_MATCH_REQUIRED');
  }
  return codes;
}

/** Every problem code that an operation can return, by status. `own` are those of the code behind it. */
export function codesOf(route: Route, description: Description, own: Codes): Codes {
  const common = commonCodes(route, description);
  const statuses = [...new Set([...Object.keys(common), ...Object.keys(own)])].sort();
  const codesAt = (status: string) =>
    new Set([...(common[status] ?? []), ...(own[status] ?? []).filter((code) => !description.never.includes(code))]);
  return Object.fromEntries(
    statuses.map((status) => [status, [...codesAt(status)].sort()] as const).filter(([, codes]) => codes.length > 0),
  );
}

/** The codes as a sentence of a description. */
export const saidCodes = (codes: Codes): string =>
  `Problems: ${Object.entries(codes)
    .map(([status, names]) => `${status} ${names.map((name) => `\`${name}\``).join(', ')}`)
    .join('; ')}.`;
