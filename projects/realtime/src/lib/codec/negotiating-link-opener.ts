import { inject } from '@angular/core';
import {
  catchError,
  defer,
  ignoreElements,
  map,
  merge,
  type Observable,
  of,
  switchMap,
  take,
  tap,
  throwError,
} from 'rxjs';
import { ErrorReports } from '../connection/error-reports';
import { RealtimeError, toRealtimeError } from '../realtime-error';
import { REALTIME_SCHEDULER } from '../time/realtime-scheduler';
import type { TransportFrame, TransportSocket } from '../transport/transport';
import { JSON_CODEC } from './json-codec';
import { LinkOpener, type OpenedLink } from './link-opener';
import { type RealtimeCodec, SUBPROTOCOL_CODECS, type SubprotocolCodec } from './realtime-codec';

/** Milliseconds for which nothing is offered to a server that refused the offer: the next one may be a newer version. */
const WITHDRAWN_FOR = 60_000;

/**
 * Offers the subprotocols of further codecs and speaks what the server agreed to.
 *
 * A browser refuses a server that agrees to none of the subprotocols offered, as servers do that know none. Nothing
 * tells this from a server that is down, so a socket that does not open is followed at once by one without the offer;
 * when that one opens, nothing is offered for a minute. The same goes for a codec that cannot be loaded, or not in time.
 */
export class NegotiatingLinkOpener extends LinkOpener {
  readonly #codecs = inject(SUBPROTOCOL_CODECS);
  readonly #reports = inject(ErrorReports);
  readonly #loaded = new Map<SubprotocolCodec, RealtimeCodec>();
  readonly #scheduler = inject(REALTIME_SCHEDULER);
  #withdrawnUntil = 0;

  override open(url: string): Observable<OpenedLink> {
    return this.#scheduler.now() < this.#withdrawnUntil ? super.open(url) : this.#openOffering(url);
  }

  #withdraw(): void {
    this.#withdrawnUntil = this.#scheduler.now() + WITHDRAWN_FOR;
  }

  #openOffering(url: string): Observable<OpenedLink> {
    return defer(() => {
      let opened = false;
      const protocols = this.#codecs.map(({ protocol }) => protocol);
      return this.openSocket(url, protocols).pipe(
        tap(() => (opened = true)),
        switchMap((socket) => this.#agree(socket)),
        catchError((cause: unknown) => {
          const error = toRealtimeError(cause);
          if (error.code === 'codec-unavailable') {
            this.#reports.report(error);
          } else if (opened) {
            return throwError(() => error);
          }
          return super.open(url).pipe(tap(() => this.#withdraw()));
        }),
      );
    });
  }

  #agree(socket: TransportSocket): Observable<OpenedLink> {
    const choice = this.#codecs.find(({ protocol }) => protocol === socket.protocol);
    const codec = choice ? this.#loaded.get(choice) : JSON_CODEC;
    return choice && !codec
      ? this.#load(choice, socket)
      : of({ socket, codec: codec ?? JSON_CODEC, early: [] });
  }

  #load(choice: SubprotocolCodec, socket: TransportSocket): Observable<OpenedLink> {
    return defer(() => {
      const early: TransportFrame[] = [];
      const hold = socket.frames.pipe(
        tap((frame) => early.push(frame)),
        ignoreElements(),
      );
      // Taken back once it is loaded: an attempt that ends before that is followed by one in JSON.
      this.#withdraw();
      const ready = defer(() => this.#loading(choice)).pipe(
        map((codec) => ({ socket, codec, early })),
        catchError((cause: unknown) =>
          throwError(
            () =>
              new RealtimeError(
                'codec-unavailable',
                ngDevMode && `The codec of "${choice.protocol}" could not be loaded; JSON is spoken instead.`,
                { cause },
              ),
          ),
        ),
      );
      return merge(hold, ready).pipe(take(1));
    });
  }

  /** What comes too late for this attempt is there for the next. */
  async #loading(choice: SubprotocolCodec): Promise<RealtimeCodec> {
    const codec = await choice.load();
    this.#loaded.set(choice, codec);
    this.#withdrawnUntil = 0;
    return codec;
  }
}
