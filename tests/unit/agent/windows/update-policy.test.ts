import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { UpdateKind } from '../../../../tasksequences/steps/windows-update.ts'
import { hresultText, hresultMessage, troubleOf } from '../../../../agent/windows/updates/hresults.ts'
import { keyOf, readSearchAnswer, type FoundUpdate } from '../../../../agent/windows/updates/found-update.ts'
import { endOf } from '../../../../agent/windows/updates/install-events.ts'
import { freshMemory, withFailure, type UpdateMemory } from '../../../../agent/windows/updates/memory.ts'
import { overallFraction, passFraction } from '../../../../agent/windows/updates/overall.ts'
import { goesToWusa, kbOf, packageVerdict } from '../../../../agent/windows/updates/package-codes.ts'
import {
  afterPass,
  mayRestartForPending,
  nextPass,
  withRestartForPending,
  type UpdateEnd,
} from '../../../../agent/windows/updates/passes.ts'
import { isTriedAgain, searchPauseMs } from '../../../../agent/windows/updates/search-retry.ts'
import { isSkipped, kindOf, unwantedBecause } from '../../../../agent/windows/updates/selection.ts'
import { recordedScript } from './recordings.ts'

const plain: FoundUpdate = {
  id: 'a',
  revision: 1,
  title: 'Update for Windows (KB5000001)',
  kbs: ['KB5000001'],
  type: 'software',
  categories: ['cd5ffd1e-e932-4e3a-bf74-18bf0b1bbd83'],
  browseOnly: false,
  optional: false,
  autoSelect: true,
  userInput: false,
  restartPending: false,
  severity: '',
}
const every: readonly UpdateKind[] = ['security', 'quality', 'drivers', 'optional']
const rules = { include: every, skip: [], passes: 7 }

function monthOf(language: string): FoundUpdate[] {
  const answer = readSearchAnswer(recordedScript('update-search', `month.${language}`).result)
  return answer?.outcome === 'found' ? answer.updates : []
}

describe('what kind an update is', () => {
  test.each(['en', 'fr'])('in any language (%s)', (language) => {
    expect(monthOf(language).map(kindOf)).toEqual(['security', 'quality', 'security', 'drivers', 'optional', 'upgrade'])
  })

  test.each<[string, Partial<FoundUpdate>, string]>([
    ['a severity without the category', { severity: 'Important' }, 'security'],
    ['a critical update', { categories: ['E6CF1350-C01B-414D-A61F-263D14D133B4'] }, 'security'],
    ['one to be picked by hand', { browseOnly: true }, 'optional'],
    ['one found among the optional', { optional: true, severity: 'Low' }, 'optional'],
    ['one Windows would not tick', { autoSelect: false }, 'optional'],
    [
      'an English preview an old agent does not mark',
      { title: '2025-10 Cumulative Update Preview for Windows' },
      'optional',
    ],
    ['a French one', { title: '2024-11 Aperçu de la mise à jour cumulative pour Windows 11' }, 'optional'],
    ['a driver under “optional updates”', { type: 'driver', browseOnly: true, optional: true }, 'drivers'],
    ['a preview of a driver', { type: 'driver', title: 'Previewer - Image - 1.0' }, 'drivers'],
  ])('%s', (_name, difference, kind) => {
    expect(kindOf({ ...plain, ...difference })).toBe(kind)
  })
})

describe('what a sequence leaves alone', () => {
  test.each<[string, Partial<FoundUpdate>, readonly UpdateKind[], string[], string | null]>([
    ['nothing', {}, every, [], null],
    ['a kind it does not ask for', {}, ['security'], [], 'kind-not-included'],
    ['a KB by number', {}, every, ['KB5000001'], 'on-skip-list'],
    ['a KB without letters', {}, every, ['5000001'], 'on-skip-list'],
    ['a part of a title, whatever its case', {}, every, ['FOR WINDOWS'], 'on-skip-list'],
    ['not another KB', {}, every, ['KB500000'], null],
    ['what asks questions', { userInput: true }, every, [], 'wants-input'],
    ['an upgrade, even with all kinds', { categories: ['3689bdc8-b205-4af4-8d4a-a63924c5e9d5'] }, every, [], 'upgrade'],
  ])('%s', (_name, difference, include, skip, reason) => {
    expect(unwantedBecause({ ...plain, ...difference }, { include, skip })).toBe(reason)
  })

  test('a KB number is a whole number', () => {
    expect(isSkipped({ ...plain, kbs: ['KB50000012'], title: 'x' }, ['KB5000001'])).toBe(false)
  })
})

