import type { StoryLanguage } from '../story-language';
import { ENDING_EVENTS } from './events-ending';
import { FALLING_EVENTS, TURNING_EVENTS } from './events-later';
import { OPENING_EVENTS } from './events-opening';
import { RISING_EVENTS } from './events-rising';
import { ACTION, ENCOUNTER, TALK } from './interludes-lively';
import { ATMOSPHERE, MEMORY, THOUGHT } from './interludes-quiet';
import { DAY_SHAPES, LEXICON, WEATHERS } from './lexicon';
import { chineseNumber } from './chinese-number';
import { CLOSINGS, FIRST_OPENINGS, LAST_CLOSINGS, LATER_OPENINGS } from './openings';
import { REVISION_DETAILS, SHARPENINGS } from './revision';
import { CHARACTERS, PREMISE, RELATIONS, SYNOPSIS_CLOSING, SYNOPSIS_OPENING, THEMES } from './sections';
import { FANTASY } from './settings/fantasy';
import { GENERAL } from './settings/general';
import { MYSTERY } from './settings/mystery';
import { ROMANCE } from './settings/romance';
import { SCIFI } from './settings/scifi';
import { WUXIA } from './settings/wuxia';
import { WORLD } from './world';

/** Chinese. */
export const CHINESE: StoryLanguage = {
  names: {
    female: ['林晚', '沈知夏', '苏念', '顾青禾', '叶听澜', '许南枝', '江月白', '温如初', '宋清和', '白露'],
    male: ['陆沉', '陈渡', '周砚', '裴远', '程野', '谢归舟', '韩松', '秦川', '方既明', '何以安'],
  },
  rivalNames: {
    female: ['薛照影', '容徽', '闻人素', '祝寒衣'],
    male: ['霍景行', '魏无咎', '萧默', '杜衡之'],
  },
  elderNames: {
    female: ['孟婆婆', '岑先生', '柳姑'],
    male: ['老陶', '顾长庚', '严伯'],
  },
  pronouns: {
    hero: { female: { she: '她' }, male: { she: '他' } },
    friend: { female: { he: '她' }, male: { he: '他' } },
    rival: { female: {}, male: {} },
    elder: { female: {}, male: {} },
  },
  keepsake: '#elder#留下的那枚旧扣子',
  years: ['七', '九', '十一', '十二', '十五'],
  genreWords: [
    [/科幻|太空|星际|赛博|未来|机甲|末世/u, 'scifi'],
    [/武侠|仙侠|江湖|修真|修仙|古装/u, 'wuxia'],
    [/奇幻|玄幻|魔法|魔幻|童话/u, 'fantasy'],
    [/悬疑|推理|侦探|惊悚|犯罪|恐怖|灵异/u, 'mystery'],
    [/言情|爱情|恋爱|浪漫|青春|甜|纯爱/u, 'romance'],
  ],
  heroNamePattern:
    /(?:主角|主人公|女主|男主)(?:的名字)?(?:名叫|名为|叫做|叫作|叫|是|：|:)\s*[“「]?([\p{Script=Han}]{2,3})(?=[”」，,。；;、！\s（(]|$)/u,
  settings: {
    scifi: SCIFI,
    fantasy: FANTASY,
    mystery: MYSTERY,
    romance: ROMANCE,
    wuxia: WUXIA,
    general: GENERAL,
  },
  weathers: WEATHERS,
  dayShapes: DAY_SHAPES,
  events: {
    opening: OPENING_EVENTS,
    rising: RISING_EVENTS,
    turning: TURNING_EVENTS,
    falling: FALLING_EVENTS,
    ending: ENDING_EVENTS,
  },
  interludes: {
    atmosphere: ATMOSPHERE,
    talk: TALK,
    thought: THOUGHT,
    action: ACTION,
    encounter: ENCOUNTER,
    memory: MEMORY,
  },
  firstOpenings: FIRST_OPENINGS,
  laterOpenings: LATER_OPENINGS,
  closings: CLOSINGS,
  lastClosings: LAST_CLOSINGS,
  lexicon: LEXICON,
  premise: PREMISE,
  themes: THEMES,
  characters: CHARACTERS,
  relations: RELATIONS,
  world: WORLD,
  synopsisOpening: SYNOPSIS_OPENING,
  synopsisClosing: SYNOPSIS_CLOSING,
  sharpenings: SHARPENINGS,
  revisionDetails: REVISION_DETAILS,
  wording: {
    outlineTitle: (title) => `《${title}》大纲`,
    charactersTitle: (title) => `《${title}》人物设定`,
    worldTitle: (title) => `《${title}》世界观`,
    synopsisTitle: (title) => `《${title}》故事梗概`,
    genre: (genre) => `**类型**：${genre}`,
    style: (style) => `**风格**：${style}`,
    requirement: (requirement) => `**写作要求**：${requirement}`,
    extent: (chapters) => `**篇幅**：共${chineseNumber(chapters)}章`,
    chaptersHeading: '章节安排',
    chapterTitle: (index, title) => `第${chineseNumber(index)}章　${title}`,
    titleAgain: (title, part) => `${title}（${chineseNumber(part)}）`,
  },
};
