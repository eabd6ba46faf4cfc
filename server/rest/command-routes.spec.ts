import { CommandResult } from '@creative-autogpt/protocol';
import * as v from 'valibot';
import { NOVEL } from '../testing/sample-work';
import { useRestServer } from '../testing/rest-server';

describe('REST commands', () => {
  const server = useRestServer();
  const post = (url: string) => server().app.inject({ method: 'POST', url });

  for (const [command, status, before] of [
    ['start', 'running', []],
    ['pause', 'paused', ['start']],
    ['resume', 'running', ['start', 'pause']],
    ['stop', 'stopped', ['start']],
  ] as const) {
    it(`does ${command} and answers with the session`, async () => {
      const { id } = await server().store.createSession(NOVEL);
      for (const earlier of before) {
        await post(`/sessions/${id}/${earlier}`);
      }

      const response = await post(`/sessions/${id}/${command}`);

      expect(response.statusCode).toBe(200);
      const result = v.parse(CommandResult, response.json());
      expect([result.success, result.data?.id, result.data?.status]).toEqual([true, id, status]);
    });
  }

  it('answers a command that the status does not allow with 409', async () => {
    const { id } = await server().store.createSession(NOVEL);
    await post(`/sessions/${id}/start`);

    const response = await post(`/sessions/${id}/start`);

    expect(response.statusCode).toBe(409);
    expect(response.json()).toEqual({
      detail: jasmine.stringContaining('A session that is running does not take "start"'),
      code: 'invalid_state',
    });
  });

  it('S12: deletes a session, which is not there afterwards', async () => {
    const { id } = await server().store.createSession(NOVEL);

    const response = await server().app.inject({ method: 'DELETE', url: `/sessions/${id}` });

    expect(response.statusCode).toBe(200);
    expect(v.parse(CommandResult, response.json())).toEqual(
      jasmine.objectContaining({ success: true, data: null }),
    );
    expect((await server().app.inject(`/sessions/${id}`)).statusCode).toBe(404);
  });
});
