import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Progress } from '../../../../agent/protocol/messages.ts'
import { folderDependencies } from './programs.ts'
import { runToTheEnd, runUpdate, type Case } from './update-run.ts'

let dependencies: ReturnType<typeof folderDependencies>
beforeEach(() => {
  dependencies = folderDependencies()
})
afterEach(() => dependencies.remove())

const run = (given: Case) => runUpdate(dependencies, given)

describe('windows-update', () => {
  test('a machine with nothing to update is done after one search', async () => {
    const { outcome, calls } = await run({})
    expect(outcome).toEqual({ result: { passes: 0, packages: [], installed: [], failed: [], left: [] } })
    expect(calls).toEqual(['pending-restart', 'update-search', 'first-sign-in'])
  })

  test.each(['en', 'fr'])(
    'installs a month of updates, restarts, searches again, and is done (%s)',
    async (language) => {
      const { result, told, calls } = await runToTheEnd(dependencies, [
        { search: [`month.${language}`], install: ['all-installed-restart'] },
        { search: ['upgrade-only.fr'] },
      ])
      expect(calls).toEqual([
        ['pending-restart', 'update-search', 'update-install'],
        ['pending-restart', 'update-search', 'first-sign-in'],
      ])
      expect(result).toMatchObject({
        passes: 1,
        installed: [
          { kb: 'KB5066835', kind: 'security' },
          { kind: 'quality' },
          {},
          { kind: 'drivers' },
          { kind: 'optional' },
        ],
        failed: [],
        left: [
          { kind: 'upgrade', reason: 'upgrade', why: { en: 'another version of Windows: the image decides that' } },
        ],
      })
      const fractions = told.map(({ fraction }) => fraction ?? 0)
      expect(fractions).toEqual(fractions.toSorted((one, other) => one - other))
      expect(fractions.at(-1)).toBeLessThanOrEqual(1)
      const words = told.map(({ doing }) => doing?.[language === 'fr' ? 'fr' : 'en'] ?? '')
      const expected =
        language === 'fr'
          ? /^Installation de la mise à jour 1 sur 5\u202f: 2025-10 Mise à jour cumulative/
          : /^Installing update 1 of 5: 2025-10 Cumulative Update/
      expect(words.find((one) => expected.test(one))).toBeDefined()
      expect(told.find(({ bytesDone }) => bytesDone === 350e6)).toMatchObject({ bytesTotal: 700e6 })
    },
  )

  test('without a restart the next pass comes at once', async () => {
    const { outcome, calls } = await run({ search: ['month.fr', 'nothing'], install: ['all-installed'] })
    expect(outcome).toMatchObject({ result: { passes: 1, installed: [{}, {}, {}, {}, {}] } })
    expect(calls.filter((name) => name === 'update-search')).toHaveLength(2)
  })

  test('asks for what the sequence includes only', async () => {
    const input = { include: ['security', 'quality'], skip: ['.NET Framework'] }
    const { inputs, outcome } = await run({ search: ['month.fr', 'nothing'], install: ['all-installed'], input })
    expect(inputs.find(({ name }) => name === 'update-install')?.input).toEqual({
      updates: [{ key: '8a1c9f0e-0001-4000-8000-000000000001.1' }, { key: '8a1c9f0e-0003-4000-8000-000000000003.200' }],
    })
    expect(outcome).toMatchObject({ result: { left: [] } })
  })

  test('an update that failed twice is passed over, and named', async () => {
    const first = await run({ search: ['month.fr'], install: ['driver-fails'] })
    expect(first.calls.filter((name) => name === 'update-install')).toHaveLength(1)
    if (!('continueWith' in first.outcome)) throw new Error('no restart before the second try')
    const { outcome, calls } = await run({
      ...{ search: ['driver-only.fr', 'driver-only.fr'], install: ['driver-fails-again'] },
      memory: first.outcome.continueWith,
    })
    expect(calls.filter((name) => name === 'update-install')).toHaveLength(1)
    expect(outcome).toMatchObject({
      result: {
        passes: 2,
        installed: [{}, {}, {}, {}],
        failed: [{ title: 'Intel - net - 2.1.5.3', times: 2, code: '0x80070103' }],
        left: [{ title: 'Intel - net - 2.1.5.3', reason: 'failed-twice' }],
      },
    })
  })

  test('ends when the sequence’s passes are used up, and names what is left', async () => {
    const { outcome } = await run({ search: ['month.fr'], install: ['all-installed'], input: { passes: 1 } })
    expect(outcome).toMatchObject({ result: { passes: 1 } })
    expect(outcome).toMatchObject({
      result: { left: Array.from({ length: 5 }, () => ({ reason: 'passes-used-up' })).concat([{ reason: 'upgrade' }]) },
    })
  })

  test('a line that breaks is not the updates’ fault', async () => {
    const { outcome } = await run({
      search: ['month.fr', 'month.fr', 'nothing'],
      install: ['network-goes', 'all-installed'],
    })
    expect(outcome).toMatchObject({ result: { passes: 2, failed: [], installed: [{}, {}, {}, {}, {}] } })
  })

  test('restarts when Windows takes nothing more before it', async () => {
    const { outcome } = await run({ search: ['month.fr'], install: ['restart-first'] })
    expect(outcome).toMatchObject({ continueWith: { pass: 1, failures: {}, installed: [{ times: 1 }] } })
  })

  test('an update the installer dies of has failed, and the machine restarts to be rid of it', async () => {
    const { outcome, lines } = await run({ search: ['month.fr'], install: ['dies-in-the-first'] })
    expect(outcome).toMatchObject({
      continueWith: { failures: { '8a1c9f0e-0001-4000-8000-000000000001.1': { times: 1, code: null } } },
    })
    expect(lines.join('\n')).toContain('the installation ended early')
  })

  test('the update being installed is on the disk until it has ended', async () => {
    const begun: string[] = []
    const file = join(dependencies.folder, 'updates/begun.json')
    const watching = ({ doing }: Progress): void => {
      if (existsSync(file)) begun.push(doing?.fr.replace(/ sur 5.*/, '') ?? '')
    }
    await run({ search: ['month.fr'], install: ['all-installed-restart'], watching })
    expect(new Set(begun)).toEqual(new Set([1, 2, 3, 4, 5].map((index) => `Installation de la mise à jour ${index}`)))
    expect(existsSync(file)).toBe(false)
  })

  test.each([
    [
      'an update the machine died of has failed',
      JSON.stringify({ key: 'a.1', title: 'a', kb: null, kind: 'drivers' }),
      1,
    ],
    ['unless its file is cut off', '{"key":', 0],
  ])('%s', async (_name, text, times) => {
    mkdirSync(join(dependencies.folder, 'updates'))
    writeFileSync(join(dependencies.folder, 'updates/begun.json'), text)
    const { outcome } = await run({})
    const failed = times === 0 ? [] : [{ title: 'a', times, code: null }]
    expect(outcome).toMatchObject({ result: { failed } })
    expect(existsSync(join(dependencies.folder, 'updates'))).toBe(false)
  })
})

