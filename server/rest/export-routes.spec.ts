import { RestError, Session, Task } from '@creative-autogpt/protocol';
import * as v from 'valibot';
import { exportStored } from '../domain/export/export-stored';
import { NOVEL } from '../testing/sample-work';
import { useRestServer } from '../testing/rest-server';
import { writeTask } from '../testing/written-task';

const NOW = '2026-11-28T12:00:00.000Z';
const Stored = v.object({
  stored: v.array(v.looseObject({ of: v.string(), id: v.string(), text: v.string() })),
});

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

  it('gives what is stored, byte for byte', async () => {
    const id = await writtenNovel();
    const response = await exportAs(id, 'raw');
    const { stored } = v.parse(Stored, response.json());

    expect(response.headers['content-disposition']).toContain('.raw.json');
    expect(stored.map(({ of }) => of)).toEqual(jasmine.arrayContaining(['session', 'task', 'text']));
    expect(stored.find(({ of }) => of === 'text')).toEqual({
      of: 'text',
      id: jasmine.any(String),
      text: '潮声漫过旧码头。😀',
    });
  });

  it('gives the stored bytes of what is no text as base64, too', () => {
    const bytes = Buffer.from([0x73, 0xa5, 0x72]);
    const content = exportStored([{ of: 'text', id: 't1', setAsideAt: NOW, bytes }]);

    expect(v.parse(Stored, JSON.parse(content)).stored).toEqual([
      { of: 'text', id: 't1', set_aside_at: NOW, text: 's\uFFFDr', base64: bytes.toString('base64') },
    ]);
  });

  it('refuses an unknown format and names the field', async () => {
    const response = await exportAs(await writtenNovel(), 'pdf');

    expect(response.statusCode).toBe(422);
    expect(v.parse(RestError, response.json()).detail).toMatch(/^format: /);
  });
});
