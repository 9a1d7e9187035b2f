/**
 * A verb is what a feature file exports and what answers with a promise; its first statement asks for permission, with
 * or without keeping the answer. It matches the call by name, so it is a guard and not a proof: the outsider test is
 * the proof. `steps` names what is no verb: parts of verbs and jobs that have asked already.
 */
const isAuthorizeCall = (expression) =>
  expression?.type === 'AwaitExpression' && expression.argument.callee?.name === 'authorize';

const isAuthorize = (statement) =>
  (statement?.type === 'ExpressionStatement' && isAuthorizeCall(statement.expression)) ||
  (statement?.type === 'VariableDeclaration' &&
    statement.declarations.length === 1 &&
    isAuthorizeCall(statement.declarations[0].init));

const FUNCTIONS = new Set(['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression']);

/** Without `async` the annotated type tells, so that a chain of promises is no way around the rule. */
const answersWithPromise = (fn) => fn.async || fn.returnType?.typeAnnotation?.typeName?.name === 'Promise';

/** Functions that a declaration names, each with the node of its name. */
function functionsOf(declaration) {
  if (FUNCTIONS.has(declaration?.type)) return [{ fn: declaration, id: declaration.id }];
  if (declaration?.type !== 'VariableDeclaration') return [];
  return declaration.declarations
    .filter(({ init }) => FUNCTIONS.has(init?.type))
    .map(({ init, id }) => ({ fn: init, id }));
}

const verbsAuthorizeFirst = {
  meta: {
    type: 'problem',
    messages: { missing: '`{{name}}` must start with `await authorize(ctx, …)`.' },
    schema: [{ type: 'object', properties: { steps: { type: 'array', items: { type: 'string' } } } }],
  },
  create(context) {
    const steps = new Set(context.options[0]?.steps);
    const check = ({ fn, id }) => {
      if (steps.has(id?.name) || !answersWithPromise(fn) || isAuthorize(fn.body?.body?.[0])) return;
      context.report({ node: id ?? fn, messageId: 'missing', data: { name: id?.name ?? 'this verb' } });
    };
    return {
      Program({ body }) {
        const declared = body.flatMap(functionsOf);
        for (const statement of body) {
          if (statement.type === 'ExportDefaultDeclaration') functionsOf(statement.declaration).forEach(check);
          if (statement.type !== 'ExportNamedDeclaration' || statement.source) continue;
          functionsOf(statement.declaration).forEach(check);
          const listed = new Set(statement.specifiers.map(({ local }) => local.name));
          declared.filter(({ id }) => listed.has(id?.name)).forEach(check);
        }
      },
    };
  },
};

export default { meta: { name: 'muster' }, rules: { 'verbs-authorize-first': verbsAuthorizeFirst } };
