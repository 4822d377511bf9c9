import { describe, expect, test } from 'vitest'
import { decideBootIntent, nextStepOf, type BootQuestion } from '../../../../server/netboot/intent.ts'
import type { RunStep } from '../../../../server/deployments/run/run.ts'
import { recordStates } from '../../../../server/stock/record.ts'

const name = { fr: 'Appliquer l’image', en: 'Apply the image' }
const inEnvironment = { name: 'NUC', next: { phase: 'environment', name } } as const
const inWindows = { name: 'NUC', next: { phase: 'windows', name } } as const
const nothingLeft = { name: 'NUC', next: { phase: 'none' } } as const

describe('boot intent', () => {
  test.each<[string, BootQuestion, string]>([
    ['an unknown machine waits in the environment', { known: false }, 'environment'],
    ['a received machine waits', { known: true, record: 'received', run: null }, 'environment'],
    ['an assembled machine waits', { known: true, record: 'assembled', run: null }, 'environment'],
    ['a machine that needs a person waits', { known: true, record: 'attention', run: null }, 'environment'],
    ['a deploying machine without a run waits', { known: true, record: 'deploying', run: null }, 'environment'],
    ['a machine being checked boots its disk', { known: true, record: 'checking', run: null }, 'local-disk'],
    ['a ready machine boots its disk', { known: true, record: 'ready', run: null }, 'local-disk'],
    ['a reserved machine boots its disk', { known: true, record: 'reserved', run: null }, 'local-disk'],
    ['a delivered machine boots its disk', { known: true, record: 'delivered', run: null }, 'local-disk'],
    ['a retired machine boots its disk', { known: true, record: 'retired', run: null }, 'local-disk'],
    ['a ready machine with a new run works on it', { known: true, record: 'ready', run: inEnvironment }, 'environment'],
    ['a run in Windows goes on there', { known: true, record: 'deploying', run: inWindows }, 'local-disk'],
    [
      'a run that needs a person in Windows boots Windows',
      { known: true, record: 'attention', run: inWindows },
      'local-disk',
    ],
    ['a check of a reserved machine boots its disk', { known: true, record: 'reserved', run: inWindows }, 'local-disk'],
    ['a run with no step left boots the disk', { known: true, record: 'deploying', run: nothingLeft }, 'local-disk'],
  ])('%s', (_what, question, intent) => {
    expect(decideBootIntent(question).intent).toBe(intent)
  })

  test('gives a reason in both languages for every state', () => {
    for (const record of recordStates) {
      const { reason } = decideBootIntent({ known: true, record, run: null })
      expect(reason.fr).toMatch(/^La fiche dit «.+»/)
      expect(reason.en).toMatch(/^The record says ".+"/)
    }
  })
})

describe('the step a run does next', () => {
  const step = (index: number, phase: 'environment' | 'windows', status: RunStep['status']): RunStep => ({
    ...{ id: `s${index}`, index, phase, type: 't', name, input: {}, weight: 1, continueOnError: false, retries: 0 },
    ...{ template: {}, when: null, retried: 0, interruptions: 0, attempt: 1, status },
    ...{ memory: {}, restarts: 0 },
  })
  const skipped = { kind: 'skipped', reason: name } as const
  const pending = { kind: 'pending' } as const

  test('is the first that is neither done nor skipped while the run waits', () => {
    const steps = [step(0, 'environment', skipped), step(1, 'windows', pending)]
    expect(nextStepOf({ steps, state: { kind: 'waiting' } })).toMatchObject({ phase: 'windows' })
  })

  test('is the one that needs a person when the run stands still', () => {
    const steps = [step(0, 'environment', pending), step(1, 'windows', pending)]
    const failure = { code: 'X', params: {} }
    expect(nextStepOf({ steps, state: { kind: 'attention', step: 0, failure } })).toMatchObject({
      phase: 'environment',
    })
  })

  test('is in Windows for a run that stands still there, so that its agent can be told to go on', () => {
    const steps = [step(0, 'environment', skipped), step(1, 'windows', pending)]
    const failure = { code: 'X', params: {} }
    expect(nextStepOf({ steps, state: { kind: 'attention', step: 1, failure } })).toMatchObject({ phase: 'windows' })
  })

  test('is none when all is done', () => {
    expect(nextStepOf({ steps: [step(0, 'windows', skipped)], state: { kind: 'waiting' } })).toEqual({ phase: 'none' })
  })
})
