import type { ApplicationConfig } from '@angular/core';
import { bootstrapApplication } from '@angular/platform-browser';
import { provideRealtime, withHeartbeat, withPageLifecycle, withRetry } from '@creative-autogpt/realtime';
import { withInspector } from '@creative-autogpt/realtime/inspector';
import { withMessagePack } from '@creative-autogpt/realtime/msgpack';
import { Board } from './board';

const config: ApplicationConfig = {
  providers: [
    provideRealtime(
      { url: 'ws://localhost:8100' },
      withRetry({ maxAttempts: Infinity }),
      withHeartbeat(),
      withPageLifecycle(),
      withMessagePack(),
      withInspector(),
    ),
  ],
};

await bootstrapApplication(Board, config);
