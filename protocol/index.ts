/**
 * What server and application share. Each part exports what it has: a new schema is named in one place. The
 * markdown parser stays apart (`@creative-autogpt/protocol/markdown`), as not every page loads it.
 */
export * from './client-messages';
export * from './close-codes';
export * from './connection';
export * from './progress';
export * from './rest';
export * from './server-events';
export * from './session';
export * from './sound-text';
export * from './task';
