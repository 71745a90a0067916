import ts from 'typescript';

const STATUS_OF = {
  BadRequestException: 400,
  ForbiddenException: 403,
  NotFoundException: 404,
  NotAcceptableException: 406,
  ConflictException: 409,
  PayloadTooLargeException: 413,
  PreconditionFailedException: 412,
  UnauthorizedException: 401,
  UnsupportedMediaTypeException: 415,
  ServiceUnavailableException: 503,
};

/** The problems that the code reachable from an operation can return, found from the calls that create them. */
export class Problems {
  /** Codes that cannot be derived from the types. */
  violations = [];
  /** What each code means: the detail at its first occurrence, if that is a constant. */
  details = {};
  #checker;
  #known = new Map();

  constructor(checker) {
    this.#checker = checker;
  }

  /** The codes by status from everything a method calls, including its pipes. */
  of(method) {
    const seen = new Set([method]);
    const codes = {};
    for (const node of seen) {
      const { own, calls } = this.#read(node);
      for (const { status, code } of own) (codes[status] ??= new Set()).add(code);
      for (const called of calls) seen.add(called);
    }
    return Object.fromEntries(Object.entries(codes).map(([status, found]) => [status, [...found].sort()]));
  }

  #read(root) {
    const known = this.#known.get(root);
    if (known) return known;
    const read = { own: [], calls: new Set() };
    this.#known.set(root, read);
    const visit = (node) => {
      if (ts.isIdentifier(node)) for (const called of this.#calledBy(node)) read.calls.add(called);
      if (ts.isCallExpression(node)) read.own.push(...this.#ofCall(node));
      if (ts.isNewExpression(node)) read.own.push(...this.#ofException(node, node.expression.text));
      if (!ts.isTypeNode(node)) node.forEachChild(visit);
    };
    root.forEachChild(visit);
    return read;
  }

  /** The functions behind a name: the function itself, the value of a constant, or the method of a pipe. */
  #calledBy(name) {
    let symbol = this.#checker.getSymbolAtLocation(name);
    if (symbol && symbol.flags & ts.SymbolFlags.Alias) symbol = this.#checker.getAliasedSymbol(symbol);
    return (symbol?.declarations ?? []).flatMap((declaration) => {
      if (!declaration.getSourceFile().fileName.includes('/src/')) return [];
      if (ts.isFunctionLike(declaration) && declaration.body) return [declaration];
      if (ts.isVariableDeclaration(declaration) && declaration.initializer) return [declaration];
      if (!ts.isClassDeclaration(declaration)) return [];
      return declaration.members.filter(
        (member) => ts.isConstructorDeclaration(member) || member.name?.text === 'transform',
      );
    });
  }

  #ofCall(call) {
    const { expression, arguments: given } = call;
    const name = expression.name?.text ?? expression.text;
    if (name === 'conflict') return this.#named(409, given[0], given[1], call);
    if (/^(findOne\w*|lockOne)OrFail$|^lockOne$/.test(name ?? '')) return [{ status: 404, code: 'NOT_FOUND' }];
    if (expression.kind !== ts.SyntaxKind.SuperKeyword) return [];
    const extended = call.parent?.parent?.parent?.parent?.heritageClauses?.[0]?.types[0].expression.text;
    return extended ? this.#ofException(call, extended) : [];
  }

  #ofException({ arguments: given = [], ...call }, name) {
    const options = given.at(-1);
    if (!options || !ts.isObjectLiteralExpression(options)) return [];
    const property = options.properties.find((one) => one.name?.text === 'errorCode');
    if (!property || !ts.isPropertyAssignment(property)) return [];
    const status = name === 'HttpException' ? Number(given[1]?.text) : STATUS_OF[name];
    return status ? this.#named(status, property.initializer, given[0], call) : [];
  }

  #named(status, code, detail) {
    const isSpread = ts.isSpreadElement(code);
    let type = this.#checker.getTypeAtLocation(isSpread ? code.expression : code);
    if (isSpread) type = this.#checker.getTypeArguments(type)[0];
    const parts = type.isUnion() ? type.types : [type];
    if (!parts.every((part) => part.isStringLiteral())) {
      const { line } = code.getSourceFile().getLineAndCharacterOfPosition(code.pos);
      this.violations.push(`${code.getSourceFile().fileName}:${line + 1}: the type of this code tells no values.`);
      return [];
    }
    for (const { value } of parts) if (detail && ts.isStringLiteralLike(detail)) this.details[value] ??= detail.text;
    return parts.map(({ value }) => ({ status, code: value }));
  }
}
