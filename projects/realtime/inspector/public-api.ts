export { type InspectorOptions } from './inspector-options';
export {
  type ErrorRecord,
  type FrameRecord,
  type InspectorRecord,
  type StateRecord,
  type WithheldReason,
} from './inspector-record';
export { RealtimeInspector } from './realtime-inspector';
export { type InspectorLanguage } from './panel/inspector-texts';
export { RtInspector } from './rt-inspector';
export { withInspector } from './with-inspector';
