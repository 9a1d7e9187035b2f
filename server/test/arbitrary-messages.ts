import { create, toBinary } from '@bufbuild/protobuf';
import type { DescField, DescMessage } from '@bufbuild/protobuf';
import fc from 'fast-check';

/** Texts that have broken servers before: empty, long, of other alphabets, of no alphabet, and in the syntax of something. */
const HOSTILE = [
  '',
  ' ',
  '\0',
  'a\0b',
  '\u202Eevil',
  '\uD800',
  '\u0007',
  "' or 1=1 --",
  '%',
  '\\',
  '../../etc/passwd',
  'projects/../projects/x',
  'organizations/',
  'projects/%00',
  '${jndi:ldap://x}',
  '<script>alert(1)</script>',
  'é'.repeat(200),
  '👩‍🚀'.repeat(60),
  'x'.repeat(5000),
  '\n'.repeat(50),
  'NaN',
  '9'.repeat(400),
  'a.b',
  '00000000-0000-0000-0000-000000000000',
];

const text = (known: readonly string[]): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...HOSTILE) },
    { weight: 4, arbitrary: fc.constantFrom(...known) },
    { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
    {
      weight: 2,
      arbitrary: fc.tuple(fc.constantFrom(...known), fc.constantFrom(...HOSTILE)).map((two) => two.join('')),
    },
  );

const wildNumber = (): fc.Arbitrary<unknown> =>
  fc.oneof(
    fc.constantFrom<unknown>(
      0,
      -1,
      1,
      2 ** 31 - 1,
      2 ** 31,
      -(2 ** 31),
      2 ** 53,
      1e308,
      0.5,
      '9223372036854775807',
      'NaN',
      '-1',
    ),
    fc.integer(),
  );

/** A value of the shape that a field has in JSON; now and then of another shape. */
function jsonValue(field: DescField, known: readonly string[]): fc.Arbitrary<unknown> {
  const right = (): fc.Arbitrary<unknown> => {
    if (field.fieldKind === 'message')
      return field.message.typeName.startsWith('muster.')
        ? jsonMessage(field.message, known)
        : fc.constantFrom<unknown>('title', 'title,description', 'owner', '2026-01-01T00:00:00Z', '', 'a..b', 7);
    if (field.fieldKind === 'list') return fc.array(text(known), { maxLength: 40 });
    if (field.fieldKind === 'enum')
      return fc.oneof(fc.integer(), fc.constantFrom(...field.enum.values.map(({ name }) => name)));
    if (field.fieldKind === 'scalar' && field.scalar === 9) return text(known);
    if (field.fieldKind === 'scalar' && field.scalar === 8) return fc.boolean();
    return wildNumber();
  };
  return fc.oneof({ weight: 9, arbitrary: right() }, { weight: 1, arbitrary: fc.jsonValue() });
}

/** A JSON message with the fields of the contract and wild values. */
export const jsonMessage = (message: DescMessage, known: readonly string[]): fc.Arbitrary<object> =>
  fc.record(Object.fromEntries(message.fields.map((field) => [field.jsonName, jsonValue(field, known)])), {
    requiredKeys: [],
  });

/** Bytes: a message of the contract with wild texts, cut, changed or grown here and there; or noise. */
export function protobufBytes(message: DescMessage, known: readonly string[]): fc.Arbitrary<Uint8Array<ArrayBuffer>> {
  const valid = fc
    .record(Object.fromEntries(message.fields.filter(isText).map((field) => [field.localName, text(known)])), {
      requiredKeys: [],
    })
    .map((fields) => toBinary(message, Object.assign(create(message), fields)));
  const broken = fc
    .tuple(valid, fc.array(fc.tuple(fc.nat(200), fc.nat(255)), { maxLength: 4 }), fc.nat(200))
    .map(([bytes, changes, cut]) => {
      const copy = bytes.slice(0, Math.max(1, bytes.length - (cut % 7)));
      for (const [at, value] of changes) if (at < copy.length) copy[at] = value;
      return copy;
    });
  const grown = fc
    .tuple(valid, fc.uint8Array({ maxLength: 12 }))
    .map(([bytes, more]) => new Uint8Array([...bytes, ...more]));
  return fc.oneof(valid, broken, grown, fc.uint8Array({ maxLength: 80 })).map((bytes) => Uint8Array.from(bytes));
}

const isText = (field: DescField): boolean => field.fieldKind === 'scalar' && field.scalar === 9;
