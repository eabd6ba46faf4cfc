import type { SessionGoal } from '@creative-autogpt/protocol';
import type { WritingBrief } from '../author';
import { type ChapterPlan, planChapters } from './chapter-plan';
import type { Phrases } from './phrasebook';
import { SeededRandom } from './random';
import type { CastMember, Gender, Genre, Place, Setting } from './story-content';
import { type StoryLanguage, storyLanguage } from './story-language';

/** What all texts of one work agree on: who, where, what for, and what happens in which chapter. */
export interface StoryBible {
  readonly language: StoryLanguage;
  readonly setting: Setting;
  /** Places in the order in which the story goes through them. */
  readonly places: readonly Place[];
  /** Names, roles and pronouns as symbols. */
  readonly phrases: Phrases;
  readonly chapters: readonly ChapterPlan[];
  /** Chance that depends on this work and on what it is asked for, and on nothing else. */
  random(...purpose: readonly (string | number)[]): SeededRandom;
}

/**
 * The title that the cast was made for. A work may be renamed while it is being written: its outline still
 * opens with the title it had, and the people in it keep their names.
 */
function titleAtTheStart({ earlier, workTitle }: WritingBrief, { wording }: StoryLanguage): string {
  const firstLine = earlier.find(({ taskType }) => taskType === 'outline')?.text.split('\n', 1)[0] ?? '';
  const [before = '', after = ''] = wording.outlineTitle('\n').split('\n');
  const heading = `# ${before}`;
  return firstLine.startsWith(heading) && firstLine.endsWith(after)
    ? firstLine.slice(heading.length, firstLine.length - after.length)
    : workTitle;
}

function genreOf({ genre = '', style = '', requirement = '' }: SessionGoal, language: StoryLanguage): Genre {
  for (const wish of [genre, style, requirement].map((text) => text.toLowerCase())) {
    for (const { genre: named, words } of language.genres) {
      if (words.some((word) => wish.includes(word.toLowerCase()))) {
        return named;
      }
    }
  }
  return 'general';
}

function castPhrases(
  goal: SessionGoal,
  { heroNamePattern, people }: StoryLanguage,
  setting: Setting,
  random: SeededRandom,
): Phrases {
  const heroGender: Gender = random.pick(['female', 'male']);
  // The two who share most scenes have different pronouns, so that it is always clear who is meant.
  const friendGender: Gender = heroGender === 'female' ? 'male' : 'female';
  const genders: Record<CastMember, Gender> = {
    hero: heroGender,
    friend: friendGender,
    rival: random.pick(['female', 'male']),
    elder: random.pick(['female', 'male']),
  };
  const pronouns = (member: CastMember): Phrases => people.pronouns[member][genders[member]];
  const wishedName = heroNamePattern.exec(goal.requirement ?? '')?.[1];
  return {
    hero: wishedName ?? random.pick(people.names[heroGender]),
    friend: random.pick(people.names[friendGender]),
    rival: random.pick(people.rivalNames[genders.rival]),
    elder: random.pick(people.elderNames[genders.elder]),
    heroRole: random.pick(setting.heroRoles),
    friendRole: random.pick(setting.friendRoles),
    rivalRole: random.pick(setting.rivalRoles),
    elderRole: random.pick(setting.elderRoles),
    ...pronouns('hero'),
    ...pronouns('friend'),
    ...pronouns('rival'),
    ...pronouns('elder'),
  };
}

/** The bible of the work a brief belongs to: the same for every task of its session. */
export function storyBibleFor(brief: WritingBrief): StoryBible {
  const { chapterCount, goal, seed } = brief;
  const language = storyLanguage(brief.language);
  const title = titleAtTheStart(brief, language);
  const random = (...purpose: readonly (string | number)[]): SeededRandom =>
    new SeededRandom(seed, title, goal.genre ?? '', goal.style ?? '', goal.requirement ?? '', ...purpose);
  const setting = language.settings[genreOf(goal, language)];
  const world = random('world');
  const prize = world.pick(setting.prizes);
  const places = world.shuffled(setting.places);
  return {
    language,
    setting,
    places,
    phrases: {
      ...castPhrases(goal, language, setting, random('cast')),
      town: world.pick(setting.towns),
      guild: world.pick(setting.guilds),
      motif: world.pick(setting.motifs),
      years: world.pick(language.people.years),
      prize: prize.name,
      nature: prize.nature,
    },
    chapters: planChapters({ chapterCount, language, setting, places, random: random('chapters') }),
    random,
  };
}
