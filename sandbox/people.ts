import { createCall } from './people/call.ts'
import { checks } from './people/checks.ts'
import { clones } from './people/clones.ts'
import type { Place } from './people/place.ts'
import { programs } from './people/programs.ts'
import { conversations, pulls } from './people/pulls.ts'
import { shown } from './people/shown.ts'

export type People = ReturnType<typeof createPeople>

/** What people and their programs do at GitHub, over its public interfaces: git, REST and the token of each. */
export function createPeople(place: Place) {
  const call = createCall(place)
  return {
    repository: place.repository,
    call,
    ...clones(place),
    ...pulls(call),
    ...conversations(call),
    ...programs(call),
    ...checks(place, call),
    ...shown(place, call),
  }
}
