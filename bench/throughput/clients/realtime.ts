import { exposeRealtime } from './realtime-page';

exposeRealtime();
