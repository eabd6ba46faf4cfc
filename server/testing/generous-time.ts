/**
 * Time (ms) a spec has: many of them talk over real sockets, and the machine may be busy with everything
 * else.
 */
const SPEC_TIMEOUT_MS = 20_000;

jasmine.DEFAULT_TIMEOUT_INTERVAL = SPEC_TIMEOUT_MS;
