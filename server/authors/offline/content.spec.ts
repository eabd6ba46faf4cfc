import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { WritingLanguage } from '@creative-autogpt/protocol';
import { briefOf } from '../../testing/brief';
import { ENGLISH } from './en';
import { SeededRandom } from './random';
import { SceneWriter } from './scene-writer';
import { storyBibleFor } from './story-bible';
import { PHASES, type SectionPhrases } from './story-content';
import { storyLanguage } from './story-language';
import { phrasebookFor, summaryItems } from './whole-work';
import { CHINESE } from './zh';

const CONTENT = fileURLToPath(new URL('../../../content/', import.meta.url));
const SOURCES = { zh: CHINESE, en: ENGLISH } as const;
const LANGUAGES = ['zh', 'en'] as const;

/** Paths of a language's files, such as `settings/scifi`. */
function filesOf(language: WritingLanguage): string[] {
  return readdirSync(join(CONTENT, language), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.json'))
    .map((file) => file.replaceAll('\\', '/').slice(0, -'.json'.length))
    .sort();
}

function read(language: WritingLanguage, file: string): unknown {
  return JSON.parse(readFileSync(join(CONTENT, language, `${file}.json`), 'utf8'));
}

interface PlacedText {
  readonly file: string;
  /** Keys on the way to the text, such as `0.beats.2.1`. */
  readonly place: string;
  readonly text: string;
}

function textsIn(said: unknown, file: string, keys: readonly string[] = []): PlacedText[] {
  if (typeof said === 'string') {
    return [{ file, place: keys.join('.'), text: said }];
  }
  return Object.entries(said ?? {}).flatMap(([key, part]: [string, unknown]) =>
    textsIn(part, file, [...keys, key]),
  );
}

type Writer = 'scene' | 'summary' | 'wholeWork';
const EVERY_WRITER: readonly Writer[] = ['scene', 'summary', 'wholeWork'];

/** Which parts of the author write a text. Places, traces and the like come into all texts. */
function writersOf({ file, place }: PlacedText): readonly Writer[] {
  if (/^(genres|wording)$/u.test(file)) {
    return [];
  }
  if (/^(interludes\/.*|openings|closings|lexicon|days|revision)$/u.test(file)) {
    return ['scene'];
  }
  if (/^(outline|characters|world|synopsis)$/u.test(file)) {
    return ['wholeWork'];
  }
  if (/^(\d+\.beats|scenes)\./u.test(place)) {
    return ['scene'];
  }
  return place.includes('.summary.') ? ['summary'] : EVERY_WRITER;
}

/** Writes single texts in the way of each part of the author, in a work of the given genre. */
function writing(language: WritingLanguage, genre: string): Record<Writer, (text: string) => string> {
  const brief = briefOf({ language, goal: { genre } });
  const bible = storyBibleFor(brief);
  const [plan] = bible.chapters;
  if (plan === undefined) {
    throw new Error('The work has no chapters.');
  }
  const task = { ...brief, bible, title: brief.workTitle };
  const scenes = new SceneWriter(bible, plan, language, new SeededRandom(1));
  const wholeWork = phrasebookFor(task, 'spec');
  return {
    scene: (text) => scenes.phrase(text),
    summary: (text) => {
      const telling = { ...plan, event: { ...plan.event, summary: [text] } };
      return summaryItems(task, telling, 'spec', 1)
        .map((item) => item.text)
        .join('');
    },
    wholeWork: (text) => wholeWork.expand(text),
  };
}

describe('the content files', () => {
  it('are the same in both languages', () => {
    expect(filesOf('zh')).toEqual(filesOf('en'));
  });

  it('tell the same events in both languages, under the same conditions', () => {
    for (const phase of PHASES) {
      const conditions = (language: WritingLanguage) =>
        storyLanguage(language).events[phase].map(({ comesLast, key, needs, weather }) => ({
          comesLast,
          key,
          needs,
          weather,
        }));
      expect(conditions('zh')).withContext(`events/${phase}.json`).toEqual(conditions('en'));
    }
  });

  it('have the same weathers in both languages', () => {
    const weathers = (language: WritingLanguage) => storyLanguage(language).weathers.map(({ key }) => key);

    expect(weathers('zh')).toEqual(weathers('en'));
  });

  it('look for the same genres in the same order in both languages', () => {
    const genres = (language: WritingLanguage) => storyLanguage(language).genres.map(({ genre }) => genre);

    expect(genres('zh')).toEqual(genres('en'));
  });

  it('lay out the same sections in both languages', () => {
    const layouts = (language: WritingLanguage) => {
      const { characters, outline, world } = storyLanguage(language);
      const { elder, friend, hero, relations, rival } = characters;
      const sections: readonly SectionPhrases[] = [
        hero,
        friend,
        rival,
        elder,
        relations,
        outline.premise,
        outline.themes,
        ...world,
      ];
      return sections.map(({ layout, required }) => ({ layout, required: required.length }));
    };

    expect(layouts('zh')).toEqual(layouts('en'));
  });
});

for (const language of LANGUAGES) {
  describe(`the content files (${language})`, () => {
    const { events, genres, lexicon, people, settings, weathers } = storyLanguage(language);

    it('are all read by the author', () => {
      for (const file of filesOf(language)) {
        const said = file
          .split('/')
          .reduce<unknown>(
            (part, key) => Object.entries(part ?? {}).find(([name]) => name === key)?.[1],
            SOURCES[language].files,
          );
        expect(said).withContext(file).toEqual(read(language, file));
      }
    });

    it('name only slots that are filled where they stand', () => {
      const wordFor = new Map(genres.map(({ genre, words: [word = ''] }) => [`settings/${genre}`, word]));
      const inAnyGenre = writing(language, '');
      for (const file of filesOf(language)) {
        const word = wordFor.get(file);
        const write = word === undefined ? inAnyGenre : writing(language, word);
        for (const text of textsIn(read(language, file), file)) {
          for (const writer of writersOf(text)) {
            expect(write[writer](text.text))
              .withContext(`content/${language}/${file}.json at ${text.place}`)
              .not.toContain('((');
          }
        }
      }
    });

    it('have as many of a kind as the text about the world names', () => {
      const world = JSON.stringify(read(language, 'world'));
      const named = (slot: string) => world.split(`#${slot}`).length - 1;
      for (const [genre, { customs, history, laws, traces }] of Object.entries(settings)) {
        const kinds = { custom: customs, history, law: laws, object: traces };
        for (const [slot, { length }] of Object.entries(kinds)) {
          expect(length).withContext(`${genre}: ${slot}`).toBeGreaterThanOrEqual(named(slot));
        }
      }
    });

    it('use every pronoun and every list of the lexicon', () => {
      const texts = filesOf(language)
        .map((file) => JSON.stringify(read(language, file)))
        .join();
      const slots = Object.values(people.pronouns).flatMap(({ female }) => Object.keys(female));
      for (const slot of [...slots, ...Object.keys(lexicon)]) {
        expect(texts)
          .withContext(slot)
          .toMatch(new RegExp(`#${slot}(?:\\.capitalize)?#`, 'u'));
      }
    });

    it('have the same pronouns for both genders', () => {
      for (const { female, male } of Object.values(people.pronouns)) {
        expect(Object.keys(female)).toEqual(Object.keys(male));
      }
    });

    it('give each event a key of its own', () => {
      const keys = PHASES.flatMap((phase) => events[phase].map(({ key }) => key));

      expect(new Set(keys).size).toBe(keys.length);
    });

    it('let an event need only what an earlier phase tells', () => {
      PHASES.forEach((phase, at) => {
        const earlier = PHASES.slice(0, at).flatMap((one) => events[one].map(({ key }) => key));
        for (const { key, needs } of events[phase]) {
          expect([...earlier, undefined])
            .withContext(key)
            .toContain(needs);
        }
      });
    });

    it('let an event happen only in a weather that there is', () => {
      const known = [...weathers.map(({ key }) => key), undefined];
      for (const { key, weather } of PHASES.flatMap((phase) => events[phase])) {
        expect(known).withContext(key).toContain(weather);
      }
    });

    it('have an ending that needs nothing, for a work of one chapter', () => {
      expect(events.ending.some(({ needs }) => needs === undefined)).toBeTrue();
    });
  });
}