const failedTwice: UpdateMemory = {
  ...freshMemory,
  failures: { 'a.1': { update: { key: 'a.1', title: 't', kb: null, kind: 'drivers' }, times: 2, code: 0 } },
}
const installedTwice: UpdateMemory = {
  ...freshMemory,
  installed: [{ update: { key: 'a.1', title: 't', kb: null, kind: 'drivers' }, times: 2 }],
}

describe('the next pass', () => {
  test.each<[string, UpdateMemory, FoundUpdate[], object]>([
    ['installs what is wanted', freshMemory, [plain], { kind: 'install', updates: [{ key: 'a.1', kb: 'KB5000001' }] }],
    ['is the last when nothing is offered', freshMemory, [], { kind: 'done', left: [] }],
    ['leaves what failed twice', failedTwice, [plain], { kind: 'done', left: [{ reason: 'failed-twice' }] }],
    [
      'takes its next revision',
      failedTwice,
      [{ ...plain, revision: 2 }],
      { kind: 'install', updates: [{ key: 'a.2' }] },
    ],
    [
      'leaves what goes in and comes back',
      installedTwice,
      [plain],
      { kind: 'done', left: [{ reason: 'offered-again' }] },
    ],
    ['restarts for what waits for that', freshMemory, [{ ...plain, restartPending: true }], { kind: 'restart' }],
    [
      'but not for ever',
      { ...freshMemory, restartsForPending: 4 },
      [{ ...plain, restartPending: true }],
      { kind: 'done', left: [{ reason: 'waits-for-restart' }] },
    ],
    [
      'ends when the passes are used up, and names what is left',
      { ...freshMemory, pass: 7 },
      [plain],
      { kind: 'done', left: [{ reason: 'passes-used-up' }] },
    ],
  ])('%s', (_name, memory, found, decision) => {
    expect(nextPass(memory, found, rules)).toMatchObject(decision)
  })
})

describe('after a pass', () => {
  const update = { key: 'a.1', title: 't', kb: null, kind: 'drivers' }
  test.each<[string, UpdateEnd, boolean, object]>([
    ['an installation', { kind: 'installed', restart: false }, false, { then: 'search', memory: { pass: 1 } }],
    ['one that wants a restart', { kind: 'installed', restart: true }, false, { then: 'restart' }],
    ['Windows wants one', { kind: 'failed', code: 1 }, true, { then: 'restart' }],
    [
      'a first failure: a restart comes before the second try',
      { kind: 'failed', code: 5 },
      false,
      { then: 'restart', memory: { failures: { 'a.1': { times: 1, code: 5 } } } },
    ],
    ['the network went', { kind: 'unreachable', code: 5 }, false, { then: 'search', memory: { failures: {} } }],
    ['a restart has to come first', { kind: 'restart-first' }, false, { then: 'restart', memory: { failures: {} } }],
    ['it came with another', { kind: 'gone' }, false, { then: 'search', memory: { failures: {}, installed: [] } }],
  ])('%s', (_name, end, wanted, after) => {
    expect(afterPass(freshMemory, [{ update, end }], wanted)).toMatchObject(after)
  })

  test('a second failure is the last: nothing is restarted for it', () => {
    const once = withFailure(freshMemory, update, 5)
    expect(afterPass(once, [{ update, end: { kind: 'failed', code: 5 } }], false)).toMatchObject({
      ...{ then: 'search', memory: { failures: { 'a.1': { times: 2 } } } },
    })
  })

  test('a success takes an earlier failure back', () => {
    const { memory } = afterPass(failedTwice, [{ update, end: { kind: 'installed', restart: false } }], false)
    expect(memory).toMatchObject({ failures: {}, installed: [{ times: 1 }] })
  })
})

