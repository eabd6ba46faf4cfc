import { Observable, type Subscriber } from 'rxjs';
import { webSocket } from 'rxjs/webSocket';
import { RealtimeError } from '../realtime-error';
import type { Transport, TransportFrame, TransportRequest, TransportSocket } from './transport';

const NORMAL_CLOSURE = 1000;

/**
 * The transport over `rxjs/webSocket`. It uses a fresh subject for every socket, since one that is unsubscribed while
 * connecting can close its successor; and it takes the end of a socket from `closeObserver` alone, since the subject
 * itself completes on a clean close whatever the code, and errors with a bare `Event` when `error` precedes `close`.
 */
export class WebSocketTransport implements Transport {
  open({ url, protocols }: TransportRequest): Observable<TransportSocket> {
    return new Observable((subscriber) => {
      let opened: WebSocket | null = null;
      const subject = webSocket<TransportFrame>({
        url,
        protocol: [...protocols],
        binaryType: 'arraybuffer',
        openObserver: {
          next: ({ target }) => {
            if (!(target instanceof WebSocket)) {
              return;
            }
            opened = target;
            // Past the subject: what lies between a socket and its one listener is paid for with every frame.
            let listener: Subscriber<TransportFrame> | null = null;
            target.onmessage = ({ data }: MessageEvent<TransportFrame>) => listener?.next(data);
            subscriber.next({
              protocol: target.protocol,
              frames: new Observable((next) => {
                listener = next;
              }),
              // Past the subject too, which takes no other frames than those it emits. A socket that is closing drops
              // what it is given, so ask it first.
              send: (frame) => {
                if (target.readyState !== WebSocket.OPEN) {
                  return false;
                }
                target.send(frame);
                return true;
              },
            });
          },
        },
        closeObserver: { next: (event) => subscriber.error(closed(event)) },
      });
      const subscription = subject.subscribe({
        error: (error: unknown) => {
          // A close event follows every error event; anything else was thrown while making the socket.
          if (!(error instanceof Event)) {
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
        opened?.close(NORMAL_CLOSURE);
        subscription.unsubscribe();
      };
    });
  }
}

function closed({ code, reason }: CloseEvent): RealtimeError {
  return new RealtimeError(
    'connection-closed',
    ngDevMode && `The connection was closed with code ${code}${reason && ` (${reason})`}.`,
    { closeCode: code, reason },
  );
}
