import { NOVEL, OUTCOME } from '../testing/sample-work';
import { toSession } from '../domain/session-record';
import { toTask } from '../domain/task-record';
import { WorkUnderTest } from '../testing/work-under-test';
import { briefFor } from './writing-brief';

describe('briefFor', () => {
  let test: WorkUnderTest;
  beforeEach(() => {
    test = WorkUnderTest.planned();
  });

  const brief = (position = 0, { text = null as string | null } = {}): ReturnType<typeof briefFor> => {
    const tasks = test.state.tasks.map((task) => toTask(task, task.status === 'completed' ? text : null));
    const [task = toTask(test.first, null)] = tasks.slice(position);
    return briefFor(toSession(test.state.session), task, tasks);
  };

  it('asks for the task in the words of its session', () => {
    expect(brief(1)).toEqual(
      jasmine.objectContaining({
        taskType: 'draft',
        workTitle: NOVEL.title,
        language: 'zh',
        goal: NOVEL.goal,
        chapterIndex: 1,
        chapterCount: 1,
        seed: 7,
        attempt: 0,
      }),
    );
  });

  it('gives the texts before it', () => {
    test.change((work) => work.begin(test.firstId, { retry: false, rewrite: false }));
    test.change((work) => work.finish(test.firstId, OUTCOME));

    expect(brief(1, { text: OUTCOME.result }).earlier.map(({ text }) => text)).toEqual([OUTCOME.result]);
  });

  it('S21: gives what was said to all tasks and to this one', () => {
    const [first = '', second = ''] = test.taskIds;
    test.change((work) => work.giveFeedback('darker', null));
    test.change((work) => work.giveFeedback('a cat', second));
    test.change((work) => work.giveFeedback('shorter', first));

    expect(brief(0).feedback).toEqual(['darker', 'shorter']);
    expect(brief(1).feedback).toEqual(['darker', 'a cat']);
  });
});
