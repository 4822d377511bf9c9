import { describe, expect, test } from 'vitest'
import type { DeploymentView } from '../../../../server/api/deployments/schema.ts'
import { groupOf } from '../../../../server/dashboard/state/board.ts'
import { contactNote } from '../../../../server/dashboard/state/contact.ts'
import { windowsWorkshop } from '../../../dashboard/windows-moments.ts'

const now = new Date('2026-11-25T10:00:00Z')
const since = (minutes: number): string => new Date(now.getTime() - minutes * 60_000).toISOString()
const seed = windowsWorkshop()
const [machine] = seed.machines
const [run] = seed.deployments
if (machine === undefined || run === undefined) throw new Error('the seed is empty')
const inContact = (contact: DeploymentView['contact'], state: DeploymentView['state'] = 'running'): DeploymentView => ({
  ...run,
  contact,
  state,
})

const [step] = run.steps
if (step === undefined) throw new Error('the seed has no steps')
const inEnvironment = (minutes: number): DeploymentView => ({
  ...inContact({ kind: 'gone', since: since(minutes) }),
  ...{ steps: [{ ...step, phase: 'environment', state: 'running' }], stepId: step.id },
})

describe('a machine that falls silent at its work', () => {
  test('is quiet at first, and gone after two minutes, with those that need a person', () => {
    expect(contactNote(inEnvironment(1.9), now)?.kind).toBe('quiet')
    expect(groupOf(machine, inEnvironment(1.9), now)).toBe('working')
    expect(contactNote(inEnvironment(2), now)?.kind).toBe('gone')
    expect(groupOf(machine, inEnvironment(2), now)).toBe('attention')
  })

  test('in Windows is told what Windows may show', () => {
    expect(contactNote(inContact({ kind: 'gone', since: since(2) }), now)?.kind).toBe('lost')
  })
})

describe('a machine that has been left to Windows', () => {
  test.each([
    ['it may take a quarter of an hour', 'awaiting-windows', 14, 'starting'],
    ['then a person should look', 'awaiting-windows', 15, 'overdue'],
    ['a restart takes some minutes', 'silent', 9, 'away'],
    ['then something is wrong', 'silent', 10, 'lost'],
  ] as const)('%s', (_, kind, minutes, expected) => {
    expect(contactNote(inContact({ kind, since: since(minutes) }), now)?.kind).toBe(expected)
  })

  test('goes to those that need a person when it has been silent for too long', () => {
    expect(groupOf(machine, inContact({ kind: 'awaiting-windows', since: since(5) }), now)).toBe('working')
    expect(groupOf(machine, inContact({ kind: 'awaiting-windows', since: since(40) }), now)).toBe('attention')
    expect(groupOf(machine, inContact({ kind: 'silent', since: since(40) }), now)).toBe('attention')
  })

  test('says nothing of a run that speaks, stands before a person or is over', () => {
    expect(contactNote(inContact({ kind: 'in-touch', since: since(0) }), now)).toBeNull()
    expect(contactNote(inContact(null), now)).toBeNull()
    expect(contactNote(inContact({ kind: 'silent', since: since(90) }, 'attention'), now)).toBeNull()
    expect(contactNote(inContact({ kind: 'silent', since: since(90) }, 'done'), now)).toBeNull()
  })
})
