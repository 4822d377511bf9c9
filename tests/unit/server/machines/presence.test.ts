import { expect, test } from 'vitest'
import {
  agentSilenceMs,
  bootSilenceMs,
  createPresenceTracker,
  refusedSilenceMs,
} from '../../../../server/machines/presence.ts'

function board() {
  let now = 0
  const presence = createPresenceTracker(() => new Date(now))
  const changes: string[] = []
  presence.onChange((id) => changes.push(`${id} ${presence.of(id).kind}`))
  return { presence, changes, pass: (ms: number) => (now += ms) }
}

test('follows a boot from the first DHCP request to the agent', () => {
  const { presence, changes } = board()
  for (const doing of ['dhcp', 'loader', 'kernel', 'root'] as const) presence.signal('m', { kind: 'boot', doing })
  presence.signal('m', { kind: 'agent', phase: 'environment', address: '10.0.0.51' })
  expect(changes).toEqual(['m booting', 'm booting', 'm booting', 'm booting', 'm present'])
  expect(presence.of('m')).toMatchObject({ kind: 'present', phase: 'environment', address: '10.0.0.51' })
})

test('does not step back when GRUB asks for one more file, but starts over at a new DHCP request', () => {
  const { presence } = board()
  presence.signal('m', { kind: 'boot', doing: 'kernel' })
  presence.signal('m', { kind: 'boot', doing: 'loader' })
  expect(presence.of('m')).toMatchObject({ doing: 'kernel' })
  presence.signal('m', { kind: 'boot', doing: 'dhcp' })
  expect(presence.of('m')).toMatchObject({ doing: 'dhcp' })
})

test('is quiet about polls that change nothing', () => {
  const { presence, changes, pass } = board()
  for (let poll = 0; poll < 5; poll += 1) {
    presence.signal('m', { kind: 'agent', phase: 'environment', address: '10.0.0.51' })
    pass(25_000)
    presence.sweep()
  }
  expect(changes).toEqual(['m present'])
})

test('keeps one on the bench whose environment unpacks itself, which asks for nothing meanwhile', () => {
  const clock = { ms: 0 }
  const presence = createPresenceTracker(() => new Date(clock.ms))
  for (const doing of ['dhcp', 'loader', 'kernel', 'root'] as const) presence.signal('m', { kind: 'boot', doing })
  clock.ms += 10 * 60_000
  presence.sweep()
  expect(presence.of('m')).toMatchObject({ kind: 'booting', doing: 'root' })
  clock.ms += 6 * 60_000
  presence.sweep()
  expect(presence.of('m')).toEqual({ kind: 'absent' })
})

test('takes a silent machine for absent, an agent sooner than a booting one', () => {
  const { presence, changes, pass } = board()
  presence.signal('agent', { kind: 'agent', phase: 'windows', address: '10.0.0.51' })
  presence.signal('boot', { kind: 'boot', doing: 'loader' })
  pass(agentSilenceMs + 1)
  presence.sweep()
  expect(presence.counts()).toMatchObject({ booting: 1, present: 0 })
  pass(bootSilenceMs)
  presence.sweep()
  expect(changes.slice(2)).toEqual(['agent absent', 'boot absent'])
})

test('is absent at once when the agent said that the machine goes down', () => {
  const { presence, changes } = board()
  presence.signal('m', { kind: 'agent', phase: 'environment', address: '10.0.0.51' })
  presence.signal('m', { kind: 'leaving' })
  expect(changes).toEqual(['m present', 'm absent'])
})

test('of a machine that DHCP refused says why, until somebody has come or half an hour has passed', () => {
  const { presence, changes, pass } = board()
  const reason = { fr: 'mode BIOS', en: 'BIOS mode' }
  for (let time = 0; time < 4; time += 1) presence.signal('m', { kind: 'refused', reason })
  pass(bootSilenceMs + 1)
  presence.sweep()
  expect(presence.of('m')).toMatchObject({ kind: 'refused', reason })
  pass(refusedSilenceMs)
  presence.sweep()
  expect(changes).toEqual(['m refused', 'm absent'])
})
