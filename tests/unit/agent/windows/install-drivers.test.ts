import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { materialPathOf } from '../../../../agent/protocol/paths.ts'
import type { ExecResult } from '../../../../agent/runtime/exec.ts'
import { noMaterials, type Materials } from '../../../../agent/protocol/materials.ts'
import type { Progress, StepWork } from '../../../../agent/protocol/messages.ts'
import type { Outcome } from '../../../../agent/runtime/step.ts'
import { codeText, publishedName, verdictOf } from '../../../../agent/windows/drivers/pnputil.ts'
import { problemsOf } from '../../../../agent/windows/drivers/problem-devices.ts'
import { installDrivers } from '../../../../agent/windows/steps/install-drivers.ts'
import { ethernetInf, graphicsInf } from '../../images/inf/infs.ts'
import { lay, materialFile, openMaterials } from './materials.ts'
import { folderDependencies, windowsContext, windowsWork, withScripts, type ScriptAnswer } from './programs.ts'
import { recordedProgram, recordedScript } from './recordings.ts'

const packs: Materials = {
  ...noMaterials,
  drivers: [
    {
      pack: 'NUC13',
      infs: ['net/e2fn.inf', 'gfx/igfx.inf'],
      files: [materialFile('net/e2fn.inf', ethernetInf), materialFile('gfx/igfx.inf', graphicsInf)],
    },
  ],
}

let dependencies: ReturnType<typeof folderDependencies>
beforeEach(() => {
  dependencies = folderDependencies()
  lay(join(dependencies.folder, 'drivers/NUC13'), 'net/e2fn.inf', ethernetInf)
  lay(join(dependencies.folder, 'drivers/NUC13'), 'gfx/igfx.inf', graphicsInf)
})
afterEach(() => dependencies.remove())

type Case = {
  /** In order, what the device list says at each look; the last goes on. */
  devices: ScriptAnswer[]
  pnputil: ExecResult[]
  input?: Record<string, unknown>
  memory?: Record<string, unknown>
  materials?: Materials
  server?: string[]
}

async function run({ devices, pnputil, input = {}, memory = {}, materials = packs, server = [] }: Case) {
  const programs: string[][] = []
  const left = [...pnputil]
  const { exec, calls } = withScripts(
    { 'problem-devices': (_input, call) => devices[Math.min(call, devices.length) - 1] ?? {} },
    (command, args) => {
      programs.push([command, ...args])
      return Promise.resolve(left.shift() ?? { kind: 'missing' })
    },
  )
  const base = windowsWork('install-drivers', input)
  const work: StepWork = { ...base, step: { ...base.step, memory }, materials }
  const told: Progress[] = []
  const { open, asked } = openMaterials(server)
  const context = { ...windowsContext(work, exec), open, progress: (one: Progress) => told.push(one) }
  const outcome: Outcome = await installDrivers(dependencies)(context)
  return { outcome, programs, calls, told, asked, lines: context.lines }
}

const fresh = recordedScript('problem-devices', 'fresh.fr')
const none = recordedScript('problem-devices', 'none')

describe('a return value of PnPUtil', () => {
  test.each([
    [0, 'installed'],
    [259, 'nothing-newer'],
    [3010, 'restart'],
    [1641, 'restarting'],
    [5, 'failed'],
    [0xe000022f, 'failed'],
  ])('%d: %s', (code, verdict) => {
    expect(verdictOf(code)).toBe(verdict)
  })

  test('is written as people look it up', () => {
    expect([codeText(5), codeText(3758096943), codeText(-536870353)]).toEqual(['5', '0xE000022F', '0xE000022F'])
  })

  test.each(['installed.en', 'installed.fr'])('the published name is found in any language: %s', (which) => {
    const end = recordedProgram('pnputil', which)
    expect(publishedName('stdout' in end ? end.stdout : '')).toBe('oem2.inf')
  })
})

test('what a person has switched off or unplugged is no problem', () => {
  const device = { name: 'x', deviceId: 'x', className: '', hardwareIds: [], compatibleIds: [] }
  const devices = [0, 1, 10, 22, 24, 28, 43, 45, 52].map((code) => ({ ...device, code }))
  expect(problemsOf(devices).map(({ code }) => code)).toEqual([1, 10, 28, 43, 52])
})

