import type { EventInput } from '../effects.ts';

const CATEGORIES: Readonly<Record<string, EventInput['category']>> = {
  AccessToken: 'tokens and keys',
  Audit: 'audit',
  File: 'records and files',
  Project: 'projects',
  Record: 'records and files',
  Session: 'sign-in',
  Usage: 'usage and billing',
};

/**
 * The event that a call would have been, for the log of what was refused: `/muster.v1.RecordService/CreateRecord` is
 * `record.create`, and an upload `file.create`.
 */
export function triedEvent(method: string): Pick<EventInput, 'event' | 'category'> {
  const call = /\/muster\.v1\.(?<noun>\w+)Service\/(?<verb>[A-Z][a-z]+)/.exec(method)?.groups;
  if (!call?.['noun'] || !call['verb']) return { event: 'file.create', category: 'records and files' };
  const noun = call['noun'].replaceAll(/(?<=[a-z])(?=[A-Z])/g, '_').toLowerCase();
  return {
    event: `${noun}.${call['verb'].toLowerCase()}`,
    category: CATEGORIES[call['noun']] ?? 'organization settings',
  };
}
