/** Resource names of the contract, as requests take them: an id or a slug will do. */
export const organizationName = (organization: string): string => `organizations/${organization}`;
export const projectName = (project: string): string => `projects/${project}`;
export const recordName = (project: string, record: string): string => `projects/${project}/records/${record}`;

/** The last part of a resource name: `projects/p/records/r` gives `r`. */
export const idOf = (name: string): string => name.slice(name.lastIndexOf('/') + 1);

/** The project's part of a resource name: `projects/p/records/r` gives `p`; empty when it has none. */
export const projectIdOf = (name: string): string => /^projects\/([^/]+)/.exec(name)?.[1] ?? '';

/** The record's part of a resource name: `projects/p/records/r/files/f` gives `r`; empty when it has none. */
export const recordIdOf = (name: string): string => /^projects\/[^/]+\/records\/([^/]+)/.exec(name)?.[1] ?? '';
