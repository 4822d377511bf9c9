import { Value } from 'typebox/value'
import { expect, test } from 'vitest'
import { Hello, Report } from '../../../../../agent/protocol/messages.ts'
import { cleaned } from '../../../../../server/api/agent/cleaned.ts'
import { nucInventory } from '../agent-driver.ts'

const head = { runId: 'run-1', stepId: 'environment-1', attempt: 1, at: '2026-03-02T12:00:00.000Z', extra: 1 }
const line = { at: '2026-03-02T12:00:00.000Z', level: 'info', text: 'a', extra: { b: 1 } }
const failure = {
  ...{ code: 'DISK_AMBIGUOUS', detail: 'x', extra: 1, params: { a: 1, b: 'c' } },
  choice: { variable: 'disk', extra: 1, options: [{ value: 'a', label: { fr: 'a', en: 'a', de: 'a' } }] },
}

const bodies: object[] = [
  { kind: 'started', extra: 1 },
  { kind: 'progress', extra: 1, progress: { fraction: null, doing: { fr: 'a', en: 'b', de: 'c' }, extra: 1 } },
  { kind: 'progress', progress: { fraction: 0.5, bytesDone: 3, extra: [1] } },
  { kind: 'log', from: 0, lines: [line, line], extra: 1 },
  { kind: 'done', result: { any: { thing: [1] } }, extra: 1 },
  { kind: 'failed', failure, extra: 1 },
  { kind: 'continues', memory: { any: { thing: [1] } }, extra: 1 },
]

test.each(bodies)('%o is left with what the protocol names, as TypeBox itself would leave it', (body) => {
  const report = { ...head, body }
  expect(cleaned(Report, report)).toEqual(Value.Clean(Report, structuredClone(report)))
  expect(JSON.stringify(cleaned(Report, report))).not.toContain('extra')
})

test('so is a hello with an inventory', () => {
  const disks = nucInventory(1).disks.map((disk) => ({ ...disk, extra: 1 }))
  const inventory = { ...nucInventory(1), disks, extra: 1 }
  const hello = { agentVersion: '1', phase: 'environment', bootId: 'boot-0001', inventory, extra: 1 }
  expect(cleaned(Hello, hello)).toEqual(Value.Clean(Hello, structuredClone(hello)))
})

test('what came with the name of a prototype is no field of its own', () => {
  const body: unknown = JSON.parse('{"kind":"started","__proto__":{"polluted":1}}')
  expect(cleaned(Report, { ...head, body })).toEqual({ ...head, extra: undefined, body: { kind: 'started' } })
})
