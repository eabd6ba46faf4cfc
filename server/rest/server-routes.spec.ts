import { Health, Overview } from '@creative-autogpt/protocol';
import * as v from 'valibot';
import { NOVEL, PLAN } from '../testing/sample-work';
import { useRestServer } from '../testing/rest-server';

describe('REST for the server as a whole', () => {
  const server = useRestServer();

  it('GET /health says that it is well, and who writes', async () => {
    const response = await server().app.inject('/health');

    expect(response.statusCode).toBe(200);
    expect(v.parse(Health, response.json())).toEqual({
      status: 'healthy',
      version: jasmine.stringMatching(/^\d+\.\d+\.\d+/),
      llm_providers: ['offline'],
      storage_status: 'ok',
      memory_status: 'ok',
    });
  });

  it('GET /health says so when the store cannot be written to, and keeps the reason to the log', async () => {
    spyOn(server().stores, 'check').and.rejectWith(new Error('no space left on /var/lib/novels'));

    const response = await server().app.inject('/health');

    expect(response.statusCode).toBe(503);
    expect(v.parse(Health, response.json())).toEqual(
      jasmine.objectContaining({
        status: 'unavailable',
        storage_status: 'failing',
        detail: 'The store cannot be written to; the log says why.',
      }),
    );
  });

  it('GET /overview counts sessions and tasks', async () => {
    const { store } = server();
    const { id } = await store.createSession(NOVEL);
    await store.change(id, (work) => work.plan(PLAN));

    const overview = v.parse(Overview, (await server().app.inject('/overview')).json());

    expect([overview.sessions.total, overview.sessions.created]).toEqual([1, 1]);
    expect([overview.tasks.total, overview.tasks.pending, overview.characters_written]).toEqual([2, 2, 0]);
  });
});
