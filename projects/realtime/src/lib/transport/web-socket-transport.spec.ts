import { switchMap, tap } from 'rxjs';
import { lastSocket, useFakeBrowser } from '../../spec-support/fake-web-socket';
import { type RealtimeError, toRealtimeError } from '../realtime-error';
import type { TransportFrame, TransportSocket } from './transport';
import { WebSocketTransport } from './web-socket-transport';

describe('WebSocketTransport', () => {
  useFakeBrowser();

  /** Opens a socket, and keeps what comes of it. */
  function open(url = 'ws://server.test') {
    const sockets: TransportSocket[] = [];
    const ends: RealtimeError[] = [];
    const frames: TransportFrame[] = [];
    const subscription = new WebSocketTransport()
      .open({ url, protocols: ['a', 'b'] })
      .pipe(
        tap((socket) => sockets.push(socket)),
        switchMap((socket) => socket.frames),
      )
      .subscribe({
        next: (frame) => frames.push(frame),
        error: (error: unknown) => ends.push(toRealtimeError(error)),
      });
    const close = (): void => subscription.unsubscribe();
    return { sockets, ends, frames, close };
  }

  it('passes on text and binary frames as they are', () => {
    const { frames } = open();
    const bytes = new Uint8Array([1, 2]).buffer;
    lastSocket().accept().deliver('{"not": "read"');
    lastSocket().deliver(bytes);

    expect(lastSocket().binaryType).toBe('arraybuffer');
    expect(frames).toEqual(['{"not": "read"', bytes]);
    expect(frames[1]).toBe(bytes);
  });

  it('sends text and binary frames as they are', () => {
    const { sockets } = open();
    const bytes = new Uint8Array([1, 2]);
    lastSocket().accept();

    expect([sockets[0]?.send('text'), sockets[0]?.send(bytes)]).toEqual([true, true]);
    expect(lastSocket().sent).toEqual(['text']);
    expect(lastSocket().sentBinary[0]).toBe(bytes);
  });

  it('offers the subprotocols, and tells which one the server agreed to', () => {
    const { sockets } = open();
    lastSocket().accept('b');

    expect([lastSocket().protocols, sockets[0]?.protocol]).toEqual([['a', 'b'], 'b']);
  });

  it('refuses frames while the socket closes', () => {
    const { sockets } = open();
    lastSocket().accept().close();

    expect(sockets[0]?.send('late')).toBeFalse();
    expect(lastSocket().sent).toEqual([]);
  });

  it('errors with the code of a clean close, which the subject takes for a completion', () => {
    const { ends } = open();
    lastSocket().accept().endWith(1000, 'bye');

    expect(ends.map(({ code, closeCode, reason }) => [code, closeCode, reason])).toEqual([
      ['connection-closed', 1000, 'bye'],
    ]);
  });

  it('errors with the close code where an error event comes first, and frames do not error', () => {
    const { ends } = open();
    lastSocket().accept().drop();

    expect(ends.map(({ closeCode }) => closeCode)).toEqual([1006]);
  });

  it('errors with "invalid-url" where no socket can be made', () => {
    expect(open('http://server.test').ends.map(({ code }) => code)).toEqual(['invalid-url']);
  });

  it('closes with 1000 when unsubscribed', () => {
    const { close, frames } = open();
    lastSocket().accept();
    close();
    lastSocket().deliver('late');

    expect(lastSocket().closedWith?.code).toBe(1000);
    expect(frames).toEqual([]);
  });

  it('makes a socket for each subscription', () => {
    const transport = new WebSocketTransport();
    const opening = transport.open({ url: 'ws://server.test', protocols: [] });
    const first = opening.subscribe({ error: fail });
    const one = lastSocket();
    opening.subscribe({ error: fail });
    lastSocket().accept();
    first.unsubscribe();

    expect(lastSocket()).not.toBe(one);
    expect(lastSocket().closedWith).toBeNull();
  });
});
