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

function declaredBy(entity: Entity): Shape {
  const columns = getMetadataArgsStorage().columns.filter(({ target }) => inherits(entity, target));
  return Object.fromEntries(
    columns.flatMap(({ propertyName, options }) => {
      const kind = KINDS[String(options.type)];
      return kind ? [[propertyName, kind]] : [];
    }),
  );
}

const inherits = (entity: Entity, target: unknown): boolean =>
  entity === target || (typeof target === 'function' && entity.prototype instanceof target);
