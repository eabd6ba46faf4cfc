/** Most topics that one tab may keep. */
export const MOST_TOPICS = 1_000;

/** What a topic may hold: plain JSON. */
export type TopicValue = string | number | boolean | null | readonly TopicValue[] | Topic;

/** What a page subscribes to: an object of plain JSON, compared by value whatever the order of its fields. */
export interface Topic {
  readonly [field: string]: TopicValue;
}

/** A topic as text: the same text for equal topics. */
export function textOfTopic(topic: Topic): string {
  return JSON.stringify(topic, (_field, value: unknown) =>
    isObject(value)
      ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
      : value,
  );
}

/** The topic that a text stands for; null for anything else, such as what comes from a foreign tab. */
export function topicOfText(text: unknown): Topic | null {
  try {
    const value: unknown = JSON.parse(String(text));
    return typeof text === 'string' && isTopic(value) ? value : null;
  } catch {
    return null;
  }
}

/** @param value what JSON can say */
function isTopic(value: unknown): value is Topic {
  return isObject(value);
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
