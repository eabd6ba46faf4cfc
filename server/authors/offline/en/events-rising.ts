import type { StoryEvent } from '../story-language';

/** How the search goes on: each of these can stand anywhere before the turn of the story. */
export const RISING_EVENTS: readonly StoryEvent[] = [
  {
    key: 'gatekeeper',
    titles: ['The Gatekeeper’s Price', 'A Question for a Question', 'Trade by Lamplight'],
    summary: [
      'The gatekeeper of #place# knew #elder#, but he asks a price: one true thing #hero# has never told anyone.',
      '#hero# tells why #she# left #town#, and is given #trace# in return.',
      'The old man adds a warning: somebody came asking yesterday, free with money, and it sounds like #rival#.',
    ],
    beats: [
      [
        'The keeper of #place# was an old man with one eye, and he did not trouble to raise it. “#elder#? Knew the name, knew the face. But I don’t give away what I know.”',
        '#hero# laid down money and he shook his head. #she.capitalize# took off the one thing of value #she# wore, and he shook his head again. “Tell me something you’ve never told a soul. A real one.”',
      ],
      [
        '#hero# looked at #her# hands and began slowly. #she.capitalize# told how, to make leaving easy, #she# had slid the bag #elder# packed for #herObject# back under the bed. How there had been a sound at the door, and #she# had not looked round.',
        '“I found out later who was standing there,” #she# said. “Holding another bag. A warmer one.”',
        '#friend# had turned to face the wall. The old man grunted, as if tasting soup, reached beneath the counter, and brought out #trace#.',
      ],
      [
        '“Was told to keep it for whoever paid in truth.” He wiped #thatTrace# on his sleeve. “There was another one in, yesterday. Generous. Not an honest word from start to finish.”',
        '“#rival#?” asked #friend#.',
        '“Gave no name. But the boots belonged to #guild#.” He turned the lamp down to a bead. “Go out by the back. The front’s too bright tonight.”',
      ],
    ],
  },
  {
    key: 'missing-page',
    titles: ['The Missing Page', 'Cut With the Left Hand', 'Page Forty-Seven'],
    summary: [
      '#hero# and #friend# slip into #place# to read the old records and find the page about #prize# cut out.',
      'What was left behind the shelf, #trace#, shows that the hand with the knife was #elder#’s own.',
      'They get out just ahead of the search party, and #hero# wonders for the first time whom #elder# was hiding from.',
    ],
    beats: [
      [
        'From somewhere #friend# had found two old work coats, one with sleeves too long and one too short. “Head down, walk fast,” #he# said. “Like somebody who’s just been shouted at.” It took them all the way to the inner rooms of #place#.',
        '#detail.capitalize#. The volumes stood in order of their years, and #hero#’s finger went along the spines until it stopped at the one it wanted.',
      ],
      [
        'After page forty-six came page forty-eight.',
        'The cut was as clean as if it had been ruled. #hero# drew the whole book from its place and saw that something had been wedged into the gap behind: #trace#. #she.capitalize# worked it loose with the tip of #her# knife, and #her# heart beat so hard that #friend# could hear it.',
        '“This was cut left-handed,” #she# said. “There was only one person in #town# who held a blade in the left.”',
        '#friend# opened #his# mouth and closed it. “#elder#? Then who was #elder# hiding it from?”',
      ],
      [
        'A light moved at the end of the passage. The footsteps were even and many, which meant #guild#. #friend# caught #hero# by the arm, and they backed away behind the shelves, row after row.',
        'In the outer room somebody was leafing through the book, quickly, and then not at all. “They’ve been here,” a voice said. “Look at the dust.”',
        'They left through a window meant for deliveries. #hero# took the skin off one palm as #she# landed, but #thatTrace# was still safe inside #her# coat.',
      ],
    ],
  },
  {
    key: 'false-guide',
    titles: ['The Wrong Signpost', 'A Helpful Guide', 'Two Copies of One Truth'],
    summary: [
      'A guide who claims to owe #elder# his life offers to lead #hero# to #place# for nothing.',
      '#hero# notices that the proof he carries, #trace#, is a forgery, and that the signposts have been moved.',
      'They turn the trap round and learn what #guild# is really afraid of.',
    ],
    beats: [
      [
        'The guide said that his name was Pell, that #elder# had once saved his life, and that he would take them to #place# and not ask a penny. He walked quickly, talked a great deal, and never once had to think at a fork.',
        '“Too easy,” #friend# muttered behind. “Nothing in my life has been this easy.”',
      ],
      [
        'When they rested, Pell brought out something to prove his story: #trace#. #hero# held it to the light, turned it over, and looked for a long moment at the mark on the back.',
        'The scratch was fresh.',
        '#she.capitalize# handed it back with a compliment on how well he had kept it, and as #she# turned away #she# drew a cross in #friend#’s palm. #friend# yawned, stretched, and emptied the whole water bottle over Pell’s boots. Where the leather darkened, the brand of #guild# came up like a bruise.',
      ],
      [
        '“So,” said #friend#, sitting down on Pell’s pack. “How much did #rival# pay?”',
        'Pell told them everything in a voice close to tears. The posts had been turned in the night; a little further on there was a cliff. “I only do the walking. All I heard was this: nobody must ever get to read it. #prize.capitalize#, I mean. Nobody must read it.”',
        '“Read it?” #hero# and #friend# stared at each other. They had thought of it as a thing to be used. It had never occurred to them that it might have something to say.',
      ],
    ],
  },
  {
    key: 'shelter',
    weather: 'rain',
    titles: ['The Same Rain', 'One Fire, Three Shadows', 'A Truce Until Morning'],
    summary: [
      'The storm drives #hero# and #rival# into the same shelter, #place#.',
      'Through the night #rival# confesses to having been #elder#’s pupil too, and shows #trace# as proof.',
      'They part before light without thanks and without blows, each holding half of one sentence.',
    ],
    beats: [
      [
        'The way forward was gone, and so was the way back. By the time #hero# and #friend# had groped their way into #place#, somebody had a fire burning. The figure beside it looked up. It was #rival#, alone, with water running out of both boots.',
        'Nobody spoke. It was #friend# who finally dropped an armful of wood on the floor. “If we’re going to fight, we’ll do it dry.”',
      ],
      [
        '“You think I do this for #guild#?” #rival# was watching the flames. “#elder# taught me to read before you could see over the table.”',
        '#hero# said nothing. #rival# took out a packet wrapped in oilcloth and opened it: #trace#.',
        '“A gift. I was told the first half of a sentence. You, I believe, were told the second. #elder# never could give a whole one to anybody.”',
        'A log cracked. It came to #hero# that of the person who had brought #herObject# up, #she# had perhaps met only half.',
      ],
      [
        '#last.capitalize#, when the fire was a skin of ash, #rival# stood and buttoned the long coat, and left #thatTrace# lying on the stone.',
        '“I won’t be kind when we meet again.”',
        '“Nor will I,” said #hero#.',
        'Only after the footsteps had gone did #friend# open #his# eyes. “Why leave it behind?” “Because,” said #hero#, folding the oilcloth over it, “somebody else would like to hear the whole sentence.”',
      ],
    ],
  },
  {
    key: 'witness',
    titles: ['The Last Witness', 'Footsteps in the Night', 'The Window That Stayed Shut'],
    summary: [
      'Old Marrow, who saw it all, has lived beside #place# for #years# years and never once opened the window on the street.',
      'Marrow describes the night #elder# disappeared and hands over #trace#.',
      'The story does not fit what #guild# has always said: #prize# was not stolen that night. It was escorted.',
    ],
    beats: [
      [
        'Old Marrow lived one floor up, next to #place#, behind a window nailed shut with boards. #hero# knocked and gave #elder#’s name. For a long time there was no sound, and then there was the scrape of a chair.',
        '“Come in,” said the crack of the door. “Shoes off. The floor talks.”',
      ],
      [
        '“I couldn’t sleep, so I was shelling beans.” Marrow’s fingers still moved, as if the beans were there. “First came #elder#, alone. Then four more, with a chest between them. A good steady step.”',
        '“Chasing #elder#?” #friend# asked.',
        '“People who chase are out of breath. These weren’t.” Marrow shook a slow head. “More like a procession. #elder# was out in front, holding up the light for them.”',
      ],
      [
        'At the door Marrow pressed a bundle into #hero#’s hands: #trace#. “I picked it up out of the road next morning. I’ve been afraid of it all these years, and I find I’m tired of that.”',
        'They were halfway down the stairs when the noise began above them, nails squealing out of wood one after another. The window on the street was open.',
        '“If it was escorted,” said #hero#, walking faster, “then nothing was stolen from #guild# except its good name.” “People forgive you for a thing,” #friend# answered. “They never forgive you for that.”',
      ],
    ],
  },
  {
    key: 'cipher',
    titles: ['The Third Line', 'How to Read a Scratch', 'Upside Down'],
    summary: [
      '#hero# lays everything they have found side by side and, with #trace#, reads the first two lines of #elder#’s message.',
      'The third makes no sense until #friend#, half asleep, reads it upside down.',
      'It points to #nextPlace#, and at that moment the lamp goes out.',
    ],
    beats: [
      [
        'They borrowed a table at #place# and spread out all they had. #detail.capitalize#. The piece that had been missing was theirs since yesterday: #trace#.',
        '“The first line says where,” said #hero#, moving a fingertip along it. “The second says when. #elder# taught me that. Where, then when, and only then why.”',
      ],
      [
        'Why was the third line, and the third line would not be read. #she.capitalize# tried it four ways, until the floor was white with crumpled paper.',
        'Across the table #friend# had fallen asleep on #his# arms. #he.capitalize# woke, rubbed #his# eyes, and mumbled a few words.',
        '“What did you say?”',
        '“It says, ‘not a treasure but’—” #he# stopped. “Hold on. I’m looking at it the wrong way up.”',
      ],
      [
        'Two heads bent over one sheet. Upside down, the third line read: not a treasure but a message. After it stood the name of a place, and the place was #nextPlace#.',
        'Before #hero# could copy it the lamp went out. Outside the window a twig broke under somebody’s foot, and then the somebody stood as still as they did.',
        'In the dark #she# folded the paper small and pushed it into #friend#’s hand. “Count to ten,” #she# said into #his# ear. “Then the window.”',
      ],
    ],
  },
  {
    key: 'market',
    titles: ['A Tail in the Crowd', 'Changing Hands', 'Where the Crowd Is Thickest'],
    summary: [
      'At #place# #hero# meets a go-between to receive #trace#, and finds that #she# is being watched.',
      '#friend# draws #guild# off with a quarrel nobody could ignore, and is hurt doing it.',
      'They have what they came for, but only three people knew the hour.',
    ],
    beats: [
      [
        'They were to meet at #place# when it was fullest. The sign was to ask for something nobody would sell there. On #her# third round #hero# finally got an answer: “None in stock. Only #trace#.”',
        'The face was in the shade of a straw hat; the hand was steady. #hero# was about to reach for it when #she# saw a grey cap, for the third time, at exactly the same distance.',
      ],
      [
        '“Keep walking,” said #friend#, squeezing past from behind, #his# lips hardly moving. “Two grey caps. And the fellow with the sweets.”',
        'The next moment #he# was quarrelling with the fellow with the sweets, loud enough to turn heads down half the street. The scales were false. The scoundrel had stolen #his# donkey. #friend# had never owned a donkey in #his# life.',
        'The stall went over. Sweets rolled everywhere, and children came down on them like sparrows. When the grey caps had fought their way through, there was no straw hat to be seen, and no #hero#.',
      ],
      [
        '#last.capitalize#, #friend# came limping in under the eaves where they had agreed to wait, with one shoulder turning blue. “Flat of the blade,” #he# said, and tried to grin. “Somebody was being kind. Did we get it?”',
        '#hero# opened #her# hand. #thatTrace.capitalize# lay in it, but #she# was not smiling.',
        '“You knew the hour. I knew it, and the go-between.” #she.capitalize# said it very softly. “So how did the grey caps?”',
        'Wind went through under the eaves. #friend# looked at the ground and did not answer.',
      ],
    ],
  },
];
