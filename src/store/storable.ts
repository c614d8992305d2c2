/**
 * Text from outside as PostgreSQL can hold it: it refuses NUL in text and in jsonb, and half a surrogate pair in jsonb.
 */
export function storable(text: string): string {
  return text.replaceAll('\0', '').toWellFormed()
}

/** A value as JSON that PostgreSQL can hold; keys are ours, only the texts in it are cleaned. */
export function storableJson(value: unknown): string {
  return JSON.stringify(value, (_, one: unknown) => (typeof one === 'string' ? storable(one) : one))
}

/** Whether nothing in it would be cleaned; where a text only looks as if, the answer is no. JSON writes both as escapes. */
export function isStorable(value: unknown): boolean {
  return !/\\u(?:0000|d[89a-f])/.test(JSON.stringify(value))
}
