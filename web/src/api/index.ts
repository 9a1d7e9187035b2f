export { connection } from './connection.ts';
export { instanceFacts, type InstanceFacts } from './instance.ts';
export { isSignedOut, problemOf, problemOfBody, sentenceOf } from './errors.ts';
export { Loaded } from './loaded.tsx';
export { idOf, organizationName, projectIdOf, projectName, recordIdOf, recordName } from './names.ts';
export { queryClient } from './query-client.ts';
export { useRefresh } from './refresh.ts';
export { useRequestKey } from './request-key.ts';
export { instanceTransport, organizationTransport } from './transport.ts';
