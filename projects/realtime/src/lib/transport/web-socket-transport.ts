import { InjectionToken } from '@angular/core';
import { Observable } from 'rxjs';
import { webSocket, type WebSocketSubject } from 'rxjs/webSocket';
import { RealtimeError } from '../realtime-error';
import type {
  OutgoingFrame,
  Transport,
  TransportFrame,
  TransportRequest,
  TransportSocket,
} from './transport';

const NORMAL_CLOSURE = 1000;

/** `WebSocket.OPEN`, which a script that stands in for the browser's `WebSocket` may lack. */
const OPEN = 1;

/** Codecs work above the transport, so frames pass the subject as they are, both ways. */
type Frame = TransportFrame | OutgoingFrame;

/**
 * The transport over `rxjs/webSocket`. It uses a fresh subject for every socket, since one that is
 * unsubscribed while connecting can close its successor; and it takes the end of a socket from
 * `closeObserver` alone, since the subject itself completes on a clean close whatever the code, and errors
 * with a bare `Event` when `error` precedes `close`.
 *
 * Monitoring scripts and test tools put something of their own in place of `WebSocket`: what it makes need
 * not be an instance of it, nor its events those of this page. So the socket is the one that was made, and
 * nothing is asked what it is an instance of.
 */
export class WebSocketTransport implements Transport {
  open({ url, protocols }: TransportRequest): Observable<TransportSocket> {
    return new Observable((subscriber) => {
      const protocol = [...protocols];
      let made: WebSocket | null = null;
      const subject = webSocket<Frame>({
        url,
        protocol,
        binaryType: 'arraybuffer',
        serializer: (frame) => frame,
        deserializer: ({ data }: MessageEvent<TransportFrame>) => data,
        WebSocketCtor: new Proxy(WebSocket, {
          construct: () => (made = new WebSocket(url, protocol)),
        }),
        openObserver: {
          next: () => {
            if (made) {
              subscriber.next(transportSocket(made, subject));
            }
          },
        },
        closeObserver: { next: (event) => subscriber.error(closed(event)) },
      });
      const subscription = subject.subscribe({
        error: (error: unknown) => {
          // A close event follows every error event of a socket; without one, this was thrown while making
          // it.
          if (!made) {
            subscriber.error(
              new RealtimeError(
                'invalid-url',
                ngDevMode && `No WebSocket can be made for the URL "${url}".`,
                { cause: error },
              ),
            );
          }
        },
      });
      return () => {
        // The subject would close it without a code.
        if (made?.readyState === OPEN) {
          made.close(NORMAL_CLOSURE);
        }
        subscription.unsubscribe();
      };
    });
  }
}

/** How sockets are opened. Provide another one in the root injector to bring a transport of your own. */
export const REALTIME_TRANSPORT = new InjectionToken<Transport>(
  ngDevMode ? '@creative-autogpt/realtime transport' : '',
  {
    providedIn: 'root',
    factory: () => new WebSocketTransport(),
  },
);

function transportSocket(socket: WebSocket, subject: WebSocketSubject<Frame>): TransportSocket {
  return {
    protocol: socket.protocol,
    frames: new Observable((listener) =>
      subject.subscribe({
        next: (frame) => {
          // Views are what is sent; binary frames arrive as buffers.
          if (!ArrayBuffer.isView(frame)) {
            listener.next(frame);
          }
        },
        // Why the socket ended is told by `closeObserver`, in the same turn.
        error: () => undefined,
      }),
    ),
    send: (frame) => {
      // The subject drops what it is given while the socket closes, so that is asked first.
      if (socket.readyState !== OPEN) {
        return false;
      }
      subject.next(frame);
      return true;
    },
  };
}

function closed({ code, reason }: CloseEvent): RealtimeError {
  return new RealtimeError(
    'connection-closed',
    ngDevMode && `The connection was closed with code ${code}${reason && ` (${reason})`}.`,
    { closeCode: code, reason },
  );
}
