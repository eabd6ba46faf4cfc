import type { Scene } from '../story-language';

/** How the first chapter begins. */
export const FIRST_OPENINGS: readonly Scene[] = [
  [
    '#town#的人都说，谁要是遇上#motif#，丢了的东西就会自己找回来。#hero#从前不信，后来离开得太久，连不信也忘了。',
    '#opening#，#she#在#place#外面站住了脚。#sign#',
  ],
  [
    '有些地方，走的时候以为是逃，回来才知道是绕了一个大圈。#opening#，#hero#踏进#town#，最先迎上来的还是#motif#，和#years#年前一模一样。',
    '#sign##she#是#heroRole#，靠这门手艺走过许多地方，却从来没有修好过自己心里的那一件。',
  ],
  [
    '#sign##opening#，#town#还没有完全静下来，#place#那边，#detail#。',
    '#hero#在门口数了三遍口袋里的钱，够回来，不够离开。身为#heroRole#，#she#算账一向很准。',
  ],
];

/** How later chapters begin. */
export const LATER_OPENINGS: readonly Scene[] = [
  ['#opening#，#hero#和#friend#到了#place#。#sign#'],
  [
    '#sign#从#prevPlace#出来之后，#hero#就没有睡过一个整觉。#opening#，#she#索性叫醒#friend#，动身往#place#去。',
  ],
  ['#place#，#detail#。#opening#走到这里，#hero#已经在路上换了两次衣裳，三个名字。'],
  ['“就是这儿？”#friend#仰着头问。#opening#看去，#place#比传说里小得多，也旧得多。#sign#'],
  ['关于#place#，#town#的人有许多说法，没有一种劝人去。#opening#，#hero#还是去了。#sign#'],
  [
    '#opening#，#sound#。#hero#睁开眼睛，一时想不起自己睡在哪里，直到摸着#kept#，才把昨天一点点拼了回来。离#place#，还有半日的路。',
  ],
  ['#kept#把他们带到了#place#。#opening#，#detail#，除此之外，一个人影也没有。'],
  ['#sign#这样的天气，不会有人出门，所以正适合出门。#opening#，两个人影一前一后，朝#place#走去。'],
  [
    '#opening#，#friend#把最后一点干粮分成两份，又从自己那份里掰下一角，添到#hero#那边。“吃完，”#he#说，“去#place#得有力气后悔。”',
  ],
  [
    '#smell#。这是#place#给人的第一样见面礼。#opening#，#hero#站在下风口，把该记的都记了一遍：几道门，几扇窗，几条退路。#sign#',
  ],
];

/** How chapters end while the story goes on. */
export const CLOSINGS: readonly Scene[] = [
  ['下一处是#nextPlace#。#hero#把这几个字在心里念了一遍，像把一枚钉子按进木头。'],
  ['#sound#。#hero#没有回头。前头就是通往#nextPlace#的路，黑得看不见，却是眼下唯一的一条。'],
  ['“去#nextPlace#？”#friend#问。“去#nextPlace#，”#hero#说。说完两人都笑了，笑声很快被夜色收走。'],
  [
    '#last#，#hero#回头望了一眼#place#。它静静的，什么也没有发生过一样。可是有一扇窗，分明比来时多亮了一盏灯。',
  ],
  ['那一夜#hero#睡得很沉，梦里有人在墙上划记号，一道，一道，一直划到#nextPlace#。'],
  ['#hero#摸了摸#thatTrace#。它第一次有了一点温度，不知是谁的。往#nextPlace#去的路，似乎也短了一点。'],
  ['他们谁也没有提#nextPlace#，谁也没有提明天。只是收拾东西的时候，都不约而同地，多带了一盏灯。'],
  ['#sign#再过一会儿，就该往#nextPlace#动身了。#hero#在心里数着数，忽然盼这一会儿长一点，再长一点。'],
  ['很久以后，#hero#才会明白，这一天真正要紧的，不是#thatTrace#，而是有人肯陪#she#走这一程。'],
];

/** How the last chapter ends. */
export const LAST_CLOSINGS: readonly Scene[] = [
  [
    '后来有人问#hero#，#prize#到底是什么样子。#she#总是想一想，然后说：“像一盏灯。你拿着它，就看不清它；你把它举高了，才看得见别人。”',
    '那一夜，#motif#还在。这一次，#town#没有一个人关窗。',
  ],
  [
    '#hero#在#town#住了下来。#elder#的椅子搬到了窗边，谁来谁坐。#friend#来得最勤，每回都说坐坐就走，每回都坐到灯里添第二遍油。',
    '门框上的名字，#she#没有再刮。',
  ],
  [
    '#sign##hero#在墙上找了一处空地，左手握刀，照着记忆里的样子，慢慢划下一道弯钩。',
    '“记什么？”#friend#问。',
    '“记今天，”#she#说，“免得以后有人要找。”',
  ],
];
