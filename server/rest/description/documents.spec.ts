import { readFileSync } from 'node:fs';
import asyncapi from '@asyncapi/specs';
import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv } from 'ajv';
import * as v from 'valibot';
import { makeScratchDirectory, removeScratchDirectory } from '../../testing/scratch-directory';
import { ServerProcess } from '../../testing/server-process';

const AnyObject = v.record(v.string(), v.unknown());
const PROCESS_TIMEOUT_MS = 60_000;

/** Every object inside a document. */
function objectsIn(value: unknown): Record<string, unknown>[] {
  if (typeof value !== 'object' || value === null) {
    return [];
  }
  const inner = Object.values(value).flatMap(objectsIn);
  return v.is(AnyObject, value) ? [value, ...inner] : inner;
}

/** What a reference such as `#/components/schemas/Task` leads to. */
function resolve(document: unknown, reference: string): unknown {
  return reference
    .slice('#/'.length)
    .split('/')
    .reduce<unknown>((value, key) => (v.is(AnyObject, value) ? value[key] : undefined), document);
}

describe('what the server says about its interfaces', () => {
  const directory = makeScratchDirectory();
  let server: ServerProcess;
  beforeAll(async () => {
    server = await ServerProcess.start(directory, 1000);
  }, PROCESS_TIMEOUT_MS);
  afterAll(async () => {
    await server.kill();
    removeScratchDirectory(directory);
  });

  for (const name of ['openapi.json', 'asyncapi.json']) {
    it(`is what docs/${name} says, or \`npm run docs:api\` brings it there`, async () => {
      const kept: unknown = JSON.parse(
        readFileSync(new URL(`../../../docs/${name}`, import.meta.url), 'utf8'),
      );

      expect(await server.get(`/${name}`, AnyObject)).toEqual(v.parse(AnyObject, kept));
    });

    it(`refers in ${name} to nothing that is not there`, async () => {
      const document = await server.get(`/${name}`, AnyObject);
      const references = objectsIn(document).flatMap(({ $ref }) => (typeof $ref === 'string' ? [$ref] : []));

      expect(references).not.toEqual([]);
      expect(references.filter((reference) => resolve(document, reference) === undefined)).toEqual([]);
    });
  }

  it('is OpenAPI 3.1', async () => {
    const document = await server.get('/openapi.json', AnyObject);

    expect(document['openapi']).toBe('3.1.0');
    expect(await new Validator().validate(document)).toEqual(jasmine.objectContaining({ valid: true }));
  });

  it('is AsyncAPI 3.0', async () => {
    // The schema of AsyncAPI brings the one of JSON Schema along.
    const ajv = new Ajv({ strict: false, validateFormats: false, validateSchema: false, meta: false });
    const validate = ajv.compile(asyncapi.schemas['3.0.0']);
    const isValid = validate(await server.get('/asyncapi.json', AnyObject));

    expect(validate.errors).toBeNull();
    expect(isValid).toBeTrue();
  });

  it('describes each call of the documented interface', async () => {
    const { paths } = await server.get('/openapi.json', v.object({ paths: AnyObject }));

    expect(Object.keys(paths)).toEqual(
      jasmine.arrayContaining(['/health', '/metrics', '/overview', '/sessions', '/sessions/{id}', '/tasks']),
    );
    expect(Object.keys(paths)).not.toContain('/ws/ws');
  });
});
