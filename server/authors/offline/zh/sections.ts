import type { CastMember, SectionPhrases } from '../story-language';

/** What the story is about, in the outline. */
export const PREMISE: SectionPhrases = {
  heading: '故事核心',
  layout: 'paragraph',
  required: ['#heroRole##hero#为了寻找失踪#years#年的#elder#，回到#town#，卷入一场对#prize#的争夺。'],
  optional: [
    '#prize#据说#nature#，#guild#的#rival#也在找它，而且从不空手而归。',
    '与#hero#同行的是#friendRole##friend#，一个把要紧的话都藏在玩笑里的人。',
    '他们一路拼凑#elder#留下的记号，越接近答案，越发现当年的说法没有一句是真的。',
    '故事最后要回答的不是“它在哪里”，而是“找到之后，谁有资格决定它的去处”。',
  ],
};

/** What it means, in the outline. */
export const THEMES: SectionPhrases = {
  heading: '主题与意象',
  layout: 'list',
  required: [],
  optional: [
    '**记忆与证言**：被藏起来的不是财宝，而是一句没有人肯听完的话。',
    '**归还**：找回一样东西，和把它还给该拥有它的人，是两回事。',
    '**意象**：#motif#、左手划下的弯钩记号、一盏为晚归者留着的灯，三者反复出现，在结尾合而为一。',
    '**节奏**：每章以一处地点和一条线索为骨架，动作与对话交替，章末留一个指向下一处的钩子。',
    '**伏笔**：#friend#的欲言又止、#rival#与#elder#的旧缘，都在前半部埋下，到转折处揭开。',
  ],
};

/** The people of the story. */
export const CHARACTERS: Readonly<Record<CastMember, SectionPhrases>> = {
  hero: {
    heading: '#hero#（主角）',
    layout: 'list',
    required: [
      '**身份**：#heroRole#，由#elder#养大，离开#town#多年。',
      '**目标**：查清#elder#的下落，找到#prize#。',
    ],
    optional: [
      '**性格**：话少，眼尖，遇事先数退路；最擅长转身离开，最怕有人在身后等。',
      '**心结**：当年不告而别，没有回头看#elder#最后一眼。',
      '**外貌**：瘦，手指长，指节上有旧伤；总穿口袋很多的外衣。',
      '**习惯**：紧张时用拇指蹭掌心的茧，认路靠气味而不靠方向。',
      '**说话方式**：句子短，很少用“也许”；越是要紧的事，声音越轻。',
      '**随身之物**：#keepsake#，以及一小截舍不得用完的炭条。',
      '**首次登场**：站在#place1#外面，数口袋里的钱，够回来，不够离开。',
      '**软肋**：受不了别人替自己受过，一次也受不了。',
      '**变化**：从“找一个人”到“替一个人把事做完”，学会留下来。',
    ],
  },
  friend: {
    heading: '#friend#（同伴）',
    layout: 'list',
    required: [
      '**身份**：#friendRole#，#hero#的旧识。',
      '**目标**：陪#hero#走到底，也偿还一笔从未说出口的旧债。',
    ],
    optional: [
      '**性格**：嘴上爱抱怨，脚下从不掉队；越害怕，玩笑开得越多。',
      '**秘密**：#elder#失踪那夜，#he#就在现场。',
      '**外貌**：笑起来左边有一个酒窝，手腕上戴着一只从不离身的旧镯子。',
      '**习惯**：吃东西总把大的一半让给别人，自己说不饿。',
      '**说话方式**：开口先打岔，绕一大圈才落到正题上；沉默的时候，就是认真的时候。',
      '**随身之物**：一壶水，半块饼，和一件据说能避祸的旧玩意儿。',
      '**软肋**：怕水，却从不解释为什么。',
      '**本事**：#town#的每一条后巷都走过，每一条狗都喂过。',
      '**变化**：从躲闪到坦白，终于不再绕着那一页纸走路。',
    ],
  },
  rival: {
    heading: '#rival#（对手）',
    layout: 'list',
    required: ['**身份**：#rivalRole#，为#guild#效力。', '**目标**：赶在所有人之前得到#prize#。'],
    optional: [
      '**性格**：彬彬有礼，从不高声；等得起，也输不起。',
      '**来历**：曾是#elder#的学生，比#hero#更早学会那套记号。',
      '**外貌**：衣着永远整洁，雨天里连衣角都不湿。',
      '**弱点**：始终想知道，#elder#为什么没有把整句话交给自己。',
      '**说话方式**：用“请”字开头，用事实结尾，从不重复第二遍。',
      '**手段**：收买路标而不收买人，因为路标不会反悔。',
      '**底线**：不对孩子和老人动手，这一条连#guild#也改不了。',
      '**与#hero#的关系**：把#hero#看作走了另一条路的自己。',
      '**变化**：在最后关头，把抬起的手放了下来。',
    ],
  },
  elder: {
    heading: '#elder#（失踪者）',
    layout: 'list',
    required: [
      '**身份**：#elderRole#，#hero#的养育者，失踪已#years#年。',
      '**作用**：人不在场，却处处留下记号，推着故事往前走。',
    ],
    optional: [
      '**性格**：宽厚，固执，从不把一句话讲给一个人听完。',
      '**特征**：惯用左手，手上有一道疤；出门前必定把灯擦一遍。',
      '**留言**：散落在各处的划痕，形如弯钩，只有受过教的人读得懂。',
      '**谜团**：走的那晚，究竟在躲谁，又在护着什么。',
      '**说话方式**：从不讲大道理，只讲该在哪块砖前停下来。',
      '**旧物**：一盏灯，一把朝门摆着的椅子，一只没有送出手的包袱。',
      '**在众人口中**：关于#elder#走的那一夜，#town#有六种讲法，每一种里穿的衣服都不一样。',
      '**未尽之事**：有一句话只讲了一半，另一半给了别人。',
      '**遗愿**：让#prize#被听见，而不是被占有。',
    ],
  },
};

/** How the people stand to each other. */
export const RELATIONS: SectionPhrases = {
  heading: '人物关系',
  layout: 'list',
  required: ['#hero#与#friend#：旧友，彼此托付性命，中间隔着一个没有说出的秘密。'],
  optional: [
    '#hero#与#rival#：同一位老师的两个学生，一个拿到后半句，一个拿到前半句。',
    '#hero#与#elder#：名为师徒，情同骨肉，欠着一次正式的告别。',
    '#friend#与#rival#：前者怕后者，不是怕刀，是怕被认出来。',
    '#elder#与#guild#：关系远比外人知道的更深，也是一切的起因。',
  ],
};

/** What a synopsis says before and after the chapters. */
export const SYNOPSIS_OPENING: readonly string[] = [
  '#heroRole##hero#离开#town#多年，#elder#失踪的谜却一直没有离开#she#。',
  '据说#elder#带走的#prize##nature#，#guild#为它悬赏，#rival#为它奔走，人人都在找，却没有人问过它原本属于谁。',
];
export const SYNOPSIS_CLOSING: readonly string[] = [
  '这是一个关于寻找与归还的故事：有人找宝物，有人找真相，有人找一次迟到的告别。',
  '伴着#motif#，#hero#与#friend#走过一处又一处地方，学会的不是如何得到，而是如何把一句话完整地传下去。',
  '当最后一盏灯亮起，读者会和#hero#一起明白：记得，就是另一种归来。',
];
