import { inject } from '@angular/core';
import {
  type AbstractControl,
  NonNullableFormBuilder,
  type ValidationErrors,
  type ValidatorFn,
  Validators,
} from '@angular/forms';
import {
  type CreateSessionInput,
  GOAL_LIMITS,
  MAX_TITLE_LENGTH,
  WritingLanguage,
} from '@creative-autogpt/protocol';
import { rxMethod } from '@ngrx/signals/rxjs-interop';
import { tap } from 'rxjs';
import * as v from 'valibot';
import { Drafts } from '../../platform/sign-in/drafts';

const DEFAULT_CHAPTERS = 6;
const DEFAULT_LENGTH: Readonly<Record<WritingLanguage, number>> = { zh: 12_000, en: 6_000 };

/** Title of a session: something besides spaces, and not too long. */
export const TITLE_VALIDATORS: ValidatorFn[] = [
  (control: AbstractControl<string>): ValidationErrors | null =>
    control.value.trim() === '' ? { required: true } : null,
  Validators.maxLength(MAX_TITLE_LENGTH),
];

/** A whole number within bounds, or nothing. */
function wholeNumber({ min, max }: { readonly min: number; readonly max: number }): ValidatorFn {
  return (control: AbstractControl<number | null>) => {
    const { value } = control;
    return value === null || (Number.isInteger(value) && value >= min && value <= max)
      ? null
      : { wholeNumber: { min, max } };
  };
}

/** The form of a new session, with usual values for a work in `language`. */
export function injectSessionForm(language: WritingLanguage) {
  const form = inject(NonNullableFormBuilder);
  return form.group({
    title: form.control('', TITLE_VALIDATORS),
    genre: form.control('', Validators.maxLength(GOAL_LIMITS.genre)),
    style: form.control('', Validators.maxLength(GOAL_LIMITS.style)),
    requirement: form.control('', Validators.maxLength(GOAL_LIMITS.requirement)),
    chapters: form.control<number | null>(DEFAULT_CHAPTERS, wholeNumber(GOAL_LIMITS.chapter_count)),
    length: form.control<number | null>(DEFAULT_LENGTH[language], wholeNumber(GOAL_LIMITS.word_count)),
    language: form.control(language),
    approval: form.control<'auto' | 'manual'>('auto'),
  });
}

export type SessionForm = ReturnType<typeof injectSessionForm>;

const FormDraft = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({
    title: v.string(),
    genre: v.string(),
    style: v.string(),
    requirement: v.string(),
    chapters: v.nullable(v.number()),
    length: v.nullable(v.number()),
    language: WritingLanguage,
    approval: v.picklist(['auto', 'manual']),
  }),
);
const SUBJECT = 'new session';

/**
 * Fills in what was typed before and not sent, and keeps what is typed from now on. @returns what drops it
 */
export function injectSessionDraft(form: SessionForm): () => void {
  const drafts = inject(Drafts);
  const draft = v.safeParse(FormDraft, drafts.of(SUBJECT));
  if (draft.success) {
    form.setValue(draft.output);
  }
  const keep = rxMethod<unknown>(tap(() => drafts.keep(SUBJECT, JSON.stringify(form.getRawValue()))));
  keep(form.valueChanges);
  return () => {
    drafts.drop(SUBJECT);
  };
}

/** What the server is asked for; fields left empty are for it to decide. */
export function toCreateSession(form: SessionForm): CreateSessionInput {
  const { title, genre, style, requirement, chapters, length, language, approval } = form.getRawValue();
  return {
    title: title.trim(),
    goal: {
      ...(genre.trim() !== '' && { genre: genre.trim() }),
      ...(style.trim() !== '' && { style: style.trim() }),
      ...(requirement.trim() !== '' && { requirement: requirement.trim() }),
      ...(chapters !== null && { chapter_count: chapters }),
      ...(length !== null && { word_count: length }),
      language,
    },
    ...(approval === 'manual' && { config: { approval } }),
  };
}
