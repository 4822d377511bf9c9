import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { claimIdOf, type Arrived, type Circumstances } from '../../../../../server/machines/claims/claim.ts'
import {
  nextClaims,
  noClaims,
  seated,
  standingOf,
  type ClaimEvent,
  type Claims,
  type Standing,
} from '../../../../../server/machines/claims/claims.ts'
import { runs } from '../../../property-runs.ts'

const patience = { silenceMs: 40_000, overlapMs: 5000 }

const claim = (bootId: string, phase: Arrived['phase'], address: string): Arrived => {
  return { bootId, phase, proven: phase === 'windows', address }
}
const environment = claim('one', 'environment', '10.0.0.51')
const again = claim('two', 'environment', '10.0.0.51')
const stranger = claim('rogue', 'environment', '10.0.0.66')
const windows = claim('win', 'windows', '10.0.0.51')
const clone = claim('clone', 'windows', '10.0.0.70')

const hello = (one: Arrived): ClaimEvent => ({ kind: 'hello', claim: one })
const speaks = ({ bootId, address }: Arrived): ClaimEvent => ({ kind: 'heard', bootId, address })
const leaves = ({ bootId }: Arrived): ClaimEvent => ({ kind: 'leaving', bootId })
const time: ClaimEvent = { kind: 'time' }

/** Seconds, and what happens then. */
type Moment = [number, ClaimEvent]

function play(moments: readonly Moment[], run: Partial<Circumstances> = {}, from: Claims = noClaims): Claims {
  return moments.reduce((claims, [seconds, event]) => {
    return nextClaims(claims, event, { wants: null, chosen: null, ...run, atMs: seconds * 1000 }, patience)
  }, from)
}

/** Each of them, and where it stands in the end. */
type Outcome = Array<[Arrived, Standing]>

const inEnvironment = { wants: 'environment' } as const
const inWindows = { wants: 'windows' } as const

const rows: Array<[string, Partial<Circumstances>, Moment[], Outcome]> = [
  ['the first that comes', {}, [[0, hello(environment)]], [[environment, 'holds']]],
  [
    'a second start while the first is alive: it waits and changes nothing',
    inEnvironment,
    [
      [0, hello(environment)],
      [10, hello(stranger)],
    ],
    [
      [environment, 'holds'],
      [stranger, 'waits'],
    ],
  ],
  [
    'one that only says hello, again and again: the run goes on',
    inEnvironment,
    [
      [0, hello(environment)],
      ...[5, 10, 15, 20].flatMap((at): Moment[] => [
        [at, hello({ ...stranger, bootId: `rogue-${at}` })],
        [at + 1, speaks(environment)],
      ]),
      [60, speaks(environment)],
      [61, time],
    ],
    [
      [environment, 'holds'],
      [{ ...stranger, bootId: 'rogue-20' }, 'unknown'],
    ],
  ],
  [
    'a power cut in the middle of a step: the next start waits for the last one’s silence, and follows it',
    inEnvironment,
    [
      [0, hello(environment)],
      [10, speaks(environment)],
      [35, hello(again)],
      [40, speaks(again)],
      [49, time],
      [50.1, time],
    ],
    [
      [environment, 'unknown'],
      [again, 'holds'],
    ],
  ],
  [
    'the same, and it comes when the last one is silent already',
    inEnvironment,
    [
      [0, hello(environment)],
      [60, hello(again)],
    ],
    [
      [environment, 'unknown'],
      [again, 'holds'],
    ],
  ],
  [
    'a restart that was announced: no wait',
    inEnvironment,
    [
      [0, hello(environment)],
      [10, leaves(environment)],
      [15, hello(again)],
    ],
    [
      [environment, 'unknown'],
      [again, 'holds'],
    ],
  ],
  [
    'a restart that was announced and did not happen',
    inEnvironment,
    [
      [0, hello(environment)],
      [10, leaves(environment)],
      [14, speaks(environment)],
      [15, hello(stranger)],
    ],
    [
      [environment, 'holds'],
      [stranger, 'waits'],
    ],
  ],
  [
    'two environments that both go on speaking: a person decides',
    inEnvironment,
    [
      [0, hello(environment)],
      [10, hello(stranger)],
      [15, speaks(environment)],
      [15.1, speaks(stranger)],
    ],
    [
      [environment, 'disputes'],
      [stranger, 'disputes'],
    ],
  ],
  [
    'two starts of which the earlier one’s last word was under way when the later said hello',
    inEnvironment,
    [
      [0, hello(environment)],
      [10, hello(again)],
      [11, speaks(environment)],
      [20, speaks(again)],
    ],
    [
      [environment, 'holds'],
      [again, 'waits'],
    ],
  ],
  [
    'a dispute of a run is not over because one falls silent: whoever is left may be the wrong one',
    inEnvironment,
    [
      [0, hello(environment)],
      [10, hello(stranger)],
      [20, speaks(environment)],
      [20, speaks(stranger)],
      [90, speaks(stranger)],
      [91, time],
    ],
    [[stranger, 'disputes']],
  ],
  [
    'a dispute without a run is',
    {},
    [
      [0, hello(environment)],
      [10, hello(stranger)],
      [20, speaks(environment)],
      [20, speaks(stranger)],
      [90, speaks(environment)],
      [91, time],
    ],
    [
      [environment, 'holds'],
      [stranger, 'unknown'],
    ],
  ],
  [
    'Windows with its key goes before the environment at once',
    inWindows,
    [
      [0, hello(stranger)],
      [1, speaks(stranger)],
      [2, hello(windows)],
    ],
    [
      [stranger, 'unknown'],
      [windows, 'holds'],
    ],
  ],
  [
    'the environment beside a Windows with its key is somebody else: the run goes on, and it never follows',
    inWindows,
    [
      [0, hello(windows)],
      [10, hello(stranger)],
      [20, speaks(windows)],
      [20, speaks(stranger)],
      [21, leaves(windows)],
      [22, speaks(stranger)],
      [90, hello(stranger)],
    ],
    [
      [windows, 'holds'],
      [stranger, 'waits'],
    ],
  ],
  [
    'the environment after Windows, which has fallen silent, and then Windows again',
    inWindows,
    [
      [0, hello(windows)],
      [60, hello(environment)],
      [70, hello({ ...windows, bootId: 'win-2' })],
    ],
    [
      [environment, 'unknown'],
      [{ ...windows, bootId: 'win-2' }, 'holds'],
    ],
  ],
  [
    'the older Windows does not take the place of the environment that a run wants',
    inEnvironment,
    [
      [0, hello(environment)],
      [10, hello(windows)],
    ],
    [
      [environment, 'holds'],
      [windows, 'waits'],
    ],
  ],
  [
    'the environment follows the older Windows that was told to restart',
    inEnvironment,
    [
      [0, hello(windows)],
      [1, leaves(windows)],
      [30, hello(environment)],
    ],
    [
      [windows, 'unknown'],
      [environment, 'holds'],
    ],
  ],
  [
    'two of the same Windows, a cloned disk: a person decides',
    inWindows,
    [
      [0, hello(windows)],
      [10, hello(clone)],
      [35, speaks(windows)],
      [36, speaks(clone)],
    ],
    [
      [windows, 'disputes'],
      [clone, 'disputes'],
    ],
  ],
]

