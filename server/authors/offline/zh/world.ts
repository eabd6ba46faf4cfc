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
      '**#place6#**：#detail6#。',
      '#place1#到了夜里又是一番样子：#detail1#。',
      '在#place2#待得久了，还会留意到：#detail2#。',
      '#place3#最叫人忘不掉的，是#detail3#。',
      '有人说#place4#一直没有变过，#detail4#。',
    ],
  },
  {
    heading: '天气',
    layout: 'list',
    required: [],
    optional: ['#sign#', '#sign#', '#sign#', '#sign#', '#sign#', '#sign#'],
  },
  {
    heading: '会出现的物件',
    layout: 'list',
    required: [],
    optional: [
      '#object#：#elder#留下的记号就藏在上面。',
      '#object#：辗转经过许多人的手，最后一个主人不肯留名。',
      '#object#：看上去毫不值钱，#guild#却为它翻过整条街。',
      '#object#：只有与另一样东西放在一起，才看得出意思。',
      '#object#：曾被人当作赝品，差一点就扔掉了。',
      '#object#：#hero#找到它的时候，上面的灰是新的。',
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
