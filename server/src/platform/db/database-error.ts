/** Why the database cannot be used, in one sentence for the person who started the server. */
export class DatabaseError extends Error {}
