import type { MachineView } from '../../server/api/machines/schema.ts'
import { presentDoubt } from '../../server/api/machines/present.ts'
import { minutesAgo, samsung, type Seed } from './seed.ts'
import { busyWorkshop, machine, record } from './workshop.ts'

function twin(number: 1 | 2): MachineView {
  return machine('GEAN320044KD', `TW2${number}`, {
    ...{ id: `twin-${number}`, recordId: `record-twin-${number}`, uuid: '4c4c4544-0042-3510-8052-b4c04f564433' },
    macs: [`48:21:0b:00:00:0${number}`, `f4:c8:8a:20:93:7${number}`],
    disks: [samsung(`S64DNX0T90000${number}K`)],
    firstSeenAt: minutesAgo(number === 1 ? 60 * 24 * 9 : 4),
    lastSeenAt: minutesAgo(number === 1 ? 12 : 0),
  })
}

/** A busy bench on which a clone of a machine has just said hello. */
export function inDoubt(): Seed {
  const seed = busyWorkshop()
  const [a, b] = [twin(1), twin(2)]
  const reason = 'CLONES' as const
  const doubtWith = ({ firstSeenAt, lastSeenAt, hardware, ...other }: MachineView) =>
    presentDoubt(
      { machineIds: ['twin-1', 'twin-2'], reason, since: new Date(), decision: { kind: 'open' } },
      {
        ...other,
        ...{ firstSeenAt: new Date(firstSeenAt), lastSeenAt: new Date(lastSeenAt) },
        hardware: hardware && { ...hardware, wirelessMacs: [] },
      },
    )
  a.doubts = [doubtWith(b)]
  b.doubts = [doubtWith(a)]
  seed.machines.push(a, b)
  seed.records.push(
    record(a, 'assembled', 'Mémoire et disque interne sont montés.', 90),
    record(b, 'assembled', 'Vu.', 4),
  )
  return seed
}
