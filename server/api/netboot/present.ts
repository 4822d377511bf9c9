import type { Newcomer, NewcomerList } from '../../netboot/newcomers.ts'
import type { NewcomerListView, NewcomerView } from './schema.ts'

export function presentNewcomers({ shown, more, overflown }: NewcomerList): NewcomerListView {
  return { items: shown.map(presentNewcomer), next: null, more, overflown }
}

function presentNewcomer({ mac, uuid, address, since, lastAt, times, last, doing }: Newcomer): NewcomerView {
  return {
    ...{ mac, uuid, address, times, doing },
    since: since.toISOString(),
    lastAt: lastAt.toISOString(),
    text: last.text,
    outcome: last.outcome,
  }
}
