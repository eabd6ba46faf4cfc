import type { StoryEvent } from '../story-language';

/** Where the story turns: what the search is for is no longer what it seemed. */
export const TURNING_EVENTS: readonly StoryEvent[] = [
  {
    key: 'confession',
    titles: ['The Truth, Out Loud', 'A Crack in the Ice', 'That One Page'],
    summary: [
      '#friend# confesses: it was #he# who gave #elder#’s page to #guild#, in exchange for #his# life.',
      'What the page said changes everything: #prize# is no treasure but the record of a crime.',
      '#hero# walks off alone into the night, and comes back before light with #trace# and a new resolve.',
    ],
    beats: [
      [
        '“There’s something you have to know,” said #friend#, “before we get to #place#.”',
        '#hero# stopped. #he.capitalize# hardly ever spoke like that, like a visitor who has already taken off both shoes and is waiting to be scolded.',
        '“#elder# left you a page. It was never lost. I handed it over. They held me under the water and asked, and asked again, and held me under. The fourth time, I gave it to them.”',
      ],
      [
        'For a long while neither of them spoke. There was only #motif#, a long way off.',
        '“What did it say?” #hero# asked at last, in a voice too dry to be #hers#.',
        '“That it isn’t a treasure. Years back, #guild# cleared a whole street to make way for what it wanted. Who gave the order, on what day, and who was still inside: it’s all in there, line by line.” #friend# raised #his# head. “#elder# didn’t run off with it. #elder# was going to testify.”',
        'So that was it. For #years# years they had all been chasing a prize, and it was a sentence nobody had been willing to hear to the end.',
      ],
      [
        '#hero# walked a long way. #she.capitalize# wanted to hate #friend#, and kept thinking of the water; wanted to be angry with #elder#, and saw a bent back in the lamplight, doing the accounts. Where the path gave out #she# found something wedged between two stones: #trace#. It carried a mark like a small bent hook. #elder# had sat here too.',
        '#last.capitalize#, #friend# was where #she# had left #him#, pale as chalk.',
        '“Get up,” said #hero#, and held out a hand. “You owe #elder# a page. We’re going to fetch the rest.”',
      ],
    ],
  },
  {
    key: 'founder',
    titles: ['Another Name', 'Behind the Portrait', 'A Borrowed Life'],
    summary: [
      'Behind a blackened portrait at #place#, #hero# discovers that #elder# was among the founders of #guild#.',
      '#rival# tells the old story: #elder# made #prize# with #elder#’s own hands, and hid it for the same reason.',
      'The search has a new meaning: not to find somebody, but to finish what was left undone.',
    ],
    beats: [
      [
        'At the far end of #place# hung the founders of #guild#, seven portraits in a row. Six of them had names. The seventh had been painted over in black.',
        '#hero# went at it with a wet cloth, a little at a time. A left hand came up first, holding a knife; after it a chin, and a pair of eyes.',
        'Behind #herObject# #friend# drew a sharp breath. The face was young, and pleased with itself, and sorry for nothing. It was #elder#.',
      ],
      [
        '“So now you’ve seen it,” said #rival# out of the shadows, and this time there was nobody at the back. “#prize.capitalize# was made by #elder#. #guild.capitalize# got its very name from #elder#.”',
        '“Then why leave?”',
        '“Because it works. It remembers everything we did with it, who and when, line by line.” #rival# set #trace# down beneath the frame. “#elder# begged us to stop. We put it to a vote. Six to one. My hand went up with the others.”',
        'On the last words there was, for the first time, a crack in that voice.',
      ],
      [
        'Nobody spoke on the way back. All these years, #hero# thought, #she# had been looking for somebody innocent. What #she# had found was somebody who was sorry.',
        '“Do we go on?” asked #friend#.',
        '#hero# considered #thatTrace# for a while. “We go on. I used to want to know where #elder# went,” #she# said. “Now I want to finish it. Those aren’t the same thing.”',
      ],
    ],
  },
];

