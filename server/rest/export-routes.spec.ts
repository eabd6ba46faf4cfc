import { RestError, Session, Task } from '@creative-autogpt/protocol';
import * as v from 'valibot';
import { NOVEL } from '../testing/sample-work';
import { useRestServer } from '../testing/rest-server';
import { writeTask } from '../testing/written-task';

describe('REST export', () => {
  const server = useRestServer();
  const exportAs = (id: string, format: string) =>
    server().app.inject({ method: 'POST', url: `/sessions/${id}/export`, payload: { format } });

  const writtenNovel = async (): Promise<string> => {
    const { store } = server();
    const { id } = await store.createSession(NOVEL);
    await writeTask(store, id, 1);
    return id;
  };

  it('gives Markdown as an attachment with the title as its name', async () => {
    const response = await exportAs(await writtenNovel(), 'md');

    expect(response.statusCode).toBe(200);
    expect(response.headers['content-type']).toBe('text/markdown; charset=utf-8');
    expect(response.headers['content-disposition']).toBe(
      `attachment; filename="____.md"; filename*=UTF-8''${encodeURIComponent('星海拾遗')}.md`,
    );
    expect(response.body).toBe('# 星海拾遗\n\n## 第 1 章\n\n潮声漫过旧码头。😀\n');
  });

  it('gives plain text', async () => {
    const response = await exportAs(await writtenNovel(), 'txt');

    expect(response.headers['content-type']).toBe('text/plain; charset=utf-8');
    expect(response.body).toBe('星海拾遗\n\n第 1 章\n\n潮声漫过旧码头。😀\n');
  });

  it('gives the session with all its tasks as JSON', async () => {
    const id = await writtenNovel();

    const response = await exportAs(id, 'json');

    const work = v.parse(v.object({ session: Session, tasks: v.array(Task) }), response.json());
    expect(work.session).toEqual(await server().store.findSession(id));
    expect(work.tasks).toEqual([...(await server().store.tasksOf(id))]);
  });

  it('refuses an unknown format and names the field', async () => {
    const response = await exportAs(await writtenNovel(), 'pdf');

    expect(response.statusCode).toBe(422);
    expect(v.parse(RestError, response.json()).detail).toMatch(/^format: /);
  });
});
