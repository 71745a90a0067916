import { readAnswer } from './crawl.mjs';
import { ask } from './client.mjs';
import { api } from './labels.mjs';

/** The values of parameters that have no enumerated values. */
const VALUES = {
  ...{
    q: 'bos',
    from: '2026-06-01',
    until: '2026-09-01',
    asOf: '2026-09-01',
    on: '2026-09-01',
    year: '2026',
    count: '3',
  },
  ...{
    operation: 'minutes.read',
    withoutTheme: 'true',
    withoutDomain: 'true',
    knownAt: '2026-10-01T00:00:00.000Z',
    alsoKnownAs: 'wijkagent',
  },
};
const FLAGS = new Set(['overdue', 'open', 'mine', 'asked', 'handedBack', 'active']);
const KINDS_OF_ONE = 4;
const PATH_VALUES = { number: ['1'], messageId: [], personId: [], organisationId: [] };

/**
 * Every read operation of the document as each role and as nobody: lists, their filters, one resource in each state, in
 * every format. Passes each response to `keep` with a name for it.
 */
export async function recordAnswers(demo, document, { made, place }, keep) {
  const operations = Object.entries(document.paths).filter(([path, { get }]) => get && path !== '/openapi.json');
  const record = async (role, path, type) => {
    const answer = role === 'nobody' ? await asNobody(demo, path, type) : await api(demo, role, path, type);
    const { lines } = readAnswer(answer, demo.baseUrl, `/v1${path}`);
    await keep(role, path, type === 'application/json' ? '' : type, withTag(answer, lines));
    return answer;
  };
  for (const role of [...demo.roles, 'nobody']) {
    const ids = new Map();
    for (const [path, { get }] of operations.filter(([path]) => !path.includes('{'))) {
      const required = (get.parameters ?? []).filter((one) => one.in === 'query' && one.required);
      const asked = required.map((one) => `${one.name}=${valuesOf(one, place)[0]}`);
      const isList = get.parameters?.some(({ name }) => name === 'pageSize');
      const query = [...asked, ...(isList ? ['pageSize=200'] : [])].join('&');
      const address = query ? `${path}?${query}` : path;
      for (const type of typesOf(get)) {
        const answer = await record(role, address, type);
        if (type === 'application/json' && answer.status === 200) ids.set(path, someOf(JSON.parse(answer.text).items));
      }
      if (role === 'chair' || role === 'admin') {
        const orders = await ordersOf(path, get, (refused) => record(role, refused, 'application/json'));
        for (const filter of [...filtersOf(get, place), ...orders])
          await record(role, `${path}?${[...asked, ...filter].join('&')}`, 'application/json');
      }
    }
    for (const [path, { get }] of operations.filter(([path]) => path.includes('{'))) {
      for (const address of addressesOf(path, get, ids, made)) {
        for (const type of typesOf(get)) await record(role, address, type);
      }
    }
  }
}

const asNobody = (demo, path, accept) => ask(`${demo.baseUrl}/v1${path}`, { headers: { accept } });

const withTag = ({ headers }, [status, ...lines]) => [
  status,
  ...(headers.etag ? [`etag: ${headers.etag}`] : []),
  ...lines,
];

function typesOf({ responses }) {
  const found = Object.entries(responses).filter(([code]) => code.startsWith('2'));
  const types = found.flatMap(([, { content }]) => Object.keys(content ?? {}));
  return types.length > 0 ? [...new Set(types)] : ['application/json'];
}

/** One per state, status or kind, in the order of the list. */
function someOf(items) {
  const found = new Map();
  for (const item of items ?? []) {
    const state = item.state ?? item.status ?? item.kind ?? '';
    if (item.id && !found.has(state)) found.set(state, item.id);
  }
  const all = [...found.values()];
  const more = found.size === 1 && items.length > 1 ? [items.at(-1).id] : [];
  return [...all, ...more].slice(0, KINDS_OF_ONE);
}

function valuesOf({ name, schema = {} }, { area, police, partner }) {
  const ids = {
    area: area.id,
    organisation: police.id,
    person: partner.id,
    actor: partner.id,
    object: area.id,
    parent: area.id,
  };
  if (schema.enum) return schema.enum;
  if (FLAGS.has(name)) return ['true'];
  const value = ids[name] ?? VALUES[name];
  return value === undefined ? [] : [value];
}

const NOT_FILTERS = new Set(['page', 'pageSize', 'sort']);

/** Each filter by itself with each of its values, and the second page. */
function filtersOf({ parameters = [] }, place) {
  const queries = parameters.filter((one) => one.in === 'query');
  const filters = queries
    .filter(({ name, required }) => !NOT_FILTERS.has(name) && !required)
    .flatMap((one) => valuesOf(one, place).map((value) => [`${one.name}=${encodeURIComponent(value)}`]));
  if (!queries.some(({ name }) => name === 'pageSize')) return filters;
  return [...filters, ['page=2']].map((filter) => [...filter, 'pageSize=5']);
}

/** Each sort order in both directions; the error for an unknown order lists them. */
async function ordersOf(path, { parameters = [] }, refuse) {
  if (!parameters.some(({ name }) => name === 'sort')) return [];
  const { text } = await refuse(`${path}?sort=unknown`);
  const [, keys = ''] = /sort must be one of ([^"]*)"/.exec(text) ?? [];
  return keys.split(', ').flatMap((key) => [
    [`sort=${key}`, 'pageSize=5'],
    [`sort=-${key}`, 'pageSize=5'],
  ]);
}

/** A path filled in with ids that this role can list, or that the scenario made. */
function addressesOf(path, get, ids, made) {
  const [, collection] = /^(\/.*?)\/\{/.exec(path);
  const own = ids.get(collection) ?? [];
  const known =
    own.length > 0
      ? own
      : made
          .filter((one) => one.path === collection)
          .map(({ id }) => id)
          .slice(0, 2);
  const others = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
  let found = [path];
  for (const name of others) {
    const parameter = get.parameters?.find((one) => one.in === 'path' && one.name === name);
    const values = name === 'id' ? known : (parameter?.schema?.enum ?? PATH_VALUES[name] ?? []);
    found = found.flatMap((one) => values.map((value) => one.replace(`{${name}}`, value)));
  }
  return found;
}
