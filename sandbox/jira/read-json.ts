/** The JSON in a text, undefined within when the text is empty; undefined when it is no JSON. */
export function readJson(text: string): { readonly body: unknown } | undefined {
  if (text === '') return { body: undefined }
  try {
    return { body: JSON.parse(text) }
  } catch {
    return undefined
  }
}
