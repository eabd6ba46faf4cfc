/** Headers of a request of HTTP, in order; one may come more than once. */
export type Headers = readonly (readonly [name: string, value: string])[];

/** What a browser sends to open a WebSocket, besides its `Host`. */
export const UPGRADE: Headers = [
  ['Upgrade', 'websocket'],
  ['Connection', 'Upgrade'],
  ['Sec-WebSocket-Version', '13'],
  ['Sec-WebSocket-Key', 'AAAAAAAAAAAAAAAAAAAAAA=='],
];

export const SOCKET_PATH = '/ws/ws';

/** A request as it goes over the wire. */
export function request(
  line: string,
  headers: Headers = [],
  body = '',
  host: Headers = [['Host', '127.0.0.1']],
): string {
  const head = [...host, ...headers].map(([name, value]) => `${name}: ${value}\r\n`).join('');
  return `${line}\r\n${head}\r\n${body}`;
}

export function upgradeAt(path: string, headers: Headers = []): string {
  return request(`GET ${path} HTTP/1.1`, [...UPGRADE, ...headers]);
}
