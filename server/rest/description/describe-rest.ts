import swagger, { type FastifyDynamicSwaggerOptions, type SwaggerTransform } from '@fastify/swagger';
import { POSITION_HEADERS, RestError } from '@creative-autogpt/protocol';
import type { JsonSchema } from '@valibot/to-json-schema';
import type { FastifyInstance, FastifySchema } from 'fastify';
import type * as v from 'valibot';
import packageJson from '../../../package.json' with { type: 'json' };
import { documentSchema, namedSchemas, OPENAPI_DIALECT } from './document-schemas';
import { REST_DESCRIPTIONS, type RestDescription } from './rest-descriptions';

/** What may come of each call that is not open to everybody. */
const COMMON_REFUSALS = {
  401: 'With sign-in: there is no valid token.',
  403: 'The page or the name is not this server’s.',
  429: 'Too many requests; `Retry-After` says for how many seconds to wait.',
  503: 'The server is going away, or cannot reach its journal at the moment.',
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

/** Routes that are no calls of REST: the files of the application, and the WebSocket. */
const NO_CALLS: readonly string[] = ['/*', '/ws/ws'];

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
      token: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: 'With AUTH_SECRET only.' },
    },
  },
  // Of the two, the first is for servers without sign-in.
  security: [{}, { token: [] }],
};

/**
 * Has the app describe the REST routes that are added after this, at `/openapi.json`.
 *
 * Routes declare what they take; what they answer and mean is in `REST_DESCRIPTIONS`, where each has to be.
 */
export async function describeRest(app: FastifyInstance): Promise<void> {
  await app.register(swagger, { openapi: OPENAPI, transform: describeRoute });
  app.get('/openapi.json', () => {
    const document = app.swagger();
    const components = 'components' in document ? document.components : {};
    return { ...document, components: { ...components, schemas: namedSchemas(OPENAPI_DIALECT) } };
  });
}

const describeRoute: SwaggerTransform = ({ url, route }) => {
  if (NO_CALLS.includes(url)) {
    return { schema: { hide: true }, url };
  }
  const call = `${String(route.method)} ${url}`;
  const description = REST_DESCRIPTIONS[call];
  if (description === undefined) {
    throw new Error(`${call} has no description: give it one in REST_DESCRIPTIONS.`);
  }
  const { tag, summary, isOpen } = description;
  return {
    url,
    schema: {
      tags: [tag],
      summary,
      ...(isOpen && { security: [{}] }),
      ...takenParts(route.schema ?? {}),
      response: describeAnswers(description),
    },
  };
};

/** What the route declares that it takes. */
function takenParts({ params, querystring, body }: FastifySchema): FastifySchema {
  return {
    ...(isSchema(params) && { params: documentSchema(params, OPENAPI_DIALECT) }),
    ...(isSchema(querystring) && { querystring: querySchema(querystring) }),
    ...(isSchema(body) && { body: documentSchema(body, OPENAPI_DIALECT) }),
  };
}

function isSchema(part: unknown): part is v.GenericSchema {
  return typeof part === 'object' && part !== null && 'kind' in part && part.kind === 'schema';
}

/** Parameters as what they are read as: the texts of an address that stand for numbers, as numbers. */
function querySchema(querystring: v.GenericSchema): JsonSchema {
  const { properties = {}, ...query } = documentSchema(querystring, OPENAPI_DIALECT, 'output');
  const shown = Object.entries(properties).map(([name, property]) => [name, asRead(property)] as const);
  return { ...query, properties: Object.fromEntries(shown) };
}

function asRead(property: JsonSchema | boolean): JsonSchema | boolean {
  if (typeof property === 'boolean' || property.type !== 'number') {
    return property;
  }
  const fallback = property.default === undefined ? {} : { default: Number(property.default) };
  return { ...property, type: 'integer', ...fallback };
}

function describeAnswers({ answer, status, isOpen, isPositioned, refusals }: RestDescription) {
  const refusalSchema = documentSchema(RestError, OPENAPI_DIALECT);
  const all = { ...(isOpen ? {} : COMMON_REFUSALS), ...refusals };
  return {
    [status ?? 200]: {
      description: status === 201 ? 'Made.' : 'Done.',
      ...(isPositioned && { headers: POSITION }),
      content: contentOf(answer),
    },
    ...Object.fromEntries(
      Object.entries(all).map(([code, description]) => [
        code,
        { description, content: { 'application/json': { schema: refusalSchema } } },
      ]),
    ),
  };
}

function contentOf(answer: RestDescription['answer']) {
  return isSchema(answer)
    ? { 'application/json': { schema: documentSchema(answer, OPENAPI_DIALECT) } }
    : Object.fromEntries(answer.map((mediaType) => [mediaType, { schema: { type: 'string' } }]));
}