describe('install-drivers', () => {
  test.each(['en', 'fr'])(
    'installs each INF by its own call, and lists devices before and after (%s)',
    async (language) => {
      const pnputil = [`installed.${language}`, `nothing-newer.${language}`].map((one) =>
        recordedProgram('pnputil', one),
      )
      const { outcome, programs, told } = await run({ devices: [fresh, none], pnputil })
      const folder = join(dependencies.folder, 'drivers/NUC13')
      expect(programs).toEqual([
        ['pnputil.exe', '/add-driver', join(folder, 'net/e2fn.inf'), '/install'],
        ['pnputil.exe', '/add-driver', join(folder, 'gfx/igfx.inf'), '/install'],
      ])
      expect(outcome).toEqual({
        result: {
          installed: [
            { pack: 'NUC13', inf: 'net/e2fn.inf', code: 0, published: 'oem2.inf', verdict: 'installed' },
            { pack: 'NUC13', inf: 'gfx/igfx.inf', code: 259, published: 'oem7.inf', verdict: 'nothing-newer' },
          ],
          problemsBefore: [
            {
              name: 'Contrôleur Ethernet',
              hardwareId: String.raw`PCI\VEN_8086&DEV_125C&SUBSYS_00000000&REV_04`,
              className: '',
              code: 28,
              problem: { fr: 'pas de pilote (code 28)', en: 'no driver (code 28)' },
            },
          ],
          problemsAfter: [],
          restarted: false,
        },
      })
      const fractions = told.map(({ fraction }) => fraction ?? 0)
      expect(fractions).toEqual(fractions.toSorted((one, other) => one - other))
      expect(told.map(({ doing }) => doing?.fr)).toContain('Pilote 2 sur 2\u202f: gfx/igfx.inf')
    },
  )

  test.each(['en', 'fr'])(
    'restarts once when a driver wants it, and lists the devices after that (%s)',
    async (language) => {
      const pnputil = [`restart.${language}`, `installed.${language}`].map((one) => recordedProgram('pnputil', one))
      const first = await run({ devices: [fresh], pnputil })
      if (!('continueWith' in first.outcome)) throw new Error('it should have restarted')
      const waiting = recordedScript('problem-devices', 'waiting-for-restart.fr')
      const second = await run({ devices: [waiting], pnputil: [], memory: first.outcome.continueWith })
      expect(second.programs).toEqual([])
      expect(second.outcome).toMatchObject({
        result: { restarted: true, installed: [{ code: 3010 }, { code: 0 }], problemsAfter: [{ code: 14 }] },
      })
      expect(second.outcome).toMatchObject({ result: { problemsBefore: [{ code: 28 }] } })
    },
  )

  test('restarts when a device wants it', async () => {
    const pnputil = [recordedProgram('pnputil', 'installed.fr'), recordedProgram('pnputil', 'installed.fr')]
    const waiting = recordedScript('problem-devices', 'waiting-for-restart.fr')
    const { outcome } = await run({ devices: [fresh, waiting], pnputil })
    expect(outcome).toHaveProperty('continueWith')
  })

  test('a driver that sends the machine round by itself: the rest comes after the restart', async () => {
    const first = await run({ devices: [fresh], pnputil: [recordedProgram('pnputil', 'restarting.en')] })
    expect(first.programs).toHaveLength(1)
    if (!('continueWith' in first.outcome)) throw new Error('it should have restarted')
    const pnputil = [recordedProgram('pnputil', 'installed.en')]
    const second = await run({ devices: [none], pnputil, memory: first.outcome.continueWith })
    expect(second.programs.map((call) => call[2]?.endsWith('igfx.inf'))).toEqual([true])
    expect(second.outcome).toMatchObject({ result: { installed: [{ code: 1641 }, { code: 0 }] } })
  })

  test('an INF that fails and that no device misses is named, and stops nobody', async () => {
    const pnputil = [recordedProgram('pnputil', 'unsigned.en'), recordedProgram('pnputil', 'installed.en')]
    const { outcome, lines } = await run({ devices: [fresh, none], pnputil })
    expect(outcome).toMatchObject({ result: { installed: [{ code: 3758096943, verdict: 'failed' }, { code: 0 }] } })
    expect(lines.join('\n')).toContain('net/e2fn.inf was not installed (0xE000022F)')
  })

  test.each(['en', 'fr'])(
    'an INF that fails, and whose device does not work, needs a person (%s)',
    async (language) => {
      const pnputil = [`unsigned.${language}`, `installed.${language}`].map((one) => recordedProgram('pnputil', one))
      const devices = [recordedScript('problem-devices', `fresh.${language}`)]
      await expect(run({ devices, pnputil })).rejects.toMatchObject({
        failure: { code: 'DRIVER_FAILED', params: { inf: 'net/e2fn.inf', pack: 'NUC13', code: '0xE000022F' } },
      })
    },
  )

  test('one that hangs and is ended has failed', async () => {
    const hung: ExecResult = { kind: 'killed', signal: 'stalled', stdout: '', stderr: '' }
    const attempt = run({ devices: [fresh], pnputil: [hung, recordedProgram('pnputil', 'installed.fr')] })
    await expect(attempt).rejects.toMatchObject({ failure: { code: 'DRIVER_FAILED', params: { code: 'PnPUtil' } } })
  })

  test('one that hung is not tried again after the restart', async () => {
    const hung: ExecResult = { kind: 'killed', signal: 'stalled', stdout: '', stderr: '' }
    const first = await run({ devices: [fresh], pnputil: [hung, recordedProgram('pnputil', 'restart.fr')] })
    const memory = 'continueWith' in first.outcome ? first.outcome.continueWith : {}
    const second = await run({ devices: [none], pnputil: [], memory })
    expect(second.outcome).toMatchObject({ result: { installed: [{ code: null, verdict: 'failed' }, { code: 3010 }] } })
  })

  test('devices without a driver of ours are listed; with problemsStop they need a person', async () => {
    const devices = [recordedScript('problem-devices', 'fresh.en')]
    const pnputil = ['installed.en', 'installed.en'].map((one) => recordedProgram('pnputil', one))
    expect((await run({ devices, pnputil })).outcome).toMatchObject({
      result: { problemsAfter: [{ code: 28 }, { name: String.raw`ACPI\VEN_INTC&DEV_1070` }] },
    })
    await expect(run({ devices, pnputil, input: { problemsStop: true } })).rejects.toMatchObject({
      failure: { code: 'DEVICES_LEFT', params: { count: 2 } },
    })
  })

  test('waits until the list of devices has settled', async () => {
    const pnputil = ['installed.fr', 'installed.fr'].map((one) => recordedProgram('pnputil', one))
    const { outcome, calls } = await run({ devices: [fresh, fresh, none, none], pnputil })
    expect(calls.map(({ input }) => input['scan'])).toEqual([false, true, false, false])
    expect(outcome).toMatchObject({ result: { problemsAfter: [] } })
  })

  test('fetches what the environment did not lay down, or not whole', async () => {
    lay(join(dependencies.folder, 'drivers/NUC13'), 'net/e2fn.inf', '\0'.repeat(Buffer.byteLength(ethernetInf)))
    const pnputil = ['installed.fr', 'installed.fr'].map((one) => recordedProgram('pnputil', one))
    const { asked } = await run({ devices: [none], pnputil, server: [ethernetInf, graphicsInf] })
    expect(asked).toEqual([materialPathOf(materialFile('', ethernetInf).sha256)])
    expect(readFileSync(join(dependencies.folder, 'drivers/NUC13/net/e2fn.inf'), 'utf8')).toBe(ethernetInf)
  })

  test('stops with the reason it was cancelled for', async () => {
    const work: StepWork = { ...windowsWork('install-drivers'), materials: packs }
    const context = windowsContext(work, withScripts({ 'problem-devices': () => none }).exec)
    context.stop.abort(new Error('the run was cancelled'))
    await expect(installDrivers(dependencies)(context)).rejects.toThrow('the run was cancelled')
  })

  test('without packs it lists the devices', async () => {
    const { outcome, programs } = await run({ devices: [fresh], pnputil: [], materials: noMaterials })
    expect(programs).toEqual([])
    expect(outcome).toMatchObject({ result: { installed: [], problemsAfter: [{ code: 28 }], restarted: false } })
  })

  test.each([
    ['no pnputil', { devices: [none], pnputil: [] }, 'WINDOWS_PROGRAM_MISSING'],
    ['a script that fails', { devices: [{ code: 1, stderr: 'Accès refusé' }], pnputil: [] }, 'SCRIPT_FAILED'],
    ['an answer of another shape', { devices: [{ result: { devices: [{}] } }], pnputil: [] }, 'SCRIPT_FAILED'],
    ['settings of another version', { devices: [none], pnputil: [], input: { packs: 1 } }, 'INPUT_INVALID'],
  ])('fails with words: %s', async (_name, given, code) => {
    await expect(run(given)).rejects.toMatchObject({ failure: { code } })
  })

  test('a pack whose name leads out of the folder is refused', async () => {
    const drivers = packs.drivers.map((one) => ({ ...one, pack: '..' }))
    const attempt = run({ devices: [none], pnputil: [], materials: { ...packs, drivers } })
    await expect(attempt).rejects.toMatchObject({ failure: { code: 'MATERIAL_NOT_WRITTEN' } })
  })
})
