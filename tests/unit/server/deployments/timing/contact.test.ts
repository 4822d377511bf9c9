import { expect, test } from 'vitest'
import { contactOf } from '../../../../../server/deployments/timing/contact.ts'
import type { Run } from '../../../../../server/deployments/run/run.ts'
import { after, newRun, noon } from '../sample.ts'
import {
  again,
  cancelled,
  continues,
  damaged,
  doneSteps,
  failed,
  lost,
  says,
  served,
  started,
  tell,
} from '../run-events.ts'

const source = `
name: X
environment:
  - check-hardware: {}
  - restart: {}
windows:
  - run-command: { command: a }
    when: false
  - windows-update: {}
  - restart: {}
  - shut-down: {}
`
const run = newRun(source)
/** Environment over at second 1. */
const left = tell(run, ...doneSteps(2)).run
const late = after(3600)
const contact = (of: Run, at = late) => {
  const found = contactOf(of, at)
  return found && [found.kind, (found.since.getTime() - noon.getTime()) / 1000]
}

test('while the run is in the environment, Windows is not waited for', () => {
  expect(contact(run)).toBeNull()
  expect(contact(tell(run, ...doneSteps(1)).run)).toBeNull()
})

test('an agent in the environment that falls silent at its work is gone', () => {
  const { run: running } = tell(run, served, says('environment-1', started, 1, after(100)))
  expect(contact(running, after(110))).toEqual(['in-touch', 100])
  expect(contact(running, after(140))).toEqual(['gone', 100])
  const heard = tell(running, says('environment-1', { kind: 'heard' }, 1, after(150))).run
  expect(contact(heard, after(160))).toEqual(['in-touch', 150])
})

test('no word from Windows since the environment left the machine to it', () => {
  expect(contact(left)).toEqual(['awaiting-windows', 1])
  expect(contact(left, after(2))).toEqual(['awaiting-windows', 1])
})

test('a run that begins in Windows waits from its start', () => {
  expect(contact(newRun('name: X\nwindows:\n  - verify: {}\n'))).toEqual(['awaiting-windows', 0])
})

test('the agent speaks, then falls silent', () => {
  const { run: running } = tell(left, served, says('windows-2', started, 1, after(100)))
  expect(contact(running, after(110))).toEqual(['in-touch', 100])
  expect(contact(running)).toEqual(['gone', 100])
  const heard = tell(running, says('windows-2', { kind: 'heard' }, 1, after(3590))).run
  expect(contact(heard)).toEqual(['in-touch', 3590])
})

test('a step that restarts the machine leaves it silent from its word on', () => {
  const told = tell(
    left,
    served,
    says('windows-2', started, 1, after(100)),
    says('windows-2', continues(), 1, after(200)),
  ).run
  expect(contact(told, after(201))).toEqual(['silent', 200])
  const back = tell(told, lost, served).run
  expect(contact(back, after(210))).toEqual(['in-touch', 200])
})

test('a machine that a restart has been ordered for is silent until it is back', () => {
  const restarted = tell(
    left,
    served,
    says('windows-2', { kind: 'done', result: {} }, 1, after(100)),
    served,
    says('windows-3', { kind: 'done', result: {} }, 1, after(110)),
  ).run
  expect(contact(restarted, after(111))).toEqual(['silent', 110])
  expect(contact(tell(restarted, served).run, after(111))).toEqual(['in-touch', 110])
})

test('a person who is needed, a run that is over: nothing is waited for', () => {
  const stopped = tell(left, served, says('windows-2', failed(damaged))).run
  expect(contact(stopped)).toBeNull()
  expect(contact(tell(left, cancelled).run)).toBeNull()
})

test('taken up again from the environment, Windows is waited for anew', () => {
  const stopped = tell(left, served, says('windows-2', failed(damaged))).run
  const again2 = [served, says('environment-2', { kind: 'done', result: {} }, 2, after(500))]
  expect(contact(tell(stopped, again('environment-2'), ...again2).run)).toEqual(['awaiting-windows', 500])
})
