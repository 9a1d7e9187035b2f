/** What people want to hear of; everything else is in the audit log only. */
export const ACTIVITIES = [
  'organization.create',
  'project.create',
  'record.create',
  'record.update',
  'record.delete',
  'record.undelete',
  'file.create',
  'file.delete',
  'file.undelete',
] as const;
