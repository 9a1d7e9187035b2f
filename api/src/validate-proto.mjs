/**
 * Writes `.cache/validate/buf/validate/validate.proto`, the field rules that the contract imports, from the descriptor
 * inside the npm package `@bufbuild/protovalidate`. buf takes them from its own registry otherwise, which an
 * installation without internet cannot reach. Rule expressions (CEL) are left out: declarations are all buf needs.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { file_buf_validate_validate as file } from '@bufbuild/protovalidate/gen/buf/validate/validate_pb.js';

const TYPES = [
  '',
  'double',
  'float',
  'int64',
  'uint64',
  'int32',
  'fixed64',
  'fixed32',
  'bool',
  'string',
  'group',
  'message',
  'bytes',
  'uint32',
  'enum',
  'sfixed32',
  'sfixed64',
  'sint32',
  'sint64',
];
const LABELS = ['', 'optional', 'required', 'repeated'];

const typeOf = (field) => field.typeName || TYPES[field.type];

function printField(field, indent, inOneof) {
  const label = inOneof ? '' : `${LABELS[field.label]} `;
  return `${indent}${label}${typeOf(field)} ${field.name} = ${field.number};\n`;
}

function printEnum(type, indent) {
  const aliases = type.options?.allowAlias ? `${indent}  option allow_alias = true;\n` : '';
  const values = type.value.map((value) => `${indent}  ${value.name} = ${value.number};\n`).join('');
  return `${indent}enum ${type.name} {\n${aliases}${values}${indent}}\n`;
}

function printMessage(type, indent) {
  const inner = `${indent}  `;
  let text = `${indent}message ${type.name} {\n`;
  for (const nested of type.enumType) text += printEnum(nested, inner);
  for (const nested of type.nestedType) text += printMessage(nested, inner);
  for (const field of type.field.filter((f) => !isInOneof(f))) text += printField(field, inner, false);
  type.oneofDecl.forEach((oneof, index) => {
    const members = type.field.filter((f) => isInOneof(f) && f.oneofIndex === index);
    text += `${inner}oneof ${oneof.name} {\n${members.map((f) => printField(f, `${inner}  `, true)).join('')}${inner}}\n`;
  });
  for (const range of type.extensionRange)
    text += `${inner}extensions ${range.start} to ${range.end > 536870911 ? 'max' : range.end - 1};\n`;
  for (const range of type.reservedRange) text += `${inner}reserved ${range.start} to ${range.end - 1};\n`;
  return `${text}${indent}}\n`;
}

const isInOneof = (field) => field.oneofIndex !== undefined && Object.hasOwn(field, 'oneofIndex');

const { proto } = file;
let text = `syntax = "proto2";\npackage ${proto.package};\n`;
for (const dependency of proto.dependency) text += `import "${dependency}";\n`;
for (const type of proto.enumType) text += printEnum(type, '');
for (const type of proto.messageType) text += printMessage(type, '');
for (const extension of proto.extension)
  text += `extend ${extension.extendee} {\n${printField(extension, '  ', false)}}\n`;

const folder = new URL('../.cache/validate/buf/validate/', import.meta.url);
mkdirSync(folder, { recursive: true });
writeFileSync(new URL('validate.proto', folder), text);
