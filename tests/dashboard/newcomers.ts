import type { NewcomerListView, NewcomerView } from '../../server/api/netboot/schema.ts'
import { decideBootAnswer } from '../../server/netboot/boot-request.ts'
import { minutesAgo } from './seed.ts'

export const nobody: NewcomerListView = { items: [], next: null, more: 0, overflown: false }

/** A newcomer in the server's own words for what its firmware says it is. */
export function refused(mac: string, architecture: number, more: Partial<NewcomerView> = {}): NewcomerView {
  const { reason } = decideBootAnswer({ kind: 'pxe', architecture }, '10.0.0.1')
  return {
    ...{ mac, uuid: null, address: null, times: 4, text: reason, outcome: 'refused', doing: null },
    since: minutesAgo(6),
    lastAt: minutesAgo(5),
    ...more,
  }
}

/** An old PC in BIOS mode, a tablet with 32-bit firmware, a PC that is loading. */
export function newcomersOfTheMorning(): NewcomerListView {
  const loading: NewcomerView = {
    ...{ mac: '88:ae:dd:0a:0b:0c', uuid: '4c4c4544-0042-3510-8057-b4c04f4d3332', address: '10.0.0.57', times: 5 },
    ...{ outcome: 'ok', doing: 'kernel', since: minutesAgo(0.4), lastAt: minutesAgo(0.1) },
    text: { fr: 'A demandé vmlinuz.', en: 'Asked for vmlinuz.' },
  }
  const items = [refused('00:1f:d0:11:22:33', 0), refused('38:d5:47:aa:bb:cc', 6, { times: 2 }), loading]
  return { items, next: null, more: 0, overflown: false }
}
