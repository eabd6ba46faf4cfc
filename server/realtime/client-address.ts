import { normalizeIP } from '@fastify/rate-limit';

/** Whoever has one address of such a network (bits) has all of them. */
const IPV6_NETWORK = 64;

/**
 * What clients are counted by while their owner is not known: their IPv4 address, or the network of their
 * IPv6 address.
 *
 * @param ip as `FastifyRequest.ip`: undefined, whatever its type says, where the client has left meanwhile
 */
export function clientAddress(ip: string | undefined): string {
  return ip === undefined ? 'unknown' : normalizeIP(ip, IPV6_NETWORK);
}
