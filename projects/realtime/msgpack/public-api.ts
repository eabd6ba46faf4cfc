export { withMessagePack } from './with-message-pack';
