import { inject, Injectable } from '@angular/core';
import { map, type Observable } from 'rxjs';
import { REALTIME_CONFIG } from '../realtime-config';
import { REALTIME_TRANSPORT } from '../transport/realtime-transport';
import type { TransportFrame, TransportSocket } from '../transport/transport';
import { JSON_CODEC } from './json-codec';
import type { RealtimeCodec } from './realtime-codec';

/** An open socket and the codec of its frames. */
export interface OpenedLink {
  readonly socket: TransportSocket;
  readonly codec: RealtimeCodec;
  /** Frames that arrived before the codec was there; those of `socket.frames` follow them. */
  readonly early: readonly TransportFrame[];
}

/** Opens sockets that speak JSON. */
@Injectable()
export class LinkOpener {
  readonly #transport = inject(REALTIME_TRANSPORT);
  readonly #protocols = inject(REALTIME_CONFIG).protocols ?? [];

  /** Like `Transport.open()`. `early` must be taken before another frame arrives. */
  open(url: string): Observable<OpenedLink> {
    return this.openSocket(url).pipe(map((socket) => ({ socket, codec: JSON_CODEC, early: [] })));
  }

  /** @param offered subprotocols to offer before those of the configuration */
  protected openSocket(url: string, offered: readonly string[] = []): Observable<TransportSocket> {
    return this.#transport.open({ url, protocols: [...offered, ...this.#protocols] });
  }
}
