import { TestBed } from '@angular/core/testing';
import { merge, tap } from 'rxjs';
import type { DroppedMessage } from '../lib/outbox/dropped-message';
import type { OutboxOptions } from '../lib/outbox/outbox-options';
import { RealtimeOutbox } from '../lib/outbox/realtime-outbox';
import { withOutbox } from '../lib/outbox/with-outbox';
import type { RealtimeConfig } from '../lib/realtime-config';
import { RealtimeError } from '../lib/realtime-error';
import type { RealtimeExtension } from '../lib/extensions/realtime-extension';
import { withRetry } from '../lib/retry/with-retry';
import { setUpClient, tick } from './client';
import { lastSocket } from './fake-web-socket';

/** A client with an outbox, not connected yet, and what it reports. */
export function outboxClient(
  options: OutboxOptions = {},
  config: Partial<RealtimeConfig> = {},
  features: readonly RealtimeExtension[] = [],
) {
  const realtime = setUpClient(config, [
    withRetry({ maxAttempts: Infinity, jitter: 0 }),
    withOutbox(options),
    ...features,
  ]);
  const outbox = TestBed.inject(RealtimeOutbox);
  const drops: DroppedMessage[] = [];
  const errors: RealtimeError[] = [];
  merge(
    outbox.drops.pipe(tap((drop) => drops.push(drop))),
    realtime.errors.pipe(tap((error) => errors.push(error))),
  ).subscribe();
  return { realtime, outbox, drops, errors };
}

/** The server accepts the socket and agrees to what is named. */
export function shakeHands(capabilities: readonly string[] = ['commands']): void {
  lastSocket().accept();
  answerConnect(capabilities);
}

export function answerConnect(capabilities: readonly string[] = ['commands']): void {
  lastSocket().emit({ event: 'connected', data: { client_id: 'c1', capabilities } });
}

/** The connection breaks and a new socket is made, not accepted yet. */
export function breakConnection(): void {
  const broken = lastSocket();
  broken.drop();
  while (lastSocket() === broken) {
    tick(1_000);
  }
}

export function acknowledge(id: unknown, error?: { code: string; message: string }): void {
  lastSocket().emit({ event: 'ack', data: { id, ok: !error, error } });
}

/** What was sent on the last socket after `connect`. */
export function sentEvents(): unknown[] {
  return lastSocket().sentEvents.filter((event) => event !== 'connect');
}

/** Ids of the requests sent on the last socket. */
export function sentIds(): unknown[] {
  return lastSocket()
    .sentMessages.map(({ id }) => id)
    .filter((id) => id !== undefined);
}

/** Why the promise was rejected. */
export async function rejection(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error('The promise was not rejected.');
}

/** The code of the `RealtimeError` with which the promise was rejected. */
export async function rejectionCode(promise: Promise<unknown>): Promise<unknown> {
  const error = await rejection(promise);
  return error instanceof RealtimeError ? error.code : error;
}
