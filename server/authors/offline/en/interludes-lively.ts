import type { Scene } from '../story-language';

/** Talks between the main character and the friend. */
export const TALK: readonly Scene[] = [
  [
    '“You’re walking too fast,” said #friend# from behind.',
    '“You’re walking too slowly.”',
    '“I’m being careful.” #he.capitalize# #gesture#. “The fast ones are all buried up on the north slope.”',
  ],
  [
    '“And when we find it,” asked #friend#, “what then?”',
    '#hero# #pause#. “Then I’ll see whether it was worth looking for.”',
  ],
  [
    '#friend# held out #thing#. “Take it.”',
    '“What’s it for?”',
    '“No idea. But every time I leave it at home, something goes wrong.”',
  ],
  [
    '“Listen.” #hero# had raised a hand.',
    'From beyond the wall came the reason: #sound#. #friend# tilted #his# head, and little by little #his# shoulders came down. “Not for us.”',
    '“Not today,” said #hero#.',
  ],
  [
    '“Have you ever thought that #elder# might not want to be found?”',
    '#hero# #gesture#. “Yes,” #she# said. “That’s why I’m not looking for #elder#. I’m looking for the reason.”',
  ],
  [
    '“First, we have no money. Second, we have no one on our side. And third—”',
    '“Third, #rival# has both.”',
    '“I was going to say, third, I’m hungry.” #friend# sighed. “But yours is good too.”',
  ],
  [
    '“Don’t look round,” #friend# murmured. “On the left. Second doorway.”',
    '#hero# bent to a shoelace and looked back under #her# own arm. There was nobody in the doorway, only #thing#, which was still swinging a little. “Gone,” #she# said. “Just now.”',
  ],
  [
    '“What are you smiling at?”',
    '“You used to do that when we were small,” said #friend#. “Stand there shivering and say you weren’t cold.”',
    '“I’m not cold.”',
    '“No.” #he.capitalize# took off #his# coat and hung it round #her# shoulders. “And I’m much too warm.”',
  ],
  [
    '#friend# #pause#. “#rival# wasn’t always like this.”',
    '“Nobody was always like this,” said #hero#, and only afterwards wondered whom #she# had meant.',
  ],
  [
    '“Tell me the plan again.”',
    '“We go in, we get it, we come out.”',
    '“And if we can’t get in?”',
    '#hero# #gesture#. “That’s why it’s called a plan. If it always worked we’d call it a timetable.”',
  ],
  [
    '“How many times do you suppose #elder# had this in hand?” #friend# was holding #kept# up close to #his# eyes.',
    '“The edges are worn round.” #hero# took it back and put it where it belonged. “More than once or twice.”',
  ],
  [
    '“Be honest.” #hero# #gesture#. “What are our chances?”',
    '#friend# counted seriously on #his# fingers. “Three in ten.”',
    '“Last time you said two in ten, and it worked.”',
    '“Last time I was being cheerful.”',
  ],
  [
    '“Something’s coming.” #friend# sniffed. “Can’t you tell? There’s a change in the air.”',
    '“I thought you couldn’t smell anything.”',
    '“Bad news I can always smell.”',
  ],
  [
    '“Suppose none of this had happened,” said #hero#. “What would you be doing now?”',
    '“Sleeping,” said #friend# at once. “And dreaming about it, most likely.”',
  ],
  [
    '“#prize.capitalize#,” #friend# grumbled. “They all say it #nature#. Who has seen it with their own eyes?”',
    '“#elder# has.”',
    '“And #elder# left. Doesn’t that make you think?”',
  ],
];

