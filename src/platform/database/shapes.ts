import { getMetadataArgsStorage } from 'typeorm';
import type { Shape } from './rows.js';

type Entity = abstract new () => object;

const KINDS: Record<string, Shape[string]> = { boolean: 'boolean', 'simple-json': 'json' };
const known = new Map<Entity, Shape>();

/**
 * How to convert raw rows with columns of this entity under their own names: flags and JSON, as the entity declares
 * them (integers arrive as numbers on both databases). Columns that a query computes are added: `{ ...shapeOf(Action),
 * isKnown: 'boolean' }`.
 */
export function shapeOf(entity: Entity): Shape {
  let shape = known.get(entity);
  if (!shape) known.set(entity, (shape = declaredBy(entity)));
  return shape;
}

type Nullable<T> = { [Field in keyof T]: null extends T[Field] ? Field : never }[keyof T];
/** A row of an entity from which columns that are null may be left out. */
export type RowWithoutNulls<T> = Omit<T, Nullable<T>> & Partial<Pick<T, Nullable<T>>>;

const nulls = new Map<Entity, object>();

/** The whole row: what was left out is null. */
export function withNulls<T extends object>(entity: new () => T, row: RowWithoutNulls<T>): T {
  let empty = nulls.get(entity);
  if (!empty) {
    const nullable = columnsOf(entity).filter(({ options }) => options.nullable);
    nulls.set(entity, (empty = Object.fromEntries(nullable.map(({ propertyName }) => [propertyName, null]))));
  }
  return { ...empty, ...row } as T;
}

/** SQL for every column of an entity, each under its own name: `g."id", g."areaId", …`. */
export const selectOf = (entity: Entity, alias: string): string =>
  columnsOf(entity)
    .map(({ propertyName }) => `${alias}."${propertyName}"`)
    .join(', ');

/** The columns in which people may have written: prose, JSON, and lines of at least 100 characters. */
export const textsOf = (entity: Entity): string[] => writtenColumns(entity).map(({ propertyName }) => propertyName);

/** Of those, the ones that may be empty. */
export const optionalTextsOf = (entity: Entity): string[] =>
  writtenColumns(entity)
    .filter(({ options }) => options.nullable)
    .map(({ propertyName }) => propertyName);

const writtenColumns = (entity: Entity) =>
  columnsOf(entity).filter(
    ({ options }) => ['text', 'simple-json'].includes(String(options.type)) || Number(options.length) >= 100,
  );

const columnsOf = (entity: Entity) => getMetadataArgsStorage().columns.filter(({ target }) => inherits(entity, target));

function declaredBy(entity: Entity): Shape {
  return Object.fromEntries(
    columnsOf(entity).flatMap(({ propertyName, options }) => {
      const kind = KINDS[String(options.type)];
      return kind ? [[propertyName, kind]] : [];
    }),
  );
}

const inherits = (entity: Entity, target: unknown): boolean =>
  entity === target || (typeof target === 'function' && entity.prototype instanceof target);
