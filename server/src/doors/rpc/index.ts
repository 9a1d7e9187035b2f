import { AccessTokenService } from '@muster/api/access_token';
import { ActivityService } from '@muster/api/activity';
import { AuditService } from '@muster/api/audit';
import { FileService } from '@muster/api/file';
import { OrganizationService } from '@muster/api/organization';
import { ProjectService } from '@muster/api/project';
import { RecordService } from '@muster/api/record';
import { SessionService } from '@muster/api/session';
import { UsageService } from '@muster/api/usage';
import { accessTokenService } from '../../features/access-tokens/rpc.ts';
import { activityService } from '../../features/activities/rpc.ts';
import { auditService } from '../../features/audit/rpc.ts';
import { fileService } from '../../features/files/rpc.ts';
import { organizationService } from '../../features/organizations/rpc.ts';
import { projectService } from '../../features/projects/rpc.ts';
import { recordService } from '../../features/records/rpc.ts';
import { sessionService } from '../../features/sessions/rpc.ts';
import { usageService } from '../../features/usage/rpc.ts';
import type { Platform } from '../../platform/context.ts';
import { createAnswer } from './call.ts';
import { createRpcRouter, methodsOf } from './router.ts';
import type { RpcRouter } from './router.ts';

/** Every service of the contract, in one visible list. */
export function createRpcDoor(platform: Platform, secureCookies: boolean): RpcRouter {
  const methods = [
    ...methodsOf(SessionService, sessionService),
    ...methodsOf(OrganizationService, organizationService),
    ...methodsOf(ProjectService, projectService),
    ...methodsOf(RecordService, recordService),
    ...methodsOf(FileService, fileService),
    ...methodsOf(ActivityService, activityService),
    ...methodsOf(AuditService, auditService),
    ...methodsOf(UsageService, usageService),
    ...methodsOf(AccessTokenService, accessTokenService),
  ];
  return createRpcRouter(methods, createAnswer(platform, secureCookies));
}
