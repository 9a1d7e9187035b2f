/** Events that have a sentence of their own under `activities.sentences`; dots become underscores. */
const SENTENCES = {
  'organization.create': 'organization_create',
  'project.create': 'project_create',
  'record.create': 'record_create',
  'record.update': 'record_update',
  'record.delete': 'record_delete',
  'record.undelete': 'record_undelete',
  'file.create': 'file_create',
  'file.delete': 'file_delete',
  'file.undelete': 'file_undelete',
} as const;

type SentenceKey = (typeof SENTENCES)[keyof typeof SENTENCES] | 'other' | 'otherInProject';

const isKnown = (event: string): event is keyof typeof SENTENCES => Object.hasOwn(SENTENCES, event);

/** The sentence of an event; one that this version does not know is told by its id. */
export function sentenceKeyOf(event: string, inProject: boolean): SentenceKey {
  if (isKnown(event)) return SENTENCES[event];
  return inProject ? 'otherInProject' : 'other';
}
