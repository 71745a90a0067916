import 'reflect-metadata';
import { expect, it } from '@jest/globals';
import { plainToInstance } from 'class-transformer';
import { validate } from 'class-validator';
import fc from 'fast-check';
import { CreateUpdateDto } from '../../src/actions/action-updates.dto.js';
import { ActionListDto, ChangeActionDto, CreateActionDto } from '../../src/actions/actions.dto.js';
import { keepKnownRules } from '../../src/platform/common/known-rules.js';

const ID = '0196f3a0-7b1c-7c3e-8b1a-2f4d6c8e0a12';
const FITTING = { areaId: ID, title: 'Bel de huisbaas', ownerId: ID, dueKind: 'date', dueOn: '2026-11-24' };
const VALUES = [
  ID,
  ID.toUpperCase(),
  '',
  ' ',
  'date',
  'done',
  'in_progress',
  '2026-11-24',
  '2026-02-30',
  'x'.repeat(300),
];
const OTHERS = [null, undefined, true, 'true', 0, 7, [], [ID], [ID, 5], [null], {}, { a: 1 }];
const NAMES = [
  ...['areaId', 'title', 'ownerId', 'dueKind', 'dueOn', 'coOwnerIds', 'partyIds', 'isPublic', 'isConfidential'],
  ...['status', 'reason', 'resumeOn', 'comment', 'sessionId', 'handBack', 'realisation', 'page', 'pageSize', 'open'],
  ...['constructor', 'unknown', 'toString'],
];
const bodies = fc.sample(
  fc.tuple(
    fc.boolean(),
    fc.dictionary(fc.constantFrom(...NAMES), fc.constantFrom<unknown>(...VALUES, ...OTHERS), { maxKeys: 4 }),
  ),
  { numRuns: 2000, seed: 21 },
);
const DTOS: (new () => object)[] = [CreateActionDto, CreateUpdateDto, ChangeActionDto, ActionListDto];

const judged = () =>
  Promise.all(
    bodies.flatMap(([isFilled, body]) =>
      DTOS.map((dto) =>
        validate(plainToInstance(dto, isFilled ? { ...FITTING, ...body } : body), {
          ...{ whitelist: true, forbidNonWhitelisted: true, forbidUnknownValues: true },
        }).then((errors) => errors.map(({ property, constraints }) => [property, constraints])),
      ),
    ),
  );

it('accepts and refuses exactly what class-validator does', async () => {
  const before = await judged();
  keepKnownRules();
  const after = await judged();
  expect(after).toEqual(before);
  expect(before.filter((errors) => errors.length === 0).length).toBeGreaterThan(200);
});
