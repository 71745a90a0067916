import type { ApiPropertyOptions } from '@nestjs/swagger';
import { defaultMetadataStorage } from 'class-transformer/cjs/storage.js';
import type { ValidationMetadata } from 'class-validator/types/metadata/ValidationMetadata.js';

type Options = Record<string, unknown>;

/** The JSON Schema of one validation rule. */
function ruleSchema(rule: ValidationMetadata): Options {
  const [first, second] = (rule.constraints ?? []) as [unknown, unknown];
  switch (rule.name) {
    case 'isText':
      return { type: 'string', minLength: first, maxLength: second };
    case 'isUuid':
      return { type: 'string', format: 'uuid' };
    case 'isCalendarDate':
      return { type: 'string', format: 'date' };
    case 'isMailAddress':
      return { type: 'string', format: 'email' };
    case 'isMoment':
      return { type: 'string', format: 'date-time' };
    case 'equals':
      return { type: typeof first, enum: [first] };
    case 'isLocalTime':
      return { type: 'string', pattern: '^([01]\\d|2[0-3]):[0-5]\\d$' };
    case 'matches':
      return { type: 'string', pattern: (first as RegExp).source };
    case 'isIn':
      return { type: 'string', enum: first };
    case 'isInt':
      return { type: 'integer' };
    case 'isNumber':
      return { type: 'number' };
    case 'isBoolean':
      return { type: 'boolean' };
    case 'isObject':
      return { type: 'object', additionalProperties: true };
    case 'min':
      return { minimum: first };
    case 'max':
      return { maximum: first };
    case 'arrayMaxSize':
      return { isArray: true, maxItems: first };
    case 'arrayMinSize':
      return { isArray: true, minItems: first };
    case 'arrayUnique':
      return { isArray: true, uniqueItems: true };
    case 'isArray':
      return { isArray: true };
    default:
      return {};
  }
}

/** A conditionally validated field is optional; if only null skips validation, it is nullable. */
function conditionSchema(rule: ValidationMetadata): Options {
  const [applies] = rule.constraints as [(object: object, value: unknown) => boolean];
  return { required: false, ...(applies({}, 'a value') && !applies({}, null) ? { nullable: true } : {}) };
}

/** The fields of a DTO with their schemas, derived from its validation rules. */
export function describeInput(target: new () => object, rules: ValidationMetadata[]): Map<string, ApiPropertyOptions> {
  const fields = new Map<string, Options>();
  for (const rule of rules) {
    if (rule.target !== target) continue;
    const field = fields.get(rule.propertyName) ?? { required: true };
    if (rule.type === 'conditionalValidation') Object.assign(field, conditionSchema(rule));
    Object.assign(field, ruleSchema(rule), rule.each ? { isArray: true } : {});
    if (rule.type === 'nestedValidation') {
      field.type = defaultMetadataStorage.findTypeMetadata(target, rule.propertyName)?.typeFunction();
    }
    fields.set(rule.propertyName, field);
  }
  for (const field of fields.values()) field.type ??= 'string';
  return fields as Map<string, ApiPropertyOptions>;
}
