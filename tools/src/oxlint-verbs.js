/**
 * A verb is what a feature file exports and what answers with a promise; its first statement asks for permission, with
 * or without keeping the answer. What a file exports must show whether it is one: a function that is async or says what
 * it answers, or a plain value. The rule reads one file at a time, so it is a guard and not a proof: the outsider test
 * is the proof. `steps` names what is no verb: parts of verbs and jobs that have asked already.
 */
const AUTHORIZE = /(^|\/)platform\/access\/authorize\.ts$/;
const FUNCTIONS = new Set(['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression']);
const CLASSES = new Set(['ClassDeclaration', 'ClassExpression']);
const WRAPPERS = new Set([
  'TSAsExpression',
  'TSSatisfiesExpression',
  'TSNonNullExpression',
  'TSTypeAssertion',
  'ParenthesizedExpression',
]);
/** What a value can be made of without hiding a function. */
const PLAIN = new Set(['Literal', 'TemplateLiteral', 'TemplateElement', 'UnaryExpression', 'BinaryExpression']);
const SYNCHRONOUS = new Set(['Set', 'Map', 'RegExp', 'URL', 'Date']);

const unwrap = (node) => (WRAPPERS.has(node?.type) ? unwrap(node.expression) : node);

/** Every node below one, itself included. */
function* nodesIn(node) {
  if (Array.isArray(node)) for (const item of node) yield* nodesIn(item);
  else if (typeof node?.type === 'string') {
    yield node;
    for (const [key, value] of Object.entries(node))
      if (key !== 'parent' && typeof value === 'object' && value !== null) yield* nodesIn(value);
  }
}

function isAuthorizeCall(expression, ctx) {
  const call = expression?.type === 'AwaitExpression' ? expression.argument : null;
  return call?.type === 'CallExpression' && call.callee.name === 'authorize' && call.arguments[0]?.name === ctx;
}

function asksFirst(fn) {
  const [parameter] = fn.params;
  const [statement] = fn.body?.body ?? [];
  if (parameter?.type !== 'Identifier') return false;
  if (statement?.type === 'ExpressionStatement') return isAuthorizeCall(statement.expression, parameter.name);
  return (
    statement?.type === 'VariableDeclaration' &&
    statement.declarations.length === 1 &&
    isAuthorizeCall(statement.declarations[0].init, parameter.name)
  );
}

/** Whether a type has a promise in it, also by the name that this file gives one. */
function mentionsPromise(type, aliases) {
  for (const node of nodesIn(type)) {
    if (node.type !== 'Identifier') continue;
    if (/Promise|Thenable|^Async/.test(node.name)) return true;
    const alias = aliases.get(node.name);
    if (alias && mentionsPromise(alias, new Map([...aliases].filter(([name]) => name !== node.name)))) return true;
  }
  return false;
}

function isPlain(node) {
  const value = unwrap(node);
  if (!value || PLAIN.has(value.type)) return true;
  if (value.type === 'ArrayExpression') return value.elements.every(isPlain);
  if (value.type === 'ObjectExpression')
    return value.properties.every((property) => property.type === 'Property' && isPlain(property.value));
  return value.type === 'NewExpression' && SYNCHRONOUS.has(value.callee.name) && value.arguments.every(isPlain);
}

/** What a statement declares: pairs of a name and what it stands for. */
function declared(statement) {
  const declaration = statement.declaration ?? statement;
  if (declaration.type === 'VariableDeclaration')
    return declaration.declarations.map(({ id, init }) => ({ id, value: unwrap(init) }));
  return FUNCTIONS.has(declaration.type) || CLASSES.has(declaration.type)
    ? [{ id: declaration.id, value: declaration }]
    : [];
}

const isAnotherAuthorize = (node) =>
  (node.type === 'VariableDeclarator' && [...nodesIn(node.id)].some(({ name }) => name === 'authorize')) ||
  (FUNCTIONS.has(node.type) &&
    [node.id, ...node.params].some((part) => [...nodesIn(part)].some(({ name }) => name === 'authorize')));

