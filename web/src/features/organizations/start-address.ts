import { paths } from '../../paths.ts';

/**
 * Where a person goes after sign-in: no membership → create one; one → its home; several → the one used last, else
 * the list.
 */
export function startAddress(slugs: readonly string[], last: string | null): string {
  const [only] = slugs;
  if (only === undefined) return paths.newOrganization();
  if (slugs.length === 1) return paths.home(only);
  return last !== null && slugs.includes(last) ? paths.home(last) : paths.organizations();
}
