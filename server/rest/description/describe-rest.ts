import swagger, { type FastifyDynamicSwaggerOptions, type SwaggerTransform } from '@fastify/swagger';
import { POSITION_HEADERS, REST_ERROR_CODES, RestError } from '@creative-autogpt/protocol';
import type { FastifyInstance, FastifySchema } from 'fastify';
import * as v from 'valibot';
import packageJson from '../../../package.json' with { type: 'json' };
import { STATUS } from '../../http/error-replies';
import { type RestCall, restCall } from '../rest-call';
import { documentQuery, documentSchema, OPENAPI_DIALECT, withNamedSchemas } from './document-schemas';

/** What may come of each call that is not open to everybody. */
const COMMON_REFUSALS: RestCall['refusals'] = {
  unauthenticated: 'With sign-in: there is no valid token.',
  forbidden: 'The page or the name is not this server’s.',
  too_many_requests: 'Too many requests; `Retry-After` says for how many seconds to wait.',
  unavailable: 'The server is going away, or cannot reach its store at the moment.',
};

/** Where in the journal an answer was read. */
const POSITION = {
  [POSITION_HEADERS.epoch]: { type: 'string', description: 'Epoch of the journal.' },
  [POSITION_HEADERS.offset]: {
    type: 'integer',
    minimum: 0,
    description: 'Offset of the newest event that is in the answer; later events are not.',
  },
};

const COLLECTIONS: readonly string[] = ['sessions', 'tasks'];

const OPENAPI: NonNullable<FastifyDynamicSwaggerOptions['openapi']> = {
  openapi: '3.1.0',
  info: {
    title: 'Creative AutoGPT',
    version: packageJson.version,
    description: 'REST of the server. What its words mean is in docs/PROTOCOL.md.',
    license: { name: 'MIT', identifier: 'MIT' },
  },
  servers: [{ url: '/' }],
  components: {
    securitySchemes: {
      token: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: 'With sign-in only.' },
    },
  },
  // Of the two, the first is for servers without sign-in.
  security: [{}, { token: [] }],
};

/**
 * Has the app describe the REST routes that are added after this, at `/openapi.json`.
 *
 * @throws Error when a route does not say what it is for, and is not hidden either (when the document is
 *   asked for)
 */
export async function describeRest(app: FastifyInstance): Promise<void> {
  await app.register(swagger, { openapi: OPENAPI, transform: describeRoute });
  const call = restCall('This document.', v.record(v.string(), v.unknown()));
  let document: object | undefined;
  app.get('/openapi.json', { config: { ...call, isOpen: true } }, () => {
    // Routes are added before the first request: then it says the same for ever.
    document ??= withNamedSchemas(app.swagger(), OPENAPI_DIALECT);
    return document;
  });
}

const describeRoute: SwaggerTransform = ({ url, route }) => {
  const { schema = {}, config: { call, isOpen = false } = {} } = route;
  if (call === undefined) {
    if (schema.hide !== true) {
      throw new Error(
        `${String(route.method)} ${url} has no description: give its route a restCall() as config.`,
      );
    }
    return { schema, url };
  }
  return {
    url,
    schema: {
      tags: [tagOf(url)],
      summary: call.summary,
      ...(isOpen && { security: [{}] }),
      ...takenParts(schema),
      response: describeAnswers(call, isOpen),
    },
  };
};

/** What a call is about: the collection that its address begins with, or the server itself. */
function tagOf(url: string): string {
  const [, collection = ''] = url.split('/');
  return COLLECTIONS.includes(collection) ? collection : 'server';
}

/** What the route declares that it takes. */
function takenParts({ params, querystring, body }: FastifySchema): FastifySchema {
  return {
    ...(isSchema(params) && { params: documentSchema(params, OPENAPI_DIALECT) }),
    ...(isSchema(querystring) && { querystring: documentQuery(querystring, OPENAPI_DIALECT) }),
    ...(isSchema(body) && { body: documentSchema(body, OPENAPI_DIALECT) }),
  };
}

function isSchema(part: unknown): part is v.GenericSchema {
  return typeof part === 'object' && part !== null && 'kind' in part && part.kind === 'schema';
}

function describeAnswers({ answer, status, isPositioned, refusals }: RestCall, isOpen: boolean) {
  const schema = documentSchema(RestError, OPENAPI_DIALECT);
  const all: RestCall['refusals'] = { ...(isOpen ? {} : COMMON_REFUSALS), ...refusals };
  const refused = REST_ERROR_CODES.filter((code) => code in all);
  const alike = (status: number): string =>
    refused.flatMap((code) => (STATUS[code] === status ? (all[code] ?? []) : [])).join(' Or: ');
  return {
    [status ?? 200]: {
      description: status === 201 ? 'Made.' : 'Done.',
      ...(isPositioned && { headers: POSITION }),
      content: contentOf(answer),
    },
    ...Object.fromEntries(
      refused.map((code) => [
        STATUS[code],
        { description: alike(STATUS[code]), content: { 'application/json': { schema } } },
      ]),
    ),
  };
}

function contentOf(answer: RestCall['answer']) {
  return isSchema(answer)
    ? { 'application/json': { schema: documentSchema(answer, OPENAPI_DIALECT) } }
    : Object.fromEntries(answer.map((mediaType) => [mediaType, { schema: { type: 'string' } }]));
}
