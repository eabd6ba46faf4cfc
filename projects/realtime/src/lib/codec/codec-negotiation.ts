import {
  catchError,
  concat,
  defer,
  EMPTY,
  ignoreElements,
  map,
  merge,
  type Observable,
  of,
  type SchedulerLike,
  Subject,
  switchMap,
  tap,
  throwError,
} from 'rxjs';
import type { OpenedSocket, OpenSocket, RealtimeHooks } from '../extensions/realtime-hooks';
import { RealtimeError, toRealtimeError } from '../realtime-error';
import type { TransportFrame, TransportSocket } from '../transport/transport';
import type { RealtimeCodec, SubprotocolCodec } from './realtime-codec';

/** Milliseconds without an offer after a server refused one. The next server may be a newer version. */
const WITHDRAWN_FOR = 60_000;

/**
 * Offers the subprotocols of further codecs and speaks what the server agreed to.
 *
 * A browser opens no socket to a server that agrees to none of the subprotocols offered. To the page, such a
 * server looks as if it were down. So a socket that does not open is followed at once by a socket without the
 * offer. When the second socket opens, nothing is offered for a minute. The same happens where a codec cannot
 * be loaded, or not in time.
 */
export class CodecNegotiation implements RealtimeHooks {
  /** The codecs to offer, best first. */
  readonly #codecs: readonly SubprotocolCodec[];
  readonly #scheduler: SchedulerLike;
  readonly #report: (error: RealtimeError) => void;
  readonly #loaded = new Map<SubprotocolCodec, RealtimeCodec>();
  #withdrawnUntil = 0;

  constructor(
    codecs: readonly SubprotocolCodec[],
    scheduler: SchedulerLike,
    report: (error: RealtimeError) => void,
  ) {
    this.#codecs = codecs;
    this.#scheduler = scheduler;
    this.#report = report;
  }

  open(next: OpenSocket): Observable<OpenedSocket> {
    return defer(() => (this.#scheduler.now() < this.#withdrawnUntil ? next([]) : this.#openOffering(next)));
  }

  #withdraw(): void {
    this.#withdrawnUntil = this.#scheduler.now() + WITHDRAWN_FOR;
  }

  #openOffering(next: OpenSocket): Observable<OpenedSocket> {
    let opened = false;
    return next(this.#codecs.map(({ protocol }) => protocol)).pipe(
      tap(() => (opened = true)),
      switchMap((socket) => this.#agree(socket)),
      catchError((cause: unknown) => {
        const error = toRealtimeError(cause);
        if (error.code === 'codec-unavailable') {
          this.#report(error);
        } else if (opened) {
          return throwError(() => error);
        }
        return next([]).pipe(tap(() => this.#withdraw()));
      }),
    );
  }

  #agree(opened: OpenedSocket): Observable<OpenedSocket> {
    const { socket } = opened;
    const choice = this.#codecs.find(({ protocol }) => protocol === socket.protocol);
    const codec = choice && this.#loaded.get(choice);
    if (!choice) {
      return of(opened);
    }
    return codec ? of({ socket, codec }) : this.#load(choice, socket);
  }

  #load(choice: SubprotocolCodec, socket: TransportSocket): Observable<OpenedSocket> {
    return defer(() => {
      const early: TransportFrame[] = [];
      const frames = new Subject<TransportFrame>();
      const relay = socket.frames.pipe(
        tap((frame) => (frames.observed ? frames.next(frame) : early.push(frame))),
        ignoreElements(),
      );
      // Taken back once it is loaded: an attempt that ends before that is followed by one in JSON.
      this.#withdraw();
      const { protocol } = socket;
      const ready = defer(() => this.#loading(choice)).pipe(
        map((codec): OpenedSocket => ({
          socket: { protocol, frames, send: (frame) => socket.send(frame) },
          codec,
        })),
        catchError((cause: unknown) =>
          throwError(
            () =>
              new RealtimeError(
                'codec-unavailable',
                ngDevMode && `The codec of "${protocol}" could not be loaded; JSON is spoken instead.`,
                { cause },
              ),
          ),
        ),
      );
      const readEarly = defer(() => {
        early.forEach((frame) => frames.next(frame));
        return EMPTY;
      });
      return merge(relay, concat(ready, readEarly));
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
