import type { Session, WritingLanguage } from '@creative-autogpt/protocol';

const HAN = /\p{Script=Han}/u;

/** Language a session is written in: the one its goal names, else the one its title is written in. */
export function languageOf(session: Pick<Session, 'goal' | 'title'>): WritingLanguage {
  return session.goal.language ?? (HAN.test(session.title) ? 'zh' : 'en');
}
