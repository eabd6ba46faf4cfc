import { inject } from '@angular/core';
import {
  catchError,
  defer,
  from,
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
import type { TransportFrame, TransportSocket } from '../transport/transport';
import { JSON_CODEC } from './json-codec';
import { LinkOpener, type OpenedLink } from './link-opener';
import { type RealtimeCodec, SUBPROTOCOL_CODECS, type SubprotocolCodec } from './realtime-codec';

/**
 * Offers the subprotocols of further codecs and speaks what the server agreed to.
 *
 * A browser refuses a server that agrees to none of the subprotocols offered, as servers do that know none. Nothing
 * tells this from a server that is down, so a socket that does not open is followed at once by one without the offer;
 * when that one opens, nothing is offered any more. The same goes for a codec that cannot be loaded.
 */
export class NegotiatingLinkOpener extends LinkOpener {
  readonly #codecs = inject(SUBPROTOCOL_CODECS);
  readonly #reports = inject(ErrorReports);
  readonly #loaded = new Map<SubprotocolCodec, RealtimeCodec>();
  #offering = true;

  override open(url: string): Observable<OpenedLink> {
    return this.#offering ? this.#openOffering(url) : super.open(url);
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
          return super.open(url).pipe(tap(() => (this.#offering = false)));
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
      const ready = from(choice.load()).pipe(
        map((codec) => {
          this.#loaded.set(choice, codec);
          return { socket, codec, early };
        }),
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
}
