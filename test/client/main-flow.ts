// The main flow as the developer of another system would write it, with types that openapi-typescript generates.
import createClient from 'openapi-fetch';
import type { components, paths } from './api.js';

const [baseUrl, authorization, meetingId, ownerId] = process.argv.slice(2) as [string, string, string, string];
const client = createClient<paths, 'application/json' | 'application/problem+json'>({
  baseUrl,
  headers: { Authorization: authorization },
});

type Problem = components['schemas']['Problem'];

/** The response, or an error with the code of the problem. */
function must<Data>({ data, error }: { data?: Data | undefined; error?: Problem | undefined }): Data {
  if (data === undefined) throw new Error(`${error?.code}: ${error?.detail}`);
  return data;
}
const matching = ({ version }: { version: number }) => ({ 'If-Match': `"${version}"` });

const planned = must(
  await client.POST('/meetings/{id}/sessions', {
    params: { path: { id: meetingId }, header: { 'Idempotency-Key': 'main-flow' } },
    body: { heldOn: '2026-06-02', withoutAgenda: true },
  }),
);
const at = (session: components['schemas']['Session']) => ({
  params: { path: { id: session.id }, header: matching(session) },
});
const open = must(await client.PUT('/sessions/{id}/opening', at(planned)));
const action = must(
  await client.POST('/sessions/{id}/actions', {
    params: { path: { id: open.id } },
    body: { title: 'Extra surveillance bij de skatebaan', ownerId, dueOn: '2026-06-23' },
  }),
);
const refused = await client.PUT('/sessions/{id}/closing', {
  params: { path: { id: open.id }, header: { 'If-Match': '"99"' } },
});
const closed = must(await client.PUT('/sessions/{id}/closing', at(open)));
const minutes = must(await client.GET('/sessions/{id}/minutes', { params: { path: { id: closed.id } } }));
const update = must(
  await client.POST('/actions/{id}/updates', {
    params: { path: { id: action.id } },
    body: { status: 'done', result: 'Geen klachten meer.' },
  }),
);
const list = must(await client.GET('/actions', { params: { query: { meeting: meetingId, pageSize: 10 } } }));

const [line] = list.items;
console.log(
  JSON.stringify({
    state: closed.state,
    refused: refused.error?.code,
    inMinutes: minutes.actions.map(({ title }) => title),
    realisation: update.action.realisation,
    // Public actions of others have fewer fields, as their type says.
    line: line && 'daysOverdue' in line ? { status: line.status, daysOverdue: line.daysOverdue } : null,
  }),
);
