import type { zh } from './zh';

type Texts<Shape> = { readonly [Key in keyof Shape]: Shape[Key] extends string ? string : Texts<Shape[Key]> };

type Paths<Shape> = {
  [Key in keyof Shape & string]: Shape[Key] extends string ? Key : `${Key}.${Paths<Shape[Key]>}`;
}[keyof Shape & string];

/** All texts of the application in one language: the same keys as Chinese has. */
export type Dictionary = Texts<typeof zh>;

/** Path of one text in a {@link Dictionary}, such as `nav.label`. */
export type TextKey = Paths<typeof zh>;
