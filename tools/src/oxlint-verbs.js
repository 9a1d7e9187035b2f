/**
 * A verb is an exported async function of a feature file; its first statement asks for permission, with or without
 * keeping the answer. It matches the call by name, so it is a guard and not a proof: the outsider test is the proof.
 */
const isAuthorizeCall = (expression) =>
  expression?.type === 'AwaitExpression' && expression.argument.callee?.name === 'authorize';

const isAuthorize = (statement) =>
  (statement?.type === 'ExpressionStatement' && isAuthorizeCall(statement.expression)) ||
  (statement?.type === 'VariableDeclaration' &&
    statement.declarations.length === 1 &&
    isAuthorizeCall(statement.declarations[0].init));

const verbsAuthorizeFirst = {
  meta: { type: 'problem', messages: { missing: '`{{name}}` must start with `await authorize(ctx, …)`.' } },
  create(context) {
    const check = (fn, id) => {
      if (!fn?.async || isAuthorize(fn.body.body?.[0])) return;
      context.report({ node: id ?? fn, messageId: 'missing', data: { name: id?.name ?? 'this verb' } });
    };
    return {
      ExportNamedDeclaration({ declaration }) {
        if (declaration?.type === 'FunctionDeclaration') check(declaration, declaration.id);
        if (declaration?.type === 'VariableDeclaration')
          for (const { init, id } of declaration.declarations)
            if (init?.type === 'ArrowFunctionExpression' || init?.type === 'FunctionExpression') check(init, id);
      },
    };
  },
};

export default { meta: { name: 'muster' }, rules: { 'verbs-authorize-first': verbsAuthorizeFirst } };
