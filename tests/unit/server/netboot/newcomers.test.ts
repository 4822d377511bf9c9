import { expect, test } from 'vitest'
import { createNewcomers, type Newcomers } from '../../../../server/netboot/newcomers.ts'
import { createNewcomerLog } from '../../../../server/wiring/newcomer-log.ts'

const words = (text: string, outcome: 'ok' | 'refused' = 'refused') =>
  ({ protocol: 'dhcp', outcome, text: { fr: text, en: text } }) as const
const from = (mac: string, uuid: string | null = null) => ({ mac, uuid, address: null })
const minutes = 60_000

function open(kept = 10, shown = 5): { newcomers: Newcomers; wait(ms: number): void; macs(): string[] } {
  let now = 0
  const newcomers = createNewcomers({ now: () => new Date(now), elapsedMs: () => now, kept, shown })
  return { newcomers, wait: (ms) => void (now += ms), macs: () => newcomers.list().shown.map(({ mac }) => mac) }
}

test('keeps the last sentence, how often and since when, and tells the log only what is new', () => {
  const { newcomers, wait } = open()
  expect(newcomers.noted(from('a'), words('BIOS'))).toMatchObject({ mac: 'a', times: 1 })
  wait(4000)
  expect(newcomers.noted(from('a'), words('BIOS'))).toBeNull()
  wait(4000)
  expect(newcomers.noted(from('a'), words('loader', 'ok'))).toMatchObject({ times: 3, last: { outcome: 'ok' } })
  expect(newcomers.list()).toMatchObject({
    shown: [{ since: new Date(0), lastAt: new Date(8000), times: 3, last: { text: { fr: 'loader' } } }],
    more: 0,
  })
})

test('shows first who needs a person, then who came first, whoever asks meanwhile', () => {
  const { newcomers, wait, macs } = open()
  for (const [mac, outcome] of [
    ['a', 'ok'],
    ['b', 'refused'],
    ['c', 'ok'],
    ['d', 'refused'],
  ] as const) {
    newcomers.noted(from(mac), words('x', outcome))
    wait(1000)
  }
  newcomers.noted(from('b'), words('x'))
  newcomers.noted(from('a'), words('x', 'ok'))
  expect(macs()).toEqual(['b', 'd', 'a', 'c'])
})

test('says how far each has come from its first packet on, and nothing of one that was refused', () => {
  const { newcomers } = open()
  const ok = words('x', 'ok')
  const doing = () => newcomers.list().shown.map((one) => one.doing)
  newcomers.noted(from('a'), ok, 'dhcp')
  expect(doing()).toEqual(['dhcp'])
  for (const [stage, then] of [
    ['loader', 'loader'],
    ['kernel', 'kernel'],
    // GRUB's late question moves nobody backwards; the environment's own DHCP has no stage.
    ['loader', 'kernel'],
    [undefined, 'kernel'],
    ['root', 'root'],
    // Firmware that starts anew.
    ['dhcp', 'dhcp'],
  ] as const) {
    newcomers.noted(from('a'), ok, stage)
    expect(doing()).toEqual([then])
  }
  newcomers.noted(from('a'), words('Secure Boot'), 'dhcp')
  expect(doing()).toEqual([null])
})

test('forgets one that has become a machine, and one that has been silent for half an hour', () => {
  const { newcomers, wait, macs } = open()
  newcomers.noted(from('aa:00:00:00:00:01'), words('x'))
  newcomers.noted(from('aa:00:00:00:00:02'), words('x'))
  newcomers.met('AA:00:00:00:00:01')
  wait(29 * minutes)
  newcomers.noted(from('aa:00:00:00:00:03'), words('x'))
  newcomers.sweep()
  expect(macs()).toEqual(['aa:00:00:00:00:02', 'aa:00:00:00:00:03'])
  wait(minutes)
  newcomers.sweep()
  expect(macs()).toEqual(['aa:00:00:00:00:03'])
})

test('takes another UUID behind the same card for another visitor', () => {
  const { newcomers, wait } = open()
  newcomers.noted(from('dock', 'one'), words('x'))
  wait(5000)
  expect(newcomers.noted(from('dock', 'two'), words('x'))).toMatchObject({ uuid: 'two', times: 1 })
  expect(newcomers.list().shown).toHaveLength(1)
})

test('keeps so many and no more of a flood, and says that there are more', () => {
  const { newcomers, wait } = open(100, 5)
  for (let number = 0; number < 90; number += 1) newcomers.noted(from(`m${number}`), words('x'))
  expect(newcomers.list()).toMatchObject({ more: 85, overflown: false })
  for (let number = 90; number < 50_000; number += 1) newcomers.noted(from(`m${number}`), words('x'))
  expect(newcomers.list()).toMatchObject({ more: 95, overflown: true })
  expect(newcomers.list().shown).toHaveLength(5)
  wait(31 * minutes)
  newcomers.sweep()
  expect(newcomers.list()).toEqual({ shown: [], more: 0, overflown: false })
})

test('announces a change once a sweep, however many there were, and nothing when nothing changed', () => {
  const { newcomers } = open()
  let announced = 0
  newcomers.onChange(() => (announced += 1))
  for (let number = 0; number < 1000; number += 1) newcomers.noted(from(`m${number}`), words('x'))
  expect(announced).toBe(0)
  newcomers.sweep()
  newcomers.sweep()
  expect(announced).toBe(1)
})

test('logs a bench that is switched on, and of a flood some lines with the number of those left out', () => {
  const lines: Array<{ mac: string; leftOut?: number }> = []
  let elapsed = 0
  const log = createNewcomerLog(
    { info: (line: object) => void lines.push(line as (typeof lines)[number]) },
    () => elapsed,
  )
  const { newcomers } = open(10_000)
  const say = (number: number): void => {
    const newcomer = newcomers.noted(from(`m${number}`), words('x'))
    if (newcomer) log(newcomer)
  }
  for (let number = 0; number < 5000; number += 1) say(number)
  expect(lines).toHaveLength(30)
  elapsed += 5000
  say(5000)
  expect(lines.at(-1)).toMatchObject({ mac: 'm5000', leftOut: 4970 })
})
