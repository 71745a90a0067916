import ts from 'typescript';
import { commentOf } from './program.mjs';
import { formatOf } from './formats.mjs';

const { TypeFlags } = ts;
const PAGE = 'items,page,pageSize,total';

/** The named models of the responses, as schemas of OpenAPI 3.0, from the return types of the controllers. */
export class Schemas {
  models = {};
  /** Schemas of types that do not say enough. */
  violations = [];
  #checker;
  #typeOfName = new Map();
  #aliases = new Map();
  #enums = new Map();

  constructor(checker, sources) {
    this.#checker = checker;
    for (const source of sources) for (const statement of source.statements) this.#know(statement);
  }

  /** The schema of what an operation returns as JSON; undefined if it returns no object. */
  ofAnswer(type, where) {
    const parts = this.#partsOf(this.#checker.getAwaitedType(type) ?? type);
    const json = parts.filter((part) => part.flags & (TypeFlags.Object | TypeFlags.Intersection) && !isFile(part));
    if (json.length === 0) return undefined;
    const schemas = json.map((part) => this.#ofType(part, { where, name: '' }));
    return schemas.length === 1 ? schemas[0] : { anyOf: schemas };
  }

  /** Collects exported aliases, because the checker does not name an inferred or literal type after its alias. */
  #know(statement) {
    if (!ts.isTypeAliasDeclaration(statement) || statement.typeParameters) return;
    const type = this.#checker.getTypeFromTypeNode(statement.type);
    const symbol = this.#checker.getSymbolAtLocation(statement.name);
    if (isEnum(type)) {
      const key = keyOf(type.types);
      this.#enums.set(key, [...(this.#enums.get(key) ?? []), symbol]);
    } else if (this.#checker.getPropertiesOfType(type).length > 0) this.#aliases.set(type, symbol);
  }

  #partsOf(type) {
    return type.isUnion() ? type.types : [type];
  }

