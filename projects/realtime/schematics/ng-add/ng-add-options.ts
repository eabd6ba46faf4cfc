/** What `withX()` function adds each feature, and the entry point that exports it. */
export const FEATURES = {
  retry: ['withRetry', ''],
  heartbeat: ['withHeartbeat', ''],
  'page-lifecycle': ['withPageLifecycle', ''],
  recovery: ['withRecovery', ''],
  'shared-connection': ['withSharedConnection', ''],
  outbox: ['withOutbox', ''],
  batches: ['withBatches', ''],
  compression: ['withCompression', ''],
  'message-pack': ['withMessagePack', '/msgpack'],
  quarantine: ['withQuarantine', ''],
  stats: ['withStats', ''],
} as const satisfies Record<string, readonly [name: string, entryPoint: string]>;

export type FeatureName = keyof typeof FEATURES;

/** The options of the schematic, as schema.json completes them. */
export interface NgAddOptions {
  /** Name of the application in angular.json. */
  readonly project: string;
  /** `ws:` or `wss:` URL of the server. */
  readonly url: string;
  /** A list, or names between commas: what `ng add` hands on before it knows that this is a list. */
  readonly features: readonly FeatureName[] | string;
}
