import { EvaluationResult, TASK_TYPES, type TaskType } from '@creative-autogpt/protocol';
import fc from 'fast-check';
import * as v from 'valibot';
import { briefOf } from '../testing/brief';
import { evaluate, PASSING_SCORE } from './evaluate';

const NOW = new Date('2026-11-22T13:00:58.901Z');

const GOOD_SCENE =
  '雾从海上来，一点一点吞掉了码头。“还走吗？”陈渡问。林晚没有马上回答。她听见水声，听见缆绳绷紧时那一声长长的呻吟，也听见自己的心跳。“走，”她说，“趁它还没有看见我们。”';

describe('evaluate', () => {
  it('measures dialogue only where people talk', () => {
    const dimensionsOf = (taskType: TaskType): string[] =>
      Object.keys(evaluate(GOOD_SCENE, briefOf({ taskType })).dimension_scores ?? {});
    expect(dimensionsOf('draft')).toContain('dialogue_share');
    expect(dimensionsOf('revision')).toContain('dialogue_share');
    expect(dimensionsOf('outline')).toEqual(['length', 'repetition', 'sentence_variety', 'vocabulary']);
  });

  it('passes a good scene and fails one that goes in circles', () => {
    const brief = briefOf({ targetLength: 85 });
    expect(evaluate(GOOD_SCENE, brief).passed).toBeTrue();
    expect(evaluate('雾来了。'.repeat(21), brief).passed).toBeFalse();
  });

  it('fails an empty text', () => {
    expect(evaluate('', briefOf()).passed).toBeFalse();
  });

  it('says when it was evaluated', () => {
    expect(evaluate(GOOD_SCENE, briefOf(), NOW).evaluated_at).toBe('2026-11-22T13:00:58.901Z');
  });

  it('gives a valid result for any text, passed by its mean alone', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary', maxLength: 300 }),
          fc.lorem(),
          fc.stringMatching(/^[雾灯。“”！🙂\n#*-]{0,99}$/u),
        ),
        fc.constantFrom(...TASK_TYPES),
        fc.constantFrom('zh' as const, 'en' as const),
        fc.nat({ max: 2000 }),
        (text, taskType, language, targetLength) => {
          const result = evaluate(text, briefOf({ taskType, language, targetLength }), NOW);
          const scores = Object.values(result.dimension_scores ?? {}).map(({ score }) => score);
          const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
          expect(v.is(EvaluationResult, result)).withContext(JSON.stringify(result)).toBeTrue();
          expect(result.score).toBeCloseTo(mean, 10);
          expect(result.passed).toBe(result.score >= PASSING_SCORE);
        },
      ),
    );
  });

  it('takes time in proportion to the length of the text, also without a single break', () => {
    const timeFor = (text: string): number => {
      const start = performance.now();
      evaluate(text, briefOf());
      return performance.now() - start;
    };
    for (const unit of ['雾中的灯塔', 'lighthouse', '🙂', '“', '# ']) {
      timeFor(unit.repeat(2_000));
      const once = Math.max(5, timeFor(unit.repeat(10_000)));
      expect(timeFor(unit.repeat(100_000)))
        .withContext(unit)
        .toBeLessThan(once * 40);
    }
  });
});
