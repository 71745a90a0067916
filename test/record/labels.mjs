import { ask } from './client.mjs';

const NOUNS = { people: 'person', opgaven: 'opgave', 'quarterly-results': 'quarter' };
const noun = (path) => {
  const last = path
    .split('/')
    .filter((part) => part && !part.startsWith('{'))
    .at(-1);
  return NOUNS[last] ?? last.replace(/ies$/, 'y').replace(/s$/, '');
};
/** Their ids are of events, not of resources. */
const NOT_NAMED = /audit-entries|tokens|updates|messages/;
const PARENTS = 200;

/** Requests the API as one of the roles. */
export const api = (demo, role, path, accept = 'application/json') =>
  ask(`${demo.baseUrl}/v1${path}`, { headers: { authorization: `Bearer ${demo.tokens[role]}`, accept } });

/** Every item of a list, from all its pages. */
export async function wholeList(demo, role, path) {
  const items = [];
  for (let page = 1; ; page += 1) {
    const answer = await api(demo, role, `${path}${path.includes('?') ? '&' : '?'}page=${page}&pageSize=200`);
    const body = answer.status === 200 && answer.type === 'application/json' ? JSON.parse(answer.text) : {};
    if (!Array.isArray(body.items)) return items;
    items.push(...body.items);
    if (body.items.length < 200) return items;
  }
}

/** The lists in the document: paths with a page size that return items. */
export const listPaths = (document) =>
  Object.entries(document.paths)
    .filter(([, item]) => item.get?.parameters?.some(({ name }) => name === 'pageSize'))
    .map(([path]) => path);

/** Names everything that the API lists, so that a link to a different resource shows as a difference. */
export async function nameEverything(demo, document, plain) {
  const found = new Map();
  const lists = listPaths(document).filter((path) => !NOT_NAMED.test(path));
  const collect = async (role, path, kind) => {
    for (const item of await wholeList(demo, role, path)) {
      if (item.id && !found.has(item.id)) found.set(item.id, { kind, item });
    }
  };
  for (const role of demo.roles) {
    for (const path of lists.filter((one) => !one.includes('{'))) await collect(role, path, noun(path));
  }
  for (const path of lists.filter((one) => /^\/[\w-]+\/\{id\}\/[\w-]+$/.test(one))) {
    const parents = [...found].filter(([, { kind }]) => kind === noun(path.split('/{')[0])).slice(0, PARENTS);
    for (const [id] of parents) {
      for (const role of ['admin', 'chair']) await collect(role, path.replace('{id}', id), noun(path));
    }
  }
  const names = new Map();
  for (let round = 0; round < 3; round += 1) {
    for (const [id, { kind, item }] of found) if (!names.has(id)) nameOf(names, id, kind, item, round === 2);
  }
  const taken = new Map();
  for (const [id, name] of names) {
    const before = taken.get(name) ?? 0;
    taken.set(name, before + 1);
    plain.label(id, before === 0 ? name : `${name} ~${before + 1}`);
  }
  return names.size;
}

const OWN = ['code', 'number', 'name', 'title', 'guestName', 'text'];
const WHEN = ['heldOn', 'year', 'quarter', 'fromOn', 'measuredOn', 'week'];

/** The fields that distinguish these; others are distinguished by everything they belong to. */
const PARENT = { session: ['meetingId'], 'agenda-item': ['sessionId'], discussion: ['sessionId', 'actionId'] };

/** Its own name, or what it belongs to and when. */
function nameOf(names, id, kind, item, isLast) {
  const own = OWN.map((field) => item[field]).find((value) => typeof value === 'string' || typeof value === 'number');
  const belongsTo = Object.entries(item).filter(
    ([field, value]) => (PARENT[kind]?.includes(field) ?? /Id$/.test(field)) && typeof value === 'string',
  );
  const needsParent = kind === 'agenda-item' || own === undefined;
  if (needsParent && !isLast && belongsTo.some(([, value]) => !names.has(value))) return;
  const parents = needsParent ? belongsTo.map(([, value]) => (names.get(value) ?? '').replace(/^\S+ /, '')) : [];
  const when = needsParent
    ? WHEN.map((field) => item[field]).filter((value) => value !== undefined && value !== null)
    : [];
  const words = [...new Set([...parents, own, ...when])].filter(Boolean).map((word) => String(word).slice(0, 80));
  names.set(id, `${kind} ${words.join(' · ')}`.trim());
}
