import {
  CLIENT_MESSAGE_SUMMARIES,
  ClientMessage,
  SERVER_EVENT_SUMMARIES,
  ServerEvent,
} from '@creative-autogpt/protocol';
import type { FastifyInstance } from 'fastify';
import * as v from 'valibot';
import packageJson from '../../../package.json' with { type: 'json' };
import { restCall } from '../rest-call';
import { ASYNCAPI_DIALECT, documentSchema, withNamedSchemas } from './document-schemas';

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

/** The answers that some messages of clients have of their own. */
const ANSWERS: Readonly<Record<string, ServerEvent['event']>> = {
  connect: 'connected',
  ping: 'pong',
  subscribe: 'subscribed',
  unsubscribe: 'unsubscribed',
  authenticate: 'authenticated',
} satisfies Partial<Record<ClientMessage['event'], ServerEvent['event']>>;

const SOCKET = '#/channels/socket';

/** `GET /asyncapi.json`: the WebSocket, described as the protocol's schemas have it. */
export function describeSocket(app: FastifyInstance): void {
  const document = socketDocument();
  const call = restCall('The WebSocket at /ws/ws, as AsyncAPI.', v.record(v.string(), v.unknown()));
  app.get('/asyncapi.json', { config: { ...call, isOpen: true } }, () => document);
}

/** The document itself (AsyncAPI 3.0), from the server's side: what it receives and sends. */
function socketDocument() {
  const received = messagesOf(ClientMessage.options, CLIENT_MESSAGE_SUMMARIES);
  const sent = messagesOf(ServerEvent.options, SERVER_EVENT_SUMMARIES);
  const document = {
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
    components: { messages: { ...received, ...sent } },
  };
  return withNamedSchemas(document, ASYNCAPI_DIALECT);
}

function operation(action: 'receive' | 'send', events: readonly string[]) {
  const [answer] = events.flatMap((event) => ANSWERS[event] ?? []);
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

function messagesOf(schemas: readonly MessageSchema[], summaries: Readonly<Record<string, string>>) {
  return Object.fromEntries(
    schemas.flatMap((schema) => {
      const payload = documentSchema(schema, ASYNCAPI_DIALECT);
      return v
        .parse(Events, schema.entries.event)
        .map((event) => [event, { name: event, summary: summaries[event], payload }] as const);
    }),
  );
}
