import type { DescMessage, MessageShape } from '@bufbuild/protobuf';
import { pathToString } from '@bufbuild/protobuf/reflect';
import { createValidator } from '@bufbuild/protovalidate';
import { Refusal } from '../../platform/errors.ts';

const validator = createValidator();

/** Holds a request against the field rules of the contract. Throws `field_invalid` with the first field at fault. */
export function validate<S extends DescMessage>(schema: S, message: MessageShape<S>): void {
  const result = validator.validate(schema, message);
  if (result.kind === 'valid') return;
  if (result.kind === 'error') throw result.error;
  const [violation] = result.violations;
  if (!violation) return;
  const field = pathToString(violation.field);
  throw new Refusal('field_invalid', { field, sentence: `${field}: ${violation.message}.` });
}