test.each(rows)('%s', (_, run, moments, outcome) => {
  const claims = play(moments, run)
  expect(outcome.map(([{ bootId }]) => [bootId, standingOf(claims, bootId)])).toEqual(
    outcome.map(([{ bootId }, standing]) => [bootId, standing]),
  )
})

describe('when a person has said which one is the machine', () => {
  const dispute: Moment[] = [
    [0, hello(environment)],
    [10, hello(stranger)],
    [20, speaks(environment)],
    [20, speaks(stranger)],
  ]

  test.each([
    ['the first', environment, stranger],
    ['the second', stranger, environment],
  ])('%s has the place, and the other waits for good', (_, chosen, other) => {
    const run = { ...inEnvironment, chosen: claimIdOf(chosen) }
    const claims = play([[21, speaks(other)]], run, play(dispute, inEnvironment))
    expect(standingOf(claims, chosen.bootId)).toBe('holds')
    expect(standingOf(claims, other.bootId)).toBe('waits')
    const later = play([[90, speaks(other)]], run, claims)
    expect(standingOf(later, other.bootId)).toBe('waits')
  })

  test('the chosen one is not doubted again, when the server has forgotten the other', () => {
    const run = { ...inEnvironment, chosen: claimIdOf(environment) }
    const claims = play(dispute, run)
    expect(standingOf(claims, environment.bootId)).toBe('holds')
    expect(standingOf(claims, stranger.bootId)).toBe('waits')
  })

  test('a choice of somebody who is not among them changes nothing', () => {
    const claims = play([[21, time]], { ...inEnvironment, chosen: '0123456789abcdef' }, play(dispute, inEnvironment))
    expect(claims.seat.kind).toBe('disputed')
  })
})

test('any number of hellos leaves few claims, and whoever speaks is not pushed out by those who only say hello', () => {
  const flood = Array.from({ length: 500 }, (_, index): Moment => [
    12,
    hello({ ...stranger, bootId: `rogue-${index}` }),
  ])
  const before = play([
    [0, hello(environment)],
    [10, hello(again)],
    [11, speaks(again)],
  ])
  const claims = play([...flood, [13, speaks(environment)]], inEnvironment, before)
  expect(claims.waiting.length).toBeLessThanOrEqual(8)
  expect(standingOf(claims, again.bootId)).toBe('waits')
  expect(standingOf(claims, environment.bootId)).toBe('holds')
})

test('whatever comes in whatever order: one seat, nobody in two places, and few of everything', () => {
  const who = fc.constantFrom(environment, again, stranger, windows, clone)
  const event = fc.oneof(who.map(hello), who.map(speaks), who.map(leaves), fc.constant(time))
  const circumstances = fc.record({
    wants: fc.constantFrom('environment', 'windows', null),
    chosen: fc.constantFrom(null, claimIdOf(environment), claimIdOf(stranger)),
  })
  const moment = fc.tuple(fc.integer({ min: 0, max: 30_000 }), event, circumstances)
  fc.assert(
    fc.property(fc.array(moment, { maxLength: 60 }), (moments) => {
      let atMs = 0
      let claims = noClaims
      for (const [passedMs, happened, run] of moments) {
        atMs += passedMs
        claims = nextClaims(claims, happened, { ...run, atMs }, patience)
        const there = [...seated(claims), ...claims.waiting].map(({ bootId }) => bootId)
        expect(new Set(there).size).toBe(there.length)
        expect(there.filter((bootId) => claims.refused.includes(bootId))).toEqual([])
        expect(claims.waiting.length).toBeLessThanOrEqual(8)
        expect(claims.refused.length).toBeLessThanOrEqual(32)
        if (claims.seat.kind === 'disputed') expect(claims.seat.claims.length).toBeGreaterThan(1)
        if (claims.seat.kind === 'free') expect(claims.waiting).toEqual([])
      }
    }),
    { numRuns: runs(500) },
  )
})
