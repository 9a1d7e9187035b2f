import type { DescField, DescMessage, MessageShape } from '@bufbuild/protobuf';
import { isReflectMessage, pathToString, reflect } from '@bufbuild/protobuf/reflect';
import type { ReflectMessage } from '@bufbuild/protobuf/reflect';
import { createValidator } from '@bufbuild/protovalidate';
import { Refusal } from '../../platform/errors.ts';

const patterns = new Map<string, RegExp>();

/**
 * The patterns of the contract run on the expressions of JavaScript, which are compiled to machine code. They are our
 * own and have no nested repetition, so that no text makes them slow. A dot takes ends of lines too, unlike in RE2:
 * they are refused by the verbs.
 */
function matches(pattern: string, text: string): boolean {
  const known = patterns.get(pattern) ?? new RegExp(pattern, 'su');
  patterns.set(pattern, known);
  return known.test(text);
}

const validator = createValidator({ regexMatch: matches });

/**
 * Holds a request against the field rules of the contract. Throws `unknown_field`, `text_invalid` or `field_invalid`
 * with the first field at fault.
 */
export function validate<S extends DescMessage>(schema: S, message: MessageShape<S>): void {
  requireReadable(reflect(schema, message), '');
  const result = validator.validate(schema, message);
  if (result.kind === 'valid') return;
  if (result.kind === 'error') throw result.error;
  const [violation] = result.violations;
  if (!violation) return;
  const field = pathToString(violation.field);
  throw new Refusal('field_invalid', { field, sentence: `${field}: ${violation.message}.` });
}

/**
 * What no field rule says, because it holds for every field: the binary form brings no field that the contract does not
 * have (the JSON form is refused while it is read), and no text has a NUL or half a character, which no database keeps.
 */
function requireReadable(message: ReflectMessage, path: string): void {
  const [unknown] = message.getUnknown() ?? [];
  if (unknown) throw new Refusal('unknown_field', { field: `${path}${unknown.no}` });
  for (const field of message.desc.fields) {
    if (message.isSet(field)) requireReadableField(message, field, `${path}${field.name}`);
  }
}

function requireReadableField(message: ReflectMessage, field: DescField, path: string): void {
  if (field.fieldKind === 'message' || field.fieldKind === 'scalar') requireReadableValue(message.get(field), path);
  else if (field.fieldKind === 'list')
    for (const [index, item] of [...message.get(field)].entries()) requireReadableValue(item, `${path}[${index}]`);
  else if (field.fieldKind === 'map')
    for (const [key, value] of message.get(field)) {
      requireReadableValue(key, path);
      requireReadableValue(value, `${path}[...]`);
    }
}

function requireReadableValue(value: unknown, path: string): void {
  if (isReflectMessage(value)) requireReadable(value, `${path}.`);
  else if (typeof value === 'string' && (value.includes('\0') || !value.isWellFormed()))
    throw new Refusal('text_invalid', { field: path });
}