describe('a restart that is pending', () => {
  test.each(['servicing', 'agent'])('comes before anything is installed (%s)', async (pending) => {
    const { outcome, calls } = await run({ pending: [pending], search: ['month.fr'] })
    expect(calls).toEqual(['pending-restart'])
    expect(outcome).toMatchObject({ continueWith: { restartsForPending: 1 } })
  })

  test('not for files to be renamed, which wait for none', async () => {
    const { outcome } = await run({ pending: ['renames-only'] })
    expect(outcome).toHaveProperty('result')
  })

  test('not for ever: then the step goes on', async () => {
    const stuck: Case = { pending: ['servicing'], search: ['nothing'] }
    const { calls } = await runToTheEnd(dependencies, [stuck, stuck, stuck, stuck, stuck])
    expect(calls.at(-1)).toEqual(['pending-restart', 'update-search', 'first-sign-in'])
  })

  test('an update that is installed and waits for it gets it', async () => {
    const { outcome } = await run({ search: ['waits-for-restart.fr'] })
    expect(outcome).toMatchObject({ continueWith: { restartsForPending: 1, pass: 0 } })
  })
})

describe('a search that fails', () => {
  test.each(['no-network.fr', 'no-network.en', 'timeout', 'no-route'])(
    'waits for the network, and says so (%s)',
    async (trouble) => {
      const away = Array.from({ length: 50 }, () => trouble)
      const { outcome, told, slept } = await run({ search: [...away, 'nothing'] })
      expect(outcome).toHaveProperty('result')
      expect(slept).toHaveLength(50)
      expect(Math.max(...slept)).toBe(60_000)
      const words = told.map(({ doing }) => doing?.fr ?? '')
      expect(
        words.find((one) => /^Pas d’accès à Windows Update\u202f: .+ Le poste attend le réseau$/.test(one)),
      ).toBeDefined()
      expect(words.at(-1)).not.toBe('')
    },
  )

  test('of a service that is stopping is tried again', async () => {
    const { outcome, slept } = await run({ search: ['service-stopping', 'service-stopping', 'nothing'] })
    expect(outcome).toHaveProperty('result')
    expect(slept).toEqual([5000, 10_000])
  })

  test.each([
    ['service-disabled.fr', 'UPDATE_SERVICE_OFF', '0x80070422'],
    ['clock-wrong', 'UPDATE_CLOCK_WRONG', '0x80072F8F'],
    ['damaged', 'UPDATE_SEARCH_FAILED', '0x80248007'],
    ['disk-full', 'UPDATE_DISK_FULL', undefined],
  ])('for ever needs a person: %s', async (trouble, code, number) => {
    const params = number === undefined ? {} : { code: number }
    await expect(run({ search: [trouble] })).rejects.toMatchObject({ failure: { code, params } })
  })

  test('by its script needs a person after some tries', async () => {
    await expect(run({ search: ['script-dies'] })).rejects.toMatchObject({ failure: { code: 'UPDATE_SEARCH_FAILED' } })
  })
})

test('settings of another version are refused with words', async () => {
  await expect(run({ input: { passes: 0 } })).rejects.toMatchObject({ failure: { code: 'INPUT_INVALID' } })
})
