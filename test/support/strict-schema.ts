type Schema = Record<string, unknown>;

/** A schema of OpenAPI 3.0 as JSON Schema that allows only the described fields in an object. */
export function strictly(schema: unknown): Schema {
  const { nullable, example: _, ...rest } = schema as Schema;
  if (rest.$ref) return { $ref: String(rest.$ref).replace('#/components/schemas/', 'document#/definitions/') };
  const made = ofParts(rest);
  if (!nullable) return made;
  if (rest.allOf || !rest.type) return { anyOf: [{ type: 'null' }, made] };
  return { ...made, type: [rest.type, 'null'] };
}

function ofParts(schema: Schema): Schema {
  const made = { ...schema };
  for (const key of ['anyOf', 'allOf', 'oneOf']) if (schema[key]) made[key] = (schema[key] as unknown[]).map(strictly);
  if (schema.allOf) delete made.type;
  if (schema.items) made.items = strictly(schema.items);
  if (schema.properties) {
    const properties = Object.entries(schema.properties as Schema);
    made.properties = Object.fromEntries(properties.map(([name, part]) => [name, strictly(part)]));
    made.additionalProperties = false;
  }
  if (schema.additionalProperties)
    made.additionalProperties = schema.additionalProperties === true || strictly(schema.additionalProperties);
  return made;
}
