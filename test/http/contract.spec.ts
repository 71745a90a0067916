import { beforeAll, describe, expect, it } from '@jest/globals';
import { ACTION_STATUSES, REALISATIONS } from '../../src/actions/action.entity.js';
import { COLUMNS } from '../../src/actions/tables/action-table.rules.js';
import { MESSAGE_STATES } from '../../src/platform/mail/outgoing-message.entity.js';
import { describeApi } from '../../src/platform/openapi/document.js';
import { startApp, type TestApp } from '../support/app.js';
import { type Answer, Contract } from '../support/contract.js';
import { exampleOf, withoutExample } from '../support/examples.js';

let t: TestApp;
let contract: Contract;
let area: Answer;
beforeAll(async () => {
  t = await startApp('sqlite');
  contract = Contract.of(t.app);
  const { id } = await t.make.area();
  const answer = await t.api.get(`/v1/areas/${id}`).set('Authorization', await t.make.signedIn('admin'));
  const { status, headers, body } = answer;
  area = { method: 'GET', route: '/v1/areas/:id', status, headers, body };
});

it('lists the values of a type in the order in which it is declared', () => {
  const { schemas } = describeApi(t.app).components! as { schemas: Record<string, { enum: string[] }> };
  const { ActionStatus, ActionColumn, Realisation, MessageState } = schemas;
  expect(ActionStatus.enum).toEqual([...ACTION_STATUSES]);
  expect(ActionColumn.enum).toEqual([...COLUMNS]);
  expect(Realisation.enum).toEqual([...REALISATIONS]);
  expect(MessageState.enum).toEqual([...MESSAGE_STATES]);
});

const problem = (status: number, code: string): Partial<Answer> => ({
  status,
  headers: { 'content-type': 'application/problem+json' },
  body: { status, code, title: 'Conflict', detail: 'No.' },
});

describe('every answer of the tests is compared with the OpenAPI document, which', () => {
  it('describes what is really answered', () => {
    expect(contract.violation(area)).toBeUndefined();
    expect(contract.violation({ ...area, ...problem(404, 'NOT_FOUND') })).toBeUndefined();
  });

  const body = (change: object) => ({ body: { ...(area.body as object), ...change } });
  const cases: [string, string, () => Partial<Answer>][] = [
    ['a field it does not have', 'must NOT have additional properties', () => body({ colour: 'red' })],
    ['a missing field', "must have required property 'code'", () => body({ code: undefined })],
    ['null where none is described', '/name must be string', () => body({ name: null })],
    ['a value that is not in the list', '/kind must be equal to one of', () => body({ kind: 'planet' })],
    ['a text in another format', '/id must match format "uuid"', () => body({ id: '12' })],
    ['a fraction of a count', '/version must be integer', () => body({ version: 1.5 })],
    ['another status', 'this status is not described', () => ({ status: 202 })],
    ['another media type', 'text/plain is not described', () => ({ headers: { 'content-type': 'text/plain' } })],
    ['another header', 'the header location is not described', () => ({ headers: { ...area.headers, location: '/' } })],
    ['a problem it does not name', 'GOAL_IS_DRAFT is not described', () => problem(400, 'GOAL_IS_DRAFT')],
    ['an operation it does not have', 'answers without being described', () => ({ route: '/v1/colours' })],
  ];
  it.each(cases)('rejects %s', (_, said, change) => {
    const { body: changed, ...rest } = change();
    const answer = { ...area, ...rest, ...(changed ? { body: JSON.parse(JSON.stringify(changed)) } : {}) };
    expect(contract.violation(answer)).toContain(said);
  });
});

describe('the examples', () => {
  it('of all models validate against their own schemas', () => {
    const { schemas } = contract.document.components!;
    const wrong = Object.keys(schemas!).flatMap((name) => {
      const $ref = `#/components/schemas/${name}`;
      const said = contract.schemaViolation(`example of ${name}`, { $ref }, exampleOf(schemas!, { $ref }));
      return said ? [`${name}: ${said}`] : [];
    });
    expect(wrong).toEqual([]);
  });

  it('stand at every text that has no fixed form', () => {
    const bare = Object.entries(contract.document.components!.schemas!).flatMap(([name, schema]) =>
      withoutExample(schema, name),
    );
    expect(bare).toEqual([]);
  });
});
