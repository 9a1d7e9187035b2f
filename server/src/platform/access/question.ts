import { PERMISSIONS } from './permissions.ts';
import type { Permission } from './permissions.ts';
import type { Question } from './decide.ts';
import type { Facts } from './facts.ts';

/** Public projects are switched on per instance and organization; no screen does so yet. */
const PUBLIC_ALLOWED = false;

/** The facts of the database as the question of the permission function. `inProject` says whether a project was named. */
export function questionOf(
  kind: 'none' | 'session' | 'token',
  permission: Permission,
  facts: Facts,
  inProject: boolean,
): Question {
  const anyProject = !inProject && PERMISSIONS[permission].level === 'project';
  return {
    permission,
    credential: kind === 'token' ? { scopes: facts.scopes ?? [], projectIds: facts.project_ids } : kind,
    organization:
      facts.organization_id && facts.organization_state
        ? {
            state: facts.organization_state,
            membershipState: facts.membership_state,
            role: facts.membership_role,
            duties: facts.duties ?? [],
          }
        : null,
    project: anyProject
      ? 'any'
      : facts.project_id && facts.visibility
        ? {
            id: facts.project_id,
            visibility: facts.visibility,
            archived: facts.archived ?? false,
            ownRole: facts.project_role,
            publicAllowed: PUBLIC_ALLOWED,
          }
        : null,
  };
}