/** Whether a member of a class may be a verb: a method, or a property that holds a function. */
const mayAnswerLater = ({ kind, value }, aliases) =>
  FUNCTIONS.has(value?.type) &&
  kind !== 'constructor' &&
  (value.async || !value.returnType || mentionsPromise(value.returnType, aliases));

const verbsAuthorizeFirst = {
  meta: {
    type: 'problem',
    messages: {
      missing: '`{{name}}` must start with `await authorize(ctx, …)`.',
      other: '`authorize` must be the one of platform/access/authorize.ts, and nothing else here may have its name.',
      hidden: '`{{name}}` must be a function or a plain value, so that it is seen whether it asks first.',
      silent: '`{{name}}` must be async or say what it answers, so that it is seen whether it asks first.',
      passed: 'What another file holds is exported by index.ts, and not by a verb.',
    },
    schema: [{ type: 'object', properties: { steps: { type: 'array', items: { type: 'string' } } } }],
  },
  create(context) {
    const steps = new Set(context.options[0]?.steps);
    const report = (node, messageId, name = 'this verb') => context.report({ node, messageId, data: { name } });

    function check({ id, value }, scope) {
      const name = id?.name;
      if (steps.has(name)) return;
      if (value?.type === 'Identifier' && scope.values.has(value.name))
        check({ id: id ?? value, value: scope.values.get(value.name) }, scope);
      else if (CLASSES.has(value?.type)) {
        if (value.body.body.some((member) => mayAnswerLater(member, scope.aliases)))
          report(id ?? value, 'hidden', name);
      } else if (!FUNCTIONS.has(value?.type)) {
        if (!isPlain(value)) report(id ?? value, 'hidden', name);
      } else if (!value.async && !value.returnType) report(id ?? value, 'silent', name);
      else if (value.async || mentionsPromise(value.returnType, scope.aliases)) {
        if (!asksFirst(value)) report(id ?? value, 'missing', name);
        else if (!scope.imported) report(id ?? value, 'other');
      }
    }

    return {
      Program({ body }) {
        const names = body.flatMap(declared);
        const others = [...nodesIn(body)].filter(isAnotherAuthorize);
        others.forEach((node) => report(node, 'other'));
        const scope = {
          values: new Map(names.map(({ id, value }) => [id?.name, value])),
          aliases: new Map(
            body
              .map((statement) => statement.declaration ?? statement)
              .filter(({ type }) => type === 'TSTypeAliasDeclaration')
              .map(({ id, typeAnnotation }) => [id.name, typeAnnotation]),
          ),
          imported:
            others.length > 0 ||
            body.some(
              ({ type, source, specifiers }) =>
                type === 'ImportDeclaration' &&
                AUTHORIZE.test(source.value) &&
                specifiers.some(({ local, imported }) => local.name === 'authorize' && imported?.name === 'authorize'),
            ),
        };
        for (const statement of body) {
          if (statement.exportKind === 'type') continue;
          if (
            statement.type === 'ExportAllDeclaration' ||
            (statement.type === 'ExportNamedDeclaration' && statement.source)
          )
            report(statement, 'passed');
          else if (statement.type === 'ExportDefaultDeclaration') {
            const value = unwrap(statement.declaration);
            check({ id: value.id ?? null, value }, scope);
          } else if (statement.type === 'ExportNamedDeclaration') {
            declared(statement).forEach((entry) => check(entry, scope));
            for (const { local, exportKind } of statement.specifiers)
              if (exportKind !== 'type' && scope.values.has(local.name))
                check({ id: local, value: scope.values.get(local.name) }, scope);
          }
        }
      },
    };
  },
};

export default { meta: { name: 'muster' }, rules: { 'verbs-authorize-first': verbsAuthorizeFirst } };
