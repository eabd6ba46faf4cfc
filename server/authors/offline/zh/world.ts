import type { SectionPhrases } from '../story-language';

/** The sections about the world; `law`, `custom`, `history` and the places come from its genre. */
export const WORLD: readonly SectionPhrases[] = [
  {
    heading: '舞台：#town#',
    layout: 'paragraph',
    required: ['故事发生在#town#，一个人人都说要走、却很少有人真走得掉的地方。'],
    optional: [
      '这里最出名的是#motif#，外来的人为它惊叹，本地的人靠它记年月。',
      '街道顺着地势绕来绕去，初到的人总觉得自己在原地打转，住久了才知道，每一圈都比上一圈高一点。',
      '#guild#的标记随处可见，门楣上，秤砣上，连孩子的风筝上都有。',
    ],
  },
  { heading: '世界的规则', layout: 'list', required: ['#law#'], optional: ['#law#', '#law#', '#law#'] },
  {
    heading: '重要地点',
    layout: 'list',
    required: ['**#place1#**：#detail1#。'],
    optional: [
      '**#place2#**：#detail2#。',
      '**#place3#**：#detail3#。',
      '**#place4#**：#detail4#。',
      '**#place5#**：#detail5#。',
    ],
  },
  {
    heading: '势力与#prize#',
    layout: 'list',
    required: ['**#prize#**：据说它#nature#。', '**#guild#**：势力最大的一方，#rival#是它最得力的人。'],
    optional: [
      '**街坊**：不属于任何一方，却知道每一方的事，开口要看值不值得。',
      '**#elder#的记号**：一套只在师徒间流传的划痕，先写在哪儿，再写何时，最后才写为什么。',
    ],
  },
  { heading: '往事', layout: 'list', required: ['#history#'], optional: ['#history#', '#history#'] },
  { heading: '风俗与日常', layout: 'list', required: [], optional: ['#custom#', '#custom#', '#custom#'] },
];
