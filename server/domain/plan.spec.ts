import type { SessionGoal } from '@creative-autogpt/protocol';
import { planTasks } from './plan';

const titles = (title: string, goal: SessionGoal): string[] =>
  planTasks({ title, goal }).map((task) => task.title);

describe('planTasks', () => {
  it('plans what the work stands on, then each chapter twice, then the synopsis', () => {
    expect(titles('The lighthouse', { chapter_count: 2 })).toEqual([
      'Outline',
      'Characters',
      'World',
      'Chapter 1 draft',
      'Chapter 1 revision',
      'Chapter 2 draft',
      'Chapter 2 revision',
      'Synopsis',
    ]);
  });

  it('names the tasks in the language of the work', () => {
    expect(titles('灯塔', { chapter_count: 1 })).toEqual([
      '大纲',
      '人物设定',
      '世界观',
      '第 1 章 初稿',
      '第 1 章 修订',
      '故事梗概',
    ]);
  });

  it('plans three chapters when the goal names no number', () => {
    expect(planTasks({ title: 'The lighthouse', goal: {} })).toHaveSize(10);
  });

  it('plans 30 tasks for 13 chapters', () => {
    expect(planTasks({ title: 'The lighthouse', goal: { chapter_count: 13 } })).toHaveSize(30);
  });

  it('numbers the chapters from 1, and gives the whole work none', () => {
    const chapters = planTasks({ title: 'The lighthouse', goal: { chapter_count: 1 } }).map(
      ({ chapterIndex }) => chapterIndex,
    );

    expect(chapters).toEqual([null, null, null, 1, 1, null]);
  });
});
