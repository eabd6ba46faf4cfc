import type { Session, Task, TaskStatus } from '@creative-autogpt/protocol';
import { exportWork, type WorkFormat } from './export-work';

const exported = (session: Session, tasks: readonly Task[], format: WorkFormat): string =>
  Array.from(exportWork(session, tasks, format)).join('');

const NOW = '2026-11-22T13:00:00.000Z';

describe('exportWork', () => {
  it('prefers the revision of a chapter, and takes the draft while there is none', () => {
    const tasks = [
      task('draft', 1, 'first draft'),
      task('revision', 1, 'first revision'),
      task('draft', 2, 'second draft'),
      task('revision', 2, null, 'running'),
    ];

    expect(exported(session('Sea'), tasks, 'md')).toBe(
      '# Sea\n\n## Chapter 1\n\nfirst revision\n\n## Chapter 2\n\nsecond draft\n',
    );
  });

  it('orders chapters by their number', () => {
    const tasks = [task('draft', 10, 'ten'), task('draft', 2, 'two')];

    expect(exported(session('Sea'), tasks, 'txt')).toBe('Sea\n\nChapter 2\n\ntwo\n\nChapter 10\n\nten\n');
  });

  it('has the text of a chapter whose task record is damaged, by its place in the plan', () => {
    const lost = { task_type: 'damaged', chapter_index: null, status: 'failed', damaged: true } as const;
    const tasks = [
      { ...task('draft', 1, 'first draft'), ...lost, position: 3 },
      { ...task('revision', 1, null), ...lost, position: 4 },
      task('draft', 2, 'second draft'),
    ];

    expect(exported(session('Sea'), tasks, 'txt')).toBe(
      'Sea\n\nChapter 1\n\nfirst draft\n\nChapter 2\n\nsecond draft\n',
    );
  });

  it('has what is left of a damaged task in a damaged session, whose plan is lost', () => {
    const kept = { ...task('draft', 2, 'second draft', 'failed'), damaged: true, position: 3 };

    expect(exported({ ...session('Sea'), damaged: true }, [kept], 'txt')).toBe(
      'Sea\n\nChapter 2\n\nsecond draft\n',
    );
  });

  it('adds no heading to a chapter that begins with its own', () => {
    const tasks = [task('draft', 1, '## Chapter 1 — The Last Mark\n\nThe fog opened.')];

    expect(exported(session('Sea'), tasks, 'md')).toBe(
      '# Sea\n\n## Chapter 1 — The Last Mark\n\nThe fog opened.\n',
    );
  });

  it('writes chapters without marks in plain text', () => {
    const tasks = [task('draft', 1, '## 第一章 潮声\n\n雾**开**了。\n\n### 夜\n\n灯灭了 #3。')];

    expect(exported(session('海'), tasks, 'txt')).toBe(
      '海\n\n第一章 潮声\n\n雾开了。\n\n夜\n\n灯灭了 #3。\n',
    );
  });

  it('leaves out what is about the whole work', () => {
    expect(exported(session('Sea'), [task('outline', null, 'plan')], 'txt')).not.toContain('plan');
  });

  it('speaks the language of the work', () => {
    expect(exported(session('海'), [task('draft', 1, '正文')], 'md')).toBe('# 海\n\n## 第 1 章\n\n正文\n');
    expect(exported(session('海'), [], 'md')).toBe('# 海\n\n（还没有写完的章节。）\n');
    expect(exported(session('Sea'), [], 'md')).toBe('# Sea\n\n(No chapter is finished yet.)\n');
  });

  it('keeps a title from being Markdown', () => {
    expect(exported(session('*Sea* #1 <b>'), [], 'md')).toMatch(/^# \\\*Sea\\\* \\#1 \\<b\\>\n/);
  });

  it('is the same JSON in pieces as at once, so that it can be made in steps', () => {
    for (const tasks of [
      [],
      [task('draft', 1, 'one\nline')],
      [task('draft', 1, '"'), task('draft', 2, null)],
    ]) {
      const work = { session: session('Sea\n'), tasks };

      expect(exported(work.session, tasks, 'json')).toBe(`${JSON.stringify(work, null, 2)}\n`);
    }
  });
});

function session(title: string): Session {
  return {
    id: 's',
    title,
    mode: 'novel',
    status: 'running',
    goal: {},
    config: {},
    created_at: NOW,
    updated_at: NOW,
    completed_at: null,
    total_tasks: 0,
    completed_tasks: 0,
    failed_tasks: 0,
    llm_calls: 0,
    tokens_used: 0,
    is_rewriting: false,
    rewrite_attempt: 0,
    rewrite_task_id: null,
    rewrite_task_type: null,
  };
}

function task(
  type: string,
  chapter: number | null,
  result: string | null,
  status: TaskStatus = 'completed',
): Task {
  return {
    task_id: `${type} ${String(chapter)}`,
    session_id: 's',
    task_type: type,
    title: type,
    description: '',
    position: 0,
    chapter_index: chapter,
    status,
    result,
    created_at: NOW,
    updated_at: NOW,
    started_at: null,
    completed_at: null,
    execution_time_seconds: null,
    prompt_tokens: 0,
    completion_tokens: 0,
    total_tokens: 0,
    failed_attempts: 0,
    retry_count: 0,
    llm_provider: null,
    llm_model: null,
  };
}
