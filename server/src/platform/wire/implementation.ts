import type { DescService, MessageInitShape, MessageShape } from '@bufbuild/protobuf';
import type { Context } from '../context.ts';

/** How a feature answers a service of the contract: one function a method, from message to message. A missing one is a type error. */
export type ServiceOf<S extends DescService> = {
  readonly [K in keyof S['method']]: (
    ctx: Context,
    request: MessageShape<S['method'][K]['input']>,
  ) => Promise<MessageInitShape<S['method'][K]['output']>>;
};
