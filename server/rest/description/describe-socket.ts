import { ClientMessage, ServerEvent } from '@creative-autogpt/protocol';
import type { FastifyInstance } from 'fastify';
import * as v from 'valibot';
import packageJson from '../../../package.json' with { type: 'json' };
import { ASYNCAPI_DIALECT, documentSchema, namedSchemas } from './document-schemas';
import { SOCKET_ANSWERS, SOCKET_DESCRIPTIONS } from './socket-descriptions';

/** A message of the protocol: one of the variants that its event tells apart. */
interface MessageSchema extends v.GenericSchema {
  readonly entries: { readonly event: v.GenericSchema };
}

/** The events of one kind of message; several where they differ by nothing else. */
const Events = v.union([
  v.pipe(
    v.object({ literal: v.string() }),
    v.transform(({ literal }) => [literal]),
  ),
  v.pipe(
    v.object({ options: v.array(v.string()) }),
    v.transform(({ options }) => options),
  ),
]);

const SOCKET = '#/channels/socket';

/** `GET /asyncapi.json`: the WebSocket, described as the protocol's schemas have it. */
export function describeSocket(app: FastifyInstance): void {
  const document = socketDocument();
  app.get('/asyncapi.json', () => document);
}

/** The document itself (AsyncAPI 3.0), from the server's side: what it receives and sends. */
function socketDocument() {
  const received = messagesOf(ClientMessage.options);
  const sent = messagesOf(ServerEvent.options);
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Creative AutoGPT',
      version: packageJson.version,
      description:
        'The WebSocket of the server. What its words mean, and in which order they come, is in docs/PROTOCOL.md.',
      license: { name: 'MIT' },
    },
    defaultContentType: 'application/json',
    servers: { local: { host: 'localhost:8000', protocol: 'ws' } },
    channels: {
      socket: {
        address: '/ws/ws',
        description: 'One socket for each client; every message is one frame with one envelope.',
        messages: Object.fromEntries(
          [...Object.keys(received), ...Object.keys(sent)].map((event) => [
            event,
            { $ref: `#/components/messages/${event}` },
          ]),
        ),
      },
    },
    operations: {
      ...Object.fromEntries(Object.keys(received).map((event) => [event, operation('receive', [event])])),
      send: operation('send', Object.keys(sent)),
    },
    components: { messages: { ...received, ...sent }, schemas: namedSchemas(ASYNCAPI_DIALECT) },
  };
}

function operation(action: 'receive' | 'send', events: readonly string[]) {
  const [answer] = events.flatMap((event) => SOCKET_ANSWERS[event] ?? []);
  return {
    action,
    channel: { $ref: SOCKET },
    messages: events.map(reference),
    ...(answer !== undefined && { reply: { channel: { $ref: SOCKET }, messages: [reference(answer)] } }),
  };
}

function reference(event: string): { $ref: string } {
  return { $ref: `${SOCKET}/messages/${event}` };
}

function messagesOf(schemas: readonly MessageSchema[]) {
  return Object.fromEntries(
    schemas.flatMap((schema) => {
      const payload = documentSchema(schema, ASYNCAPI_DIALECT);
      return v
        .parse(Events, schema.entries.event)
        .map((event) => [event, { name: event, summary: summaryOf(event), payload }] as const);
    }),
  );
}

function summaryOf(event: string): string {
  const summary = SOCKET_DESCRIPTIONS[event];
  if (summary === undefined) {
    throw new Error(`${event} has no description: give it one in SOCKET_DESCRIPTIONS.`);
  }
  return summary;
}
