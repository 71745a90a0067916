import { ask } from './client.mjs';

const UNKNOWN = '019300a0-0000-7000-8000-00000000dead';
const METHODS = ['post', 'put', 'patch', 'delete'];

/**
 * The response of each write operation to each role, and to nobody, about a resource that does not exist: is it permitted at
 * all, and what is wrong with a body that is empty, invalid in every field, or has an extra field.
 */
export async function recordRefusals(demo, document, keep) {
  for (const role of ['nobody', ...demo.roles.toReversed()]) {
    const lines = [];
    for (const [path, item] of Object.entries(document.paths)) {
      for (const method of METHODS.filter((one) => item[one])) {
        const bodies = Object.entries(bodiesOf(document, item[method]));
        for (const [kind, body] of role === 'admin' || role === 'chair' ? bodies : bodies.slice(0, 1)) {
          const answer = await send(demo, role, method, filled(path, item[method]), body);
          lines.push(`${method.toUpperCase()} ${path} ${kind} -> ${shown(answer)}`);
        }
      }
    }
    await keep(role, lines);
  }
}

function filled(path, { parameters = [] }) {
  const query = parameters.filter((one) => one.in === 'query' && one.required).map(({ name }) => `${name}=people`);
  return path.replaceAll(/\{\w+\}/g, UNKNOWN) + (query.length > 0 ? `?${query.join('&')}` : '');
}

function bodiesOf(document, { requestBody }) {
  const reference = requestBody?.content?.['application/json']?.schema?.$ref;
  const fields = reference
    ? Object.keys(document.components.schemas[reference.split('/').at(-1)].properties ?? {})
    : [];
  const all = (value) => Object.fromEntries(fields.map((field) => [field, value]));
  if (!reference) return { 'with nothing': {} };
  return {
    'with nothing': {},
    'with objects': all({}),
    'with null': all(null),
    'with long text': all('x'.repeat(5000)),
    'with another field': { nothingWeKnow: 1 },
  };
}

const send = (demo, role, method, path, body) =>
  ask(`${demo.baseUrl}/v1${path}`, {
    method: method.toUpperCase(),
    headers: {
      ...(role !== 'nobody' && { authorization: `Bearer ${demo.tokens[role]}` }),
      'content-type': 'application/json',
      'if-match': '"1"',
    },
    body: JSON.stringify(body),
  });

function shown({ status, type, text }) {
  if (!/problem\+json$/.test(type)) return `${status} ${type}`;
  const { code, detail, errors = [] } = JSON.parse(text);
  return [`${status} ${code}: ${detail}`, ...errors.map(({ field, message }) => `    ${field}: ${message}`)].join('\n');
}
