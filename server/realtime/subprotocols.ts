import { MESSAGEPACK_SUBPROTOCOL } from '@creative-autogpt/protocol';
import { JSON_FORMAT } from './json-format';
import { MESSAGEPACK_FORMAT } from './messagepack-format';
import type { WireFormat } from './wire-format';

/** The subprotocol that a client is given of those it offers; false for none, which is JSON. */
export function chooseSubprotocol(offered: ReadonlySet<string>): string | false {
  return offered.has(MESSAGEPACK_SUBPROTOCOL) && MESSAGEPACK_SUBPROTOCOL;
}

/** The format that a subprotocol stands for. */
export function formatOf(subprotocol: string): WireFormat {
  return subprotocol === MESSAGEPACK_SUBPROTOCOL ? MESSAGEPACK_FORMAT : JSON_FORMAT;
}
