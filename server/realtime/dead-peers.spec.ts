import { EventEmitter } from 'node:events';
import { WebSocket } from 'ws';
import { DeadPeers } from './dead-peers';

class FakeSocket extends EventEmitter {
  readonly OPEN = WebSocket.OPEN;
  readyState: WebSocket['readyState'] = WebSocket.OPEN;
  isPaused = false;
  readonly ping = jasmine.createSpy('ping');
  readonly terminate = jasmine.createSpy('terminate');
}

describe('DeadPeers', () => {
  let peers: DeadPeers;
  let socket: FakeSocket;

  beforeEach(() => {
    peers = new DeadPeers();
    socket = new FakeSocket();
    peers.watch(socket);
    peers.sweep([socket]);
  });

  it('pings a peer that has said nothing', () => {
    expect(socket.ping).toHaveBeenCalledTimes(1);
    expect(socket.terminate).not.toHaveBeenCalled();
  });

  it('ends a peer that has not answered', () => {
    peers.sweep([socket]);

    expect(socket.terminate).toHaveBeenCalledTimes(1);
  });

  it('lets a peer go on that has answered', () => {
    socket.emit('pong');
    peers.sweep([socket]);

    expect(socket.ping).toHaveBeenCalledTimes(2);
    expect(socket.terminate).not.toHaveBeenCalled();
  });

  it('lets a peer go on that is not read from', () => {
    socket.isPaused = true;
    peers.sweep([socket]);

    expect(socket.terminate).not.toHaveBeenCalled();
  });

  it('ends a peer that has left, but does not read what was sent to it', () => {
    socket.emit('pong');
    socket.readyState = WebSocket.CLOSING;
    peers.sweep([socket]);
    peers.sweep([socket]);

    expect(socket.terminate).toHaveBeenCalledTimes(1);
  });
});
