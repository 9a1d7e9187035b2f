import { ScalarType, toJson } from '@bufbuild/protobuf';
import type { DescField, DescMessage, JsonValue, MessageShape } from '@bufbuild/protobuf';

const LONG = new Set<ScalarType>([
  ScalarType.INT64,
  ScalarType.UINT64,
  ScalarType.SINT64,
  ScalarType.FIXED64,
  ScalarType.SFIXED64,
]);

/**
 * A message as JSON for scripts: names of the protobuf JSON mapping, every plain field there, and 64-bit numbers as
 * numbers while a double holds them exactly (they are text in the mapping itself).
 */
export const messageJson = <S extends DescMessage>(schema: S, message: MessageShape<S>): JsonValue =>
  withNumbers(schema, toJson(schema, message, { alwaysEmitImplicit: true }));

function withNumbers(schema: DescMessage, json: JsonValue): JsonValue {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return json;
  const entries = Object.entries(json).map(([name, value]): [string, JsonValue] => {
    const field = schema.fields.find((candidate) => candidate.jsonName === name);
    return [name, field ? fieldWithNumbers(field, value) : value];
  });
  return Object.fromEntries(entries);
}

function fieldWithNumbers(field: DescField, value: JsonValue): JsonValue {
  if (field.fieldKind === 'list' && Array.isArray(value)) {
    const { message } = field;
    return message ? value.map((item) => withNumbers(message, item)) : value;
  }
  if (field.fieldKind === 'message') return withNumbers(field.message, value);
  return field.fieldKind === 'scalar' && LONG.has(field.scalar) && typeof value === 'string' ? asNumber(value) : value;
}

const asNumber = (text: string): JsonValue => (Number.isSafeInteger(Number(text)) ? Number(text) : text);
