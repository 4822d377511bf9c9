import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { SoftwareManifest } from '../../../../images/software/manifest.ts'
import { installSoftware } from '../../../../agent/windows/steps/install-software.ts'
import type { Exec } from '../../../../agent/runtime/exec.ts'
import { openMaterials } from './materials.ts'
import { exited, folderDependencies, windowsContext, withScripts } from './programs.ts'
import { installerText, pinned, softwareMachine, softwareWork, teamViewer } from './software-machine.ts'

const dependencies = folderDependencies()
const step = installSoftware(dependencies)
const manifest: SoftwareManifest = { ...teamViewer, installer: { kind: 'exe', file: 'setup.exe' }, reports: [] }
const setup = join(dependencies.folder, 'software', 'x', 'setup.exe')

/** A set-up program, number 4711, that ends at once; what it started works during so many looks, each 15 s apart. */
function settlingMachine({ works, arrivesAfter }: { works: number; arrivesAfter: number }) {
  const machine = softwareMachine({})
  const asked: unknown[] = []
  const scripts = withScripts({
    'installer-effort': (input) => {
      asked.push(input['pid'])
      return { result: { cpuSeconds: 5 * Math.min(asked.length, works), writtenBytes: 0 } }
    },
  })
  const exec: Exec = (command, args, options) => {
    if (command === setup) {
      options?.onStart?.(4711)
      return Promise.resolve(exited(0))
    }
    return command === 'reg.exe' ? machine.exec(command, args, options) : scripts.exec(command, args, options)
  }
  let sleeps = 0
  const kept: boolean[] = []
  const materials = openMaterials([installerText])
  const context = {
    ...windowsContext(softwareWork([pinned('x', manifest, 'setup.exe')], { package: 'x' }), exec),
    open: materials.open,
    clock: {
      now: () => new Date('2026-11-23T10:00:00Z'),
      elapsedMs: () => 0,
      sleep: () => {
        sleeps += 1
        kept.push(existsSync(setup))
        if (sleeps === arrivesAfter) machine.registry.set('HKLM\\SOFTWARE\\TeamViewer\\Version', '15.58.4')
        return Promise.resolve()
      },
    },
  }
  return { context, asked, kept, sleeps: () => sleeps }
}

test('what a set-up program started is waited for after its end, and its folder stays until then', async () => {
  const { context, asked, kept, sleeps } = settlingMachine({ works: 12, arrivesAfter: 12 })
  expect(await step(context)).toMatchObject({ result: { installed: [{ id: 'x', version: '15.58.4' }] } })
  expect(sleeps()).toBe(12)
  expect(new Set(asked)).toEqual(new Set([4711]))
  expect(kept.every(Boolean)).toBe(true)
  expect(existsSync(setup)).toBe(false)
})

test('a package is missing once nothing of its installer has worked for a minute', async () => {
  const { context, sleeps } = settlingMachine({ works: 3, arrivesAfter: Infinity })
  await expect(step(context)).rejects.toMatchObject({ failure: { code: 'SOFTWARE_NOT_DETECTED' } })
  expect(sleeps()).toBe(6)
  expect(existsSync(setup)).toBe(false)
})
