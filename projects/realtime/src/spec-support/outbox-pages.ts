import { createEnvironmentInjector, DestroyRef, EnvironmentInjector } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { merge, tap } from 'rxjs';
import { RealtimeClients } from '../lib/clients/realtime-clients';
import type { Acknowledgement } from '../lib/outbox/acknowledgement';
import type { DroppedMessage } from '../lib/outbox/dropped-message';
import type { OutboxOptions } from '../lib/outbox/outbox-options';
import { RealtimeOutbox } from '../lib/outbox/realtime-outbox';
import { withOutbox } from '../lib/outbox/with-outbox';
import { provideRealtime } from '../lib/provide-realtime';
import type { RealtimeError } from '../lib/realtime-error';
import type { RealtimeExtension } from '../lib/extensions/realtime-extension';
import { RealtimeService } from '../lib/realtime-service';
import { withRetry } from '../lib/retry/with-retry';
import { shakeHands } from './outbox-client';

export const PAGE_URL = 'ws://server.test/persisted';
export const PAGE_DATABASE = `@creative-autogpt/realtime outbox of ${PAGE_URL}`;
export const PERSISTED = { whenOffline: 'queue', persist: true } as const;

const pages: EnvironmentInjector[] = [];

/** Begins each spec of the surrounding `describe` with nothing stored, and closes its pages in the end. */
export function useEmptyStorage(): void {
  beforeEach(async () => {
    localStorage.clear();
    await done(indexedDB.deleteDatabase(PAGE_DATABASE));
  });

  afterEach(async () => {
    [...pages].forEach((page) => page.destroy());
    await until(async () => (await heldClaims()).length === 0);
  });
}

/** One page of the application, not connected yet, and what it reports. */
export function openPage(options: OutboxOptions = {}, features: readonly RealtimeExtension[] = []) {
  const page = createEnvironmentInjector(
    [
      RealtimeClients,
      provideRealtime({ url: PAGE_URL }, withRetry({ jitter: 0 }), withOutbox(options), ...features),
    ],
    TestBed.inject(EnvironmentInjector),
  );
  pages.push(page);
  page.get(DestroyRef).onDestroy(() => pages.splice(pages.indexOf(page), 1));
  const realtime = page.get(RealtimeService);
  const outbox = page.get(RealtimeOutbox);
  const errors: RealtimeError[] = [];
  const drops: DroppedMessage[] = [];
  const acknowledgements: Acknowledgement[] = [];
  merge(
    realtime.errors.pipe(tap((error) => errors.push(error))),
    outbox.drops.pipe(tap((drop) => drops.push(drop))),
    outbox.acknowledgements.pipe(tap((each) => acknowledgements.push(each))),
  ).subscribe();
  const connect = (): void => {
    realtime.connect();
    shakeHands();
  };
  return { page, realtime, outbox, errors, drops, acknowledgements, connect };
}

export function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('The request failed.'));
  });
}

/** What is stored. Creates nothing: a database that is not there, or not any more, holds nothing. */
export async function storedRecords(): Promise<unknown[]> {
  const opening = indexedDB.open(PAGE_DATABASE);
  let isNew = false;
  opening.onupgradeneeded = () => {
    isNew = true;
    opening.transaction?.abort();
  };
  const database = await done(opening).catch((error: unknown) => {
    if (isNew) {
      return null;
    }
    throw error;
  });
  if (database === null) {
    return [];
  }
  const stored: unknown[] = await done(database.transaction('messages').objectStore('messages').getAll());
  database.close();
  return stored;
}

export async function storedEvents(): Promise<unknown[]> {
  return (await storedRecords()).map((each) => JSON.stringify(each).replace(/.*"event":"([^"]*)".*/, '$1'));
}

/** Asks again until it is so; each question takes a turn of the database. @throws Error when it never is */
export async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  for (let turn = 0; !(await isSo()); turn += 1) {
    if (turn === 2_000) {
      throw new Error(`Waited in vain for ${String(isSo)}`);
    }
    await indexedDB.databases();
  }
}

export function untilStored(count: number): Promise<void> {
  return until(async () => (await storedRecords()).length === count);
}

/** Lets everything happen that waits for the storage and for locks. */
export async function storageSettled(): Promise<void> {
  for (let turn = 0; turn < 50; turn += 1) {
    await indexedDB.databases();
    await navigator.locks.query();
  }
}

/** Names of the locks with which pages claim what they have stored. */
export async function heldClaims(): Promise<string[]> {
  return claimsAmong((await navigator.locks.query()).held);
}

/** Names of those for which a page waits. */
export async function awaitedClaims(): Promise<string[]> {
  return claimsAmong((await navigator.locks.query()).pending);
}

function claimsAmong(locks: readonly LockInfo[] = []): string[] {
  return locks.flatMap(({ name }) => (name?.startsWith(`${PAGE_DATABASE} `) ? name : []));
}
