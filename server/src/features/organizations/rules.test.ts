import { describe, expect, it } from 'vitest';
import { slugProblem } from './rules.ts';

const RESERVED = (
  'about account admin api app assets auth avatar billing blog callback cdn console contact cr create dashboard dev ' +
  'device devices docs download downloads error events explore favicon files grpc guest health healthz help home image ' +
  'images internal invitations invite legal login logout mail me metrics muster new null oauth oidc openapi ' +
  'organization organizations orgs pricing privacy profile project projects public registry root s3 saml scim search ' +
  'security session sessions settings share sign-in sign-out sign-up signin signout signup static status storage ' +
  'support system team teams terms test tests token tokens undefined user users v1 v2 v3 web webhook webhooks ' +
  'well-known ws www new-organization instance readyz uploads'
).split(' ');

describe('the slug of an organization', () => {
  it.each([['abc'], ['a-b'], ['acme-robotics-2'], ['2fast'], ['a'.repeat(40)], ['1-2']])('may be %s', (slug) => {
    expect(slugProblem(slug)).toBeNull();
  });

  it.each([
    [''],
    ['a'],
    ['ab'],
    ['a'.repeat(41)],
    ['a--b'],
    ['-ab'],
    ['ab-'],
    ['-'],
    ['Abc'],
    ['ABC'],
    ['аbc'],
    ['abć'],
    ['a.b'],
    ['...'],
    ['a_b'],
    ['a b'],
    [' abc'],
    ['abc\n'],
    ['a/b'],
    ['123'],
    ['0000000'],
    ['ａｂｃ'],
  ])('may not be %j', (slug) => {
    expect(slugProblem(slug)).toBe('slug_invalid');
  });

  // Words of one or two letters are too short already.
  it.each(RESERVED.filter((word) => word.length > 2))('may not be the reserved word %s', (word) => {
    expect(slugProblem(word)).toBe('slug_reserved');
  });
});