/** Any Windows: what it offers, how each update ends, whether a restart is pending. */
const anyEnd = fc.oneof(
  fc.boolean().map((restart): UpdateEnd => ({ kind: 'installed', restart })),
  fc.constantFrom<UpdateEnd>(
    { kind: 'failed', code: -1 },
    { kind: 'failed', code: null },
    { kind: 'unreachable', code: -1 },
    { kind: 'restart-first' },
    { kind: 'gone' },
  ),
)
const anyFound = fc.uniqueArray(
  fc.record({ id: fc.constantFrom('a', 'b', 'c'), revision: fc.nat(2), restartPending: fc.boolean() }),
  { maxLength: 4, selector: ({ id, revision }) => `${id}.${revision}` },
)

test('whatever Windows does, the step ends, and no update is tried more often than it may fail or go in', () => {
  const anyRound = fc.record({ pending: fc.boolean(), found: anyFound, ends: fc.array(anyEnd, { minLength: 1 }) })
  fc.assert(
    fc.property(
      fc.array(anyRound, { minLength: 1, maxLength: 5 }),
      fc.integer({ min: 1, max: 20 }),
      (rounds, passes) => {
        let memory = freshMemory
        let round = 0
        for (;;) {
          const { pending, found, ends } = rounds[round % rounds.length] ?? { pending: true, found: [], ends: [] }
          round += 1
          expect(round).toBeLessThanOrEqual(passes + 5)
          if (pending && mayRestartForPending(memory)) {
            memory = withRestartForPending(memory)
            continue
          }
          const offered = found.map((one) => ({ ...plain, ...one }))
          const decision = nextPass(memory, offered, { ...rules, passes })
          if (decision.kind === 'done') break
          if (decision.kind === 'restart') {
            memory = withRestartForPending(memory)
            continue
          }
          const told = decision.updates.map((update, index) => ({ update, end: ends[index % ends.length] ?? anyGone }))
          memory = afterPass(memory, told, false).memory
        }
        for (const { times } of [...Object.values(memory.failures), ...memory.installed]) {
          expect(times).toBeLessThanOrEqual(2)
        }
      },
    ),
  )
})
const anyGone: UpdateEnd = { kind: 'gone' }

test('every update found is either to be installed or left with a reason', () => {
  const anyUpdate = fc.record({
    id: fc.uuid(),
    revision: fc.nat(300),
    title: fc.string(),
    kbs: fc.array(fc.string(), { maxLength: 2 }),
    type: fc.constantFrom('software' as const, 'driver' as const),
    categories: fc.array(
      fc.constantFrom('3689bdc8-b205-4af4-8d4a-a63924c5e9d5', '0fa1201d-4330-4fa8-8ae9-b877473b6441'),
    ),
    browseOnly: fc.boolean(),
    optional: fc.boolean(),
    autoSelect: fc.boolean(),
    userInput: fc.boolean(),
    restartPending: fc.boolean(),
    severity: fc.constantFrom('', 'Critical'),
  })
  const anyRules = fc.record({
    include: fc.subarray([...every], { minLength: 1 }),
    skip: fc.array(fc.string({ minLength: 3 })),
    passes: fc.integer({ min: 1, max: 20 }),
  })
  fc.assert(
    fc.property(fc.array(anyUpdate), anyRules, (found, asked) => {
      const decision = nextPass({ ...freshMemory, pass: asked.passes }, found, asked)
      if (decision.kind === 'restart') return
      expect(decision.kind).toBe('done')
      if (decision.kind !== 'done') return
      expect(decision.left.map(({ update }) => update.key).toSorted()).toEqual(found.map(keyOf).toSorted())
      const next = nextPass(freshMemory, found, asked)
      if (next.kind !== 'install') return
      for (const { kind, key } of next.updates) {
        expect(asked.include).toContain(kind)
        expect(found.find((one) => keyOf(one) === key)).toMatchObject({ userInput: false, restartPending: false })
      }
    }),
  )
})

