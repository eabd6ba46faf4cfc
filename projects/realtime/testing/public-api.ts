export { provideRealtimeTesting } from './provide-realtime-testing';
export { RealtimeTestingController, type VerifyOptions } from './realtime-testing-controller';
export { type SentMatch } from './sent-match';
export { type SentMessage } from './sent-message';
export { type AcceptOptions, type MessageFields, type TestConnection } from './test-connection';
