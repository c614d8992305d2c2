import type { Json } from './json.ts'
import type { Person, Place, Program } from './place.ts'

export type Call = (who: Person | Program, request: string, body?: Json) => Promise<unknown>

export function createCall(place: Place): Call {
  return async (who, request, body) => {
    const [method = 'GET', path = '/'] = request.split(' ')
    const response = await fetch(`${place.github}${path.replace(':repo', `/repos/${place.repository}`)}`, {
      method,
      headers: { authorization: `token ${place.tokens[who]}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`${request} by ${who}: ${response.status} ${text.slice(0, 300)}`)
    return text === '' ? null : JSON.parse(text)
  }
}