describe('HRESULTs', () => {
  test.each([
    [0x8024402c, 'network'],
    [0x8024402c - 2 ** 32, 'network'],
    [0x80072ee2, 'network'],
    [0x80240438, 'network'],
    [0x80072f05, 'clock'],
    [0x800b0101, 'clock'],
    [0x8024401b, 'server'],
    [0x80070bc9, 'restart-first'],
    [0x8024001e, 'busy'],
    [0x8024004a, 'setup-running'],
    [0x80072f8f, 'clock'],
    [0x80070422, 'service-off'],
    [0x80070070, 'disk-full'],
    [0x80240016, 'restart-first'],
    [0x80244022, 'server'],
    [0x80004005, 'other'],
  ])('%d is %s', (code, trouble) => {
    expect(troubleOf(code)).toBe(trouble)
  })

  test('are said in words, with the number people look up', () => {
    expect(hresultText(-2145107924)).toBe('0x8024402C')
    expect(hresultMessage(0x8024402c).fr).toBe('nom du serveur introuvable (DNS) (0x8024402C)')
    expect(hresultMessage(0x80070643).en).toContain('installer failed (1603)')
    expect(hresultMessage(0x8024401b).fr).toBe('le proxy demande une identification (407) (0x8024401B)')
    expect(hresultMessage(-1).en).toBe('code 0xFFFFFFFF')
  })

  test('without a network a search is tried for ever, else not', () => {
    expect([isTriedAgain('network', 10_000), isTriedAgain('setup-running', 10_000)]).toEqual([true, true])
    expect([isTriedAgain('other', 5), isTriedAgain('other', 6), isTriedAgain('service-off', 4)]).toEqual([
      true,
      false,
      false,
    ])
    expect([1, 2, 3, 4, 5, 50].map(searchPauseMs)).toEqual([5000, 10_000, 20_000, 40_000, 60_000, 60_000])
  })

  test.each([
    [0x80072efe, 'unreachable'],
    [0x80244022, 'unreachable'],
    [0x80240016, 'restart-first'],
    [0x80070103, 'failed'],
  ])('a failed update with %d: %s', (hresult, kind) => {
    const event = { key: 'a.1', index: 1, of: 1, event: 'end', outcome: 'failed', restart: false } as const
    expect(endOf({ ...event, hresult: hresult - 2 ** 32 }).kind).toBe(kind)
  })
})

describe('packages', () => {
  test.each([
    [0, 'installed'],
    [3010, 'restart'],
    [2359301, 'restart'],
    [2359302, 'present'],
    [2359303, 'not-applicable'],
    [0x80240017, 'not-applicable'],
    [-2146498530, 'not-applicable'],
    [0x800f0806, 'restart-first'],
    [112, 'disk-full'],
    [50, 'failed'],
    [0x800f0922, 'failed'],
  ])('code %d: %s', (code, verdict) => {
    expect(packageVerdict(code)).toBe(verdict)
  })

  test('wusa.exe gets an MSU that DISM does not take, and nothing else', () => {
    const asked = [goesToWusa('a.MSU', 'failed'), goesToWusa('a.cab', 'failed'), goesToWusa('a.msu', 'not-applicable')]
    expect(asked).toEqual([true, false, false])
  })

  test.each([
    ['KB5058411', 'x.msu', 'KB5058411'],
    ['windows11.0-kb5043080-x64_95.msu', '', 'KB5043080'],
    ['something', 'windows10.0-kb5049981-x64.msu', 'KB5049981'],
    ['Intel firmware', 'a.cab', null],
  ])('%s is known as %s', (id, file, kb) => {
    expect(kbOf(id, file)).toBe(kb)
  })
})

test('progress never falls and stays within 0 and 1, from pass to pass', () => {
  const share = fc.constantFrom(0, 0.15)
  fc.assert(
    fc.property(
      share,
      fc.array(fc.tuple(fc.nat(19), fc.double({ min: -1, max: 2, noNaN: true }))),
      (packages, points) => {
        const sorted = points.toSorted(([pass, within], [other, than]) => pass - other || within - than)
        const values = sorted.map(([pass, within]) => overallFraction(packages, pass, within))
        for (const [index, value] of values.entries()) {
          expect(value).toBeGreaterThanOrEqual(Math.max(packages, values[index - 1] ?? 0))
          expect(value).toBeLessThanOrEqual(1)
        }
      },
    ),
  )
  expect([passFraction(1, 2, 0, 0), passFraction(2, 2, 1, 1)]).toEqual([0.05, 1])
})
