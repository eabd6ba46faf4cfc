import { inject, Injectable } from '@angular/core';
import { defer, map, type Observable, of, switchMap } from 'rxjs';
import { JSON_CODEC } from '../codec/realtime-codec';
import { CLIENT_HOOKS } from '../extensions/client-hooks';
import type { OpenedSocket, OpenSocket } from '../extensions/realtime-hooks';
import { REALTIME_CONFIG } from '../realtime-config';
import { RealtimeError } from '../realtime-error';
import { firstWithin } from '../time/first-within';
import { REALTIME_SCHEDULER } from '../time/realtime-scheduler';
import { REALTIME_TRANSPORT } from '../transport/web-socket-transport';

/** Opens the sockets of a client: where the configuration says, and as its extensions have it. */
@Injectable()
export class SocketOpener {
  readonly #config = inject(REALTIME_CONFIG);
  readonly #transport = inject(REALTIME_TRANSPORT);
  readonly #scheduler = inject(REALTIME_SCHEDULER);
  readonly #hooks = inject(CLIENT_HOOKS);
  readonly #codec = this.#hooks.find(({ codec }) => codec)?.codec ?? JSON_CODEC;

  /** Opens one socket per subscription, as `Transport.open()` does. */
  open(): Observable<OpenedSocket> {
    return this.inTime(this.#url().pipe(switchMap((url) => this.#openAt(url))));
  }

  /** What the server owes, or an error where it takes longer than it may. */
  inTime<T>(answer: Observable<T>): Observable<T> {
    const { connectTimeout = 10_000 } = this.#config;
    return answer.pipe(
      firstWithin(
        connectTimeout,
        this.#scheduler,
        () => new RealtimeError('connect-timeout', ngDevMode && 'The server did not answer in time.'),
      ),
    );
  }

  #openAt(url: string): Observable<OpenedSocket> {
    const openSocket: OpenSocket = (offered) =>
      this.#transport
        .open({ url, protocols: [...offered, ...(this.#config.protocols ?? [])] })
        .pipe(map((socket) => ({ socket, codec: this.#codec })));
    const open = this.#hooks.reduceRight<OpenSocket>(
      (next, hooks) => (offered) => hooks.open?.((more) => next([...offered, ...more])) ?? next(offered),
      openSocket,
    );
    return open([]);
  }

  #url(): Observable<string> {
    const { url } = this.#config;
    if (typeof url === 'string') {
      return of(url);
    }
    return defer(async () => {
      try {
        const given: unknown = await url();
        if (typeof given !== 'string' || given === '') {
          throw new TypeError(ngDevMode ? 'It gave no string, or an empty one.' : '');
        }
        return given;
      } catch (cause) {
        throw new RealtimeError(
          'invalid-url',
          ngDevMode && 'The URL function failed; see the cause. It is called again for the next attempt.',
          { cause },
        );
      }
    });
  }
}
