import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { ExecResult } from '../../../../agent/runtime/exec.ts'
import { noMaterials, type Materials } from '../../../../agent/protocol/materials.ts'
import { materialFile } from './materials.ts'
import { folderDependencies } from './programs.ts'
import { recordedProgram } from './recordings.ts'
import { runToTheEnd, runUpdate, type Case } from './update-run.ts'

let dependencies: ReturnType<typeof folderDependencies>
beforeEach(() => {
  dependencies = folderDependencies()
})
afterEach(() => dependencies.remove())

const run = (given: Case) => runUpdate(dependencies, given)

const msu = 'the cumulative update'
const checkpoint = 'its checkpoint'
const catalogue: Materials = {
  ...noMaterials,
  updates: [
    {
      id: 'KB5066835',
      title: '2025-10 Mise à jour cumulative',
      file: 'windows11.0-kb5066835-x64.msu',
      files: [
        materialFile('windows11.0-kb5066835-x64.msu', msu),
        materialFile('windows11.0-kb5043080-x64.msu', checkpoint),
      ],
    },
  ],
}

describe('packages of the catalogue', () => {
  const server = [msu, checkpoint]
  const at = (name: string): string => join(dependencies.folder, 'updates/KB5066835', name)
  const dism = (): string[] => [
    'dism.exe',
    '/online',
    '/add-package',
    `/packagepath:${at('windows11.0-kb5066835-x64.msu')}`,
    '/quiet',
    '/norestart',
  ]

  test('are installed first, with their checkpoints beside them, and taken off the disk', async () => {
    const { outcome, asked, calls, told } = await run({
      materials: catalogue,
      server,
      programs: [recordedProgram('dism', 'installed')],
    })
    expect(asked).toEqual([dism()])
    expect(calls).toEqual(['pending-restart', 'installed-updates', 'pending-restart', 'update-search', 'first-sign-in'])
    expect(outcome).toMatchObject({ result: { packages: [{ id: 'KB5066835', outcome: 'installed', code: 0 }] } })
    expect(existsSync(join(dependencies.folder, 'updates'))).toBe(false)
    const fractions = told.map(({ fraction }) => fraction ?? 0)
    expect(fractions).toEqual(fractions.toSorted((one, other) => one - other))
  })

  test('restart the machine when they want it, and are not installed again', async () => {
    const { result, calls } = await runToTheEnd(dependencies, [
      { materials: catalogue, server, programs: [recordedProgram('dism', 'restart')] },
      { materials: catalogue },
    ])
    expect(calls).toEqual([
      ['pending-restart', 'installed-updates'],
      ['pending-restart', 'update-search', 'first-sign-in'],
    ])
    expect(result).toMatchObject({ packages: [{ outcome: 'installed', code: 3010 }] })
  })

  test('what Windows has already is not fetched', async () => {
    const updates = catalogue.updates.map((one) => ({ ...one, id: 'KB5064531' }))
    const { outcome, asked } = await run({ materials: { ...catalogue, updates } })
    expect(asked).toEqual([])
    expect(outcome).toMatchObject({ result: { packages: [{ outcome: 'present', code: null }] } })
  })

  test.each(['en', 'fr'])('an MSU an older DISM does not take goes to wusa.exe (%s)', async (language) => {
    const programs = [recordedProgram('dism', `msu-not-supported.${language}`), recordedProgram('wusa', 'restart')]
    const { outcome, asked } = await run({ materials: catalogue, server, programs })
    expect(asked[1]).toEqual(['wusa.exe', at('windows11.0-kb5066835-x64.msu'), '/quiet', '/norestart'])
    expect(outcome).toMatchObject({ continueWith: { packages: [{ outcome: 'installed', code: 3010 }] } })
  })

  test.each([
    ['dism', ['not-applicable.en'], [], 'not-applicable'],
    ['dism', ['not-applicable.fr'], [], 'not-applicable'],
    ['wusa', ['msu-not-supported.fr'], ['already-installed'], 'present'],
    ['wusa', ['msu-not-supported.fr'], ['not-applicable'], 'not-applicable'],
    ['wusa', ['msu-not-supported.en'], ['failed'], 'failed'],
  ])('one that is not for this Windows, or fails, stops nobody: %s %j %j', async (_name, first, second, end) => {
    const programs = [
      ...first.map((one) => recordedProgram('dism', one)),
      ...second.map((one) => recordedProgram('wusa', one)),
    ]
    const { outcome } = await run({ materials: catalogue, server, programs })
    expect(outcome).toMatchObject({ result: { packages: [{ outcome: end }] } })
  })

  test.each(['pending.en', 'pending.fr'])(
    'one that has to wait for a restart is tried again after it (%s)',
    async (answer) => {
      const first = await run({ materials: catalogue, server, programs: [recordedProgram('dism', answer)] })
      expect(first.outcome).toMatchObject({ continueWith: { restartsForPending: 1, packages: [] } })
      const memory = 'continueWith' in first.outcome ? first.outcome.continueWith : {}
      const programs = [recordedProgram('dism', 'installed')]
      const second = await run({ materials: catalogue, server: [], programs, memory })
      expect(second.outcome).toMatchObject({ result: { packages: [{ outcome: 'installed' }] } })
    },
  )

  test('one that hangs is ended and named', async () => {
    const hung: ExecResult = { kind: 'killed', signal: 'stalled', stdout: '', stderr: '' }
    const { outcome } = await run({ materials: catalogue, server, programs: [hung, hung] })
    expect(outcome).toMatchObject({ result: { packages: [{ outcome: 'failed', code: null }] } })
  })

  test('are passed over when the sequence says so', async () => {
    const { asked, outcome } = await run({ materials: catalogue, input: { offline: false } })
    expect(asked).toEqual([])
    expect(outcome).toMatchObject({ result: { packages: [] } })
  })

  test('are missed with words when the server has them no more', async () => {
    await expect(run({ materials: catalogue })).rejects.toMatchObject({ failure: { code: 'MATERIAL_MISSING' } })
  })
})

describe('a full disk', () => {
  test('is told before a package is fetched', async () => {
    const attempt = run({ materials: catalogue, freeBytes: 1e9 })
    await expect(attempt).rejects.toMatchObject({ failure: { code: 'UPDATE_DISK_FULL', params: { free: 1e9 } } })
  })

  test.each(['disk-full.en', 'disk-full.fr'])('is told when DISM finds it (%s)', async (answer) => {
    const programs = [recordedProgram('dism', answer)]
    const attempt = run({ materials: catalogue, server: [msu, checkpoint], programs })
    await expect(attempt).rejects.toMatchObject({ failure: { code: 'UPDATE_DISK_FULL' } })
  })

  test('is told before a pass, and is no matter when nothing is to be installed', async () => {
    await expect(run({ search: ['month.fr'], freeBytes: 1e9 })).rejects.toMatchObject({
      failure: { code: 'UPDATE_DISK_FULL', params: { free: 1e9, needed: 8e9 } },
    })
    expect((await run({ freeBytes: 1e9 })).outcome).toHaveProperty('result')
  })
})
