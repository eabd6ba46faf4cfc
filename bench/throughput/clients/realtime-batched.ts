// First, because it brings the compiler that links the library.
import { exposeRealtime } from './realtime-page';
import { withBatches } from '@creative-autogpt/realtime';

exposeRealtime(withBatches());