  /** `place` is the property that has this type: its name, its tags and, for messages, its location. */
  #ofType(type, place) {
    const parts = this.#partsOf(type).filter(({ flags }) => !(flags & (TypeFlags.Undefined | TypeFlags.Void)));
    const present = parts.filter(({ flags }) => !(flags & TypeFlags.Null));
    const isNullable = present.length < parts.length;
    const schema = this.#ofPresent(present, place);
    if (!isNullable) return schema;
    if (schema.$ref) {
      const { type: kind = 'object' } = this.models[schema.$ref.split('/').at(-1)] ?? {};
      return { type: kind, nullable: true, allOf: [schema] };
    }
    return { ...schema, nullable: true, ...(schema.enum ? { enum: [...schema.enum, null] } : {}) };
  }

  #ofPresent(parts, place) {
    if (parts.length === 0) return { type: 'object', enum: [] };
    if (parts.every(({ flags }) => flags & TypeFlags.BooleanLiteral)) return ofBooleans(parts);
    if (parts.every(({ flags }) => flags & TypeFlags.StringLiteral)) return this.#ofLiterals(parts, place);
    if (parts.length > 1) {
      const booleans = parts.filter(({ flags }) => flags & TypeFlags.BooleanLiteral);
      const others = parts.filter(({ flags }) => !(flags & TypeFlags.BooleanLiteral));
      const schemas = others.map((part) => this.#ofOne(part, place));
      if (booleans.length > 0) schemas.push(ofBooleans(booleans));
      return schemas.length === 1 ? schemas[0] : { anyOf: schemas };
    }
    return this.#ofOne(parts[0], place);
  }

  #ofOne(type, place) {
    const { flags } = type;
    if (flags & TypeFlags.StringLike || flags & TypeFlags.NumberLike) return formatOf(type, place);
    if (flags & TypeFlags.BooleanLike) return { type: 'boolean' };
    if (flags & (TypeFlags.Unknown | TypeFlags.Any | TypeFlags.NonPrimitive)) return {};
    if (this.#checker.isArrayType(type) || this.#checker.isTupleType(type)) {
      const [item] = this.#checker.getTypeArguments(type);
      return { type: 'array', items: this.#ofType(item, { ...place, name: place.name.replace(/s$/, '') }) };
    }
    if (type.symbol?.name === 'Date') return { type: 'string', format: 'date-time' };
    return this.#ofObject(type, place);
  }

  #ofLiterals(parts, { node }) {
    const names = this.#enums.get(keyOf(parts)) ?? [];
    const schema = { type: 'string', enum: this.#inOrder(parts, names[0]?.declarations[0].type ?? node) };
    if (names.length !== 1 || parts.length < 2) return schema;
    const name = commentOf(names[0], this.#checker).tags.schema ?? names[0].name;
    return this.#named(name, keyOf(parts), () => ({ ...schema, ...this.#about(names[0]) }));
  }

  /** In the order of the tuple or union that declares them, else alphabetically: the checker's own order is arbitrary. */
  #inOrder(parts, node) {
    const values = parts.map(({ value }) => value).sort();
    const declared = node ? this.#declaredIn(node).map(({ value }) => value) : [];
    return [...new Set([...declared.filter((value) => values.includes(value)), ...values])];
  }

  #declaredIn(node) {
    if (ts.isUnionTypeNode(node)) return node.types.flatMap((part) => this.#declaredIn(part));
    const isIndexed = ts.isIndexedAccessTypeNode(node);
    const type = this.#checker.getTypeFromTypeNode(isIndexed ? node.objectType : node);
    if (isIndexed) return this.#checker.isTupleType(type) ? this.#checker.getTypeArguments(type) : [];
    return type.flags & TypeFlags.StringLiteral ? [type] : [];
  }

  #ofObject(type, place) {
    const properties = inOrderOfSource(this.#checker.getPropertiesOfType(type));
    const index = this.#checker.getIndexInfoOfType(type, ts.IndexKind?.String ?? 0)?.type;
    const symbol = this.#symbolOf(type);
    const isPage =
      properties
        .map(({ name }) => name)
        .sort()
        .join() === PAGE;
    if (isPage) return this.#ofPage(type, properties, place);
    const make = () => this.#ofProperties(properties, index, place);
    if (!symbol) return make();
    const { tags } = commentOf(symbol, this.#checker);
    const name = tags.schema ?? symbol.name.replace(/View$/, '');
    return this.#named(name, type, () => ({ ...this.#about(symbol), ...make() }));
  }

  #ofPage(type, properties, place) {
    const items = this.#checker.getTypeOfSymbol(properties.find(({ name }) => name === 'items'));
    const { items: item } = this.#ofType(items, place);
    const name = [item, ...(item.anyOf ?? [])]
      .find(({ $ref }) => $ref)
      ?.$ref.split('/')
      .at(-1);
    if (!name) {
      this.violations.push(`${place.where}: the items of this list have no name.`);
      return this.#ofProperties(properties, undefined, place);
    }
    return this.#named(`${name}Page`, `${name}Page`, () => ({
      ...this.#ofProperties(properties, undefined, place),
      description: 'A page of a list; `total` counts the items of all pages.',
    }));
  }

  #ofProperties(properties, index, { where, tags = {} }) {
    const inherited = tags.format ? { format: tags.format } : {};
    const schema = { type: 'object', required: [], properties: {} };
    for (const property of properties) {
      const type = this.#checker.getTypeOfSymbol(property);
      const { text, tags: own } = commentOf(property, this.#checker);
      const place = { where: `${where}.${property.name}`, name: property.name, tags: { ...inherited, ...own } };
      place.node = property.declarations?.[0].type;
      const made = this.#ofType(type, place);
      if (!(property.flags & ts.SymbolFlags.Optional)) schema.required.push(property.name);
      schema.properties[property.name] = withDescription(withExample(made, own.example), text);
    }
    if (schema.required.length === 0) delete schema.required;
    if (index) {
      schema.additionalProperties = this.#ofType(index, { where, name: '' });
      if (properties.length === 0) delete schema.properties;
    }
    return schema;
  }

  #symbolOf(type) {
    const known = type.aliasSymbol && !type.aliasTypeArguments ? type.aliasSymbol : this.#aliases.get(type);
    if (known) return known;
    const isDeclared = (type.symbol?.flags ?? 0) & (ts.SymbolFlags.Interface | ts.SymbolFlags.Class);
    return isDeclared && !this.#checker.getTypeArguments?.(type).length ? type.symbol : undefined;
  }

  #about(symbol) {
    const { text } = commentOf(symbol, this.#checker);
    return text ? { description: text } : {};
  }

  #named(name, identity, make) {
    const $ref = `#/components/schemas/${name}`;
    if (!this.#typeOfName.has(name)) {
      this.#typeOfName.set(name, identity);
      this.models[name] = make();
    } else if (this.#typeOfName.get(name) !== identity) {
      const known = JSON.stringify(this.models[name]);
      if (known !== JSON.stringify(make()))
        this.violations.push(`Two models are named ${name}: give one a @schema tag.`);
    }
    return { $ref };
  }
}

/** Mapped types have their properties in the order of a union, which is arbitrary. */
function inOrderOfSource(properties) {
  const parentOf = ({ declarations }) => declarations?.[0].parent;
  const parents = [...new Set(properties.map(parentOf))];
  return [...properties].sort(
    (a, b) =>
      parents.indexOf(parentOf(a)) - parents.indexOf(parentOf(b)) ||
      (a.declarations && b.declarations
        ? a.declarations[0].pos - b.declarations[0].pos
        : a.name.localeCompare(b.name, 'en')),
  );
}

const isFile = ({ symbol }) => symbol?.name === 'StreamableFile' || symbol?.name === 'Buffer';
const isEnum = (type) => type.isUnion() && type.types.every(({ flags }) => flags & TypeFlags.StringLiteral);
const keyOf = (types) =>
  types
    .map(({ value }) => value)
    .sort()
    .join();

const ofBooleans = (parts) =>
  parts.length === 2 ? { type: 'boolean' } : { type: 'boolean', enum: [parts[0].intrinsicName === 'true'] };

/** The text of the `@example` in a comment. */
const withExample = (schema, said) =>
  said === undefined ? schema : { ...schema, example: schema.type === 'integer' ? Number(said) : said };

/** In OpenAPI 3.0 a reference may have no siblings. */
function withDescription(schema, description) {
  if (!description) return schema;
  return schema.$ref ? { allOf: [schema], description } : { ...schema, description };
}