/** After the turn: the price of knowing, and the way to the end. */
export const FALLING_EVENTS: readonly StoryEvent[] = [
  {
    key: 'escape',
    needs: 'gatekeeper',
    titles: ['The Way Out', 'A Bolt on the Far Side', 'One Fewer on the Road'],
    summary: [
      '#guild.capitalize# seals off #town#, and #hero# and #friend# escape through a tunnel beneath #place#.',
      'To keep #trace# out of the wrong hands, the one-eyed gatekeeper stays behind to bar the door.',
      'They are free, and for the first time they know that others are paying for it.',
    ],
    beats: [
      [
        'The notices had gone up overnight. #hero# and #friend# hung side by side on every wall, badly drawn, with a reward that looked entirely real. There were grey caps at each gate and at the landing.',
        '“There’s another way,” said somebody at their backs. It was the gatekeeper with the one eye. “Under #place#. I dug it when I was young. I thought it would be for debts.”',
      ],
      [
        'The tunnel was so narrow that they had to go sideways. Halfway along they heard boots overhead, and furniture going over. The old man stopped and gave #hero# his lamp, and with it #trace#.',
        '“Somebody has to bolt this door from the outside,” he said, as if he were talking about supper. “I’m slow. It had better be me.”',
        '“Come with us.” #hero# had him by the sleeve.',
        '“You paid me in truth, that time,” he said, and smiled, and drew the sleeve away little by little. “I still owe you change.”',
      ],
      [
        'The door shut. The bolt went home with a dull sound, like a word being swallowed.',
        'They did not stop until they could see the sky. #friend# slid down against a bank of earth and wiped #his# face with the back of one hand, which only made it worse.',
        '#hero# stood looking the way they had come. “It used to be that I wanted to find it,” #she# said. “From today I have to.”',
      ],
    ],
  },
  {
    key: 'fever',
    titles: ['Fever', 'A Dream Like Snow', 'Three Days, Three Nights'],
    summary: [
      '#hero# falls ill at #place# and, in the fever, dreams of #elder# and of a rhyme from childhood.',
      '#friend# watches for three days and gives the last thing #he# owns for medicine and #trace#.',
      'Rhyme and clue together give the hiding place a name at last: #nextPlace#.',
    ],
    beats: [
      [
        'They had only just reached #place# when #hero#’s knees went. #her.capitalize# forehead burned and #her# hands were like ice. #friend# piled on everything that could be called a blanket, and still heard #her# teeth.',
        '#detail.capitalize#. Apart from that there was no sound at all.',
      ],
      [
        'In the dream #she# was six or seven, on tiptoe, watching #elder# scratch marks into a wall. With each came a line of the rhyme. “First the water, then the shade, then a light that no one made.” #hero# said it after, and got it wrong, and #elder# laughed and tapped #herObject# on the head with the handle of the knife.',
        '“Got it?”',
        '“Got it.”',
        '“Then I can go.” #elder# was walking backwards into a brightness, fainter and fainter, until there was only the left hand, still waving.',
      ],
      [
        'When #hero# woke, #friend# was dozing by the bed. The old bracelet #he# never took off was gone from #his# wrist. On the table were a packet of powders and #trace#.',
        '“You sold it?”',
        '“Traded it,” #he# said, eyes shut. “It had kept me company long enough. What was that about a light? You’ve been saying it for two days.”',
        '#hero# sat up slowly. There was nothing sick about #her# eyes. “A light that no one made. I know where that is. It’s #nextPlace#.”',
      ],
    ],
  },
  {
    key: 'bargain',
    needs: 'shelter',
    titles: ['Talking to the Enemy', 'Half a Sentence Each', 'The Middle of the Bridge'],
    summary: [
      '#hero# asks #rival# to a meeting at #place#, each to come alone.',
      'They put their halves together, hear what #elder# really asked of them, and #hero# is given #trace#.',
      '#rival# will not help, but promises to be an hour late on the last day.',
    ],
    beats: [
      [
        '“You’ve lost your mind,” said #friend#. “You’ve asked #rival# to come?”',
        '“There’s half a sentence I need to hear.” #hero# did up #her# coat. “And that night by the fire, it would have been easy to hurt us. It didn’t happen.”',
        'They had settled on #place#. #hero# went with empty hands, down the very middle, where anyone could see.',
      ],
      [
        '#rival# had indeed come alone, and looked older. They halted three steps apart, and neither would take a fourth.',
        '“My half,” #rival# began. “‘If the day comes when it is found.’”',
        '#hero# shut #her# eyes for a moment. “‘Read it to everyone,’” #she# said, “‘and then let it burn.’”',
        'The wind carried that a long way. #rival# stepped back as if from a light blow, and gave an ugly little laugh. “So I was never trusted after all. Not even with a whole sentence.”',
        '“You were trusted with half,” said #hero#. “Nobody else was.”',
      ],
      [
        'At the end #rival# laid #trace# on the railing. “I can’t help you. There are three hundred people who eat because of #guild#.”',
        '“I haven’t asked you to.”',
        '“On the day, though.” #rival# had already turned to go, and threw a very long shadow. “On the day, I may be an hour late.”',
      ],
    ],
  },
  {
    key: 'eve',
    comesLast: true,
    titles: ['The Night Before', 'Sharpening the Knife', 'A Letter to Leave Behind'],
    summary: [
      'On the last evening #hero# and #friend# make ready at #place#, each in a different way.',
      '#hero# writes a letter #she# will never post; #friend# changes the plan for the seventh time, and all of it hangs on #trace#.',
      'They agree that whoever reaches #nextPlace# first will wait for the other.',
    ],
    beats: [
      [
        'The plan was drawn on paper that had once held a cake, and this was its seventh version. #friend# jabbed at the middle with a stub of charcoal. “Here we have a quarter of an hour. Without #trace# we don’t even get through the door.”',
        '“And if we don’t have a quarter of an hour?”',
        '“Then run.” #he.capitalize# thought about it. “I mean, then you run.”',
      ],
      [
        '#hero# sat down by the lamp to write to #elder#. #she.capitalize# began three times, and in the end kept a single line. “I used to blame you for going without goodbye; now I am doing it too, and I see that if you say goodbye you cannot go.”',
        '#she.capitalize# folded it into #her# inside pocket. There was so much in there already that it did not seem to weigh anything.',
      ],
      [
        '#last.capitalize#, they sat side by side on the doorstep and waited for it to be time. Behind them #place# seemed to breathe, like some great animal asleep on its feet.',
        '“Are you afraid?” asked #friend#.',
        '“Yes.”',
        '“Me too.” #he.capitalize# broke #his# bread and held out the bigger piece. “Whoever gets to #nextPlace# first waits for the other. Agreed?”',
        '“Agreed.”',
      ],
    ],
  },
];
