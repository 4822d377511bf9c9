import type { RecordView } from '../../server/api/stock/schema.ts'
import { minutesAgo, type Seed } from './seed.ts'
import { busyWorkshop, emptyWorkshop } from './workshop.ts'

const howMany = 5000
const states = ['delivered', 'delivered', 'delivered', 'ready', 'retired', 'reserved'] as const

/** The stock of a shop after some years. */
export function largeStock(): Seed {
  const [model] = busyWorkshop().records
  if (model === undefined) throw new Error('the seed is empty')
  const records = Array.from({ length: howMany }, (_, index): RecordView => {
    const serial = `G6AN14${String(index).padStart(6, '0')}`
    const state = states[index % states.length] ?? 'delivered'
    return {
      ...{ ...model, id: `record-${index}`, machineId: `machine-${index}`, label: serial, serial, state },
      ...{ reason: 'Contrôlé par Claire', changedAt: minutesAgo(60 + index * 7) },
    }
  })
  return { ...emptyWorkshop(), records }
}