/** Scenes of doing and going. */
export const ACTION: readonly Scene[] = [
  [
    '#sign# Ahead lay #place#, where #detail#. #hero# slowed down, as though there were something there that ought not to be woken.',
  ],
  [
    '#sign# Everyone in the street kept to the wall and looked at nobody, as if the day might let them off if they did not catch its eye.',
  ],
  [
    '#hero# kept close to the wall: ten steps, stop, ten steps. It was a trick of #elder#’s. Anyone who follows you will always take half a step too many.',
  ],
  [
    'The hinges had rusted through. #friend# poured half a bottle of water over them and wrapped them in cloth, and they leaned on the door together until it groaned and gave them just room enough to pass sideways.',
  ],
  [
    '#she.capitalize# crouched and drew a finger across the floor. The dust was thin, and underneath it the boards were wet. “Less than half an hour ago,” said #hero#. “Two people. One of them limps.”',
  ],
  [
    'They took the long way. Over the bridge, back underneath it, through somebody’s washing and out through somebody’s kitchen, where a woman with her back to them went on chopping onions.',
  ],
  [
    '#hero# cupped the light in one hand and held it forward. At the third step it showed #thing#; at the fifth, a line of fresh footprints; and at the seventh #she# blew it out.',
  ],
  [
    '“Down!” Something went over their heads with a hiss and stuck in the wood behind them, humming. #friend# did not breathe until it had stopped.',
  ],
  [
    'It took three tries to get over the wall. The first time a brick came out, the second time a hand slipped, and the third time #friend# pushed from below with such conviction that #hero# very nearly flew.',
  ],
  [
    '#hero# laid out everything #she# had and counted it over: #thing#, #thing#, a stub of charcoal, and #kept#. #she.capitalize# thought it over and put the charcoal back.',
  ],
  [
    'They slept by turns and watched by turns. When it was #her# turn #hero# walked the whole road again in #her# head, from the end to the beginning, and reached the front door just in time to wake #friend#.',
  ],
  [
    'The rope went halfway. #friend# looked down, looked up, begged its pardon, and let go. After a time there came a curse from below, and it sounded healthy.',
  ],
  [
    'It was a good lock, with seven pins. #hero# shut #her# eyes and listened with #her# fingers. One; two; by the sixth there was sweat in #her# eyes, and #she# let it stay there. There was a click.',
  ],
  [
    'The people behind them carried no light, and it was that which gave them away: wherever a dog stopped barking, somebody was standing. #hero# led the way through every alley where the barking was worst.',
  ],
];

/** Meetings with people who pass by. */
export const ENCOUNTER: readonly Scene[] = [
  [
    'The woman who sold soup held out the bowls and looked somewhere else. “I’d not go west today,” she told the pot. “There are new faces in the west.”',
    '#hero# thanked her and put down two coins too many. She pushed one of them back.',
  ],
  [
    'A child stepped into their way and put out a dirty hand. “Give me something and I’ll tell you something.”',
    '#hero# found #thing#. It was examined from all sides, and accepted. “Somebody’s asking about you. They’ve got a picture. Twice I said I’d never seen you. The third time I’ll have to let them pay me.”',
  ],
  [
    'The umbrella mender hummed as he threaded his needle. When #friend# remarked that it was an unlucky tune, he laughed. “Somebody has to hum the unlucky ones. Otherwise they come looking for you.”',
  ],
  [
    'A night watchman came towards them and lifted his lantern to their faces, and then lowered it to their shoes. “You’ve come a long way,” he said. “I hope the rest is shorter.” And he went on, with the light swinging beside him.',
  ],
  [
    'At #elder#’s name the washerwoman’s hands went still. “A good soul,” she said, and then scrubbed very hard, as if to get the words out again.',
  ],
  [
    '“Mind yourselves.” A man with two baskets pushed through between them. When he was well away, #hero# found a slip of paper in #her# sleeve. It said: go now. The hand was hurried, but beautifully straight.',
  ],
  [
    'The shop assistant knew nothing whatever. So #friend# leaned on the counter and talked to him about the weather, and the harvest, and his mother’s knees. At the third cup of tea he glanced round. “They cleared out the back yard last night,” he whispered. “All of it.”',
  ],
  [
    'An old woman took #hero# for somebody of her own and would not let go. #hero# did not correct her, but sat down for a while and heard about a man who came back from #place# every year, and every year more slowly.',
  ],
  [
    'The two who barred the road wore the badge of #guild# and were hardly old enough to shave. One of them wanted to search the bags. The other held his arm. “It was them who brought my mother’s medicine.” The first went red, and stood aside.',
  ],
  [
    'The storyteller had got to the best part, how a thief made off with #prize#. #hero# heard him out from the back of the crowd. The thief in the story was a head taller than the real one, and a great deal happier.',
  ],
  [
    'The deaf painter made signs that he would like to draw them. When it was done there were three in the picture: #hero#, #friend#, and behind them somebody of whom he had drawn nothing but a left hand.',
  ],
  [
    '“Are you waiting too?” asked a voice in the corner, and did not wait for the answer. “Nine years, me. After a while you’re in no hurry for it to come.” He moved over, and let them have half of the dry patch.',
  ],
];
