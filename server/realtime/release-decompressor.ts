import type { WebSocket } from '@fastify/websocket';

interface Releasable {
  cleanup(): void;
}

/**
 * Frees what takes back the compression of a client's messages after each of them. ws would keep it for as long as the
 * connection, some 14 kB that are of no use: no message builds on another, and clients say little.
 *
 * ws shows it nowhere but in a field that is not documented: where that is another one day, it is kept.
 */
export function releaseDecompressor(socket: WebSocket): void {
  const extension = decompressorOf(socket);
  if (extension !== undefined) {
    socket.on('message', () => {
      extension.cleanup();
    });
  }
}

function decompressorOf(socket: WebSocket): Releasable | undefined {
  const extensions: unknown = Reflect.get(socket, '_extensions');
  if (typeof extensions !== 'object' || extensions === null) {
    return undefined;
  }
  const extension: unknown = Reflect.get(extensions, 'permessage-deflate');
  return isReleasable(extension) ? extension : undefined;
}

function isReleasable(value: unknown): value is Releasable {
  return (
    typeof value === 'object' && value !== null && 'cleanup' in value && typeof value.cleanup === 'function'
  );
}
