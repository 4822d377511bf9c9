import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ensureWindowsAgent } from '../../agent/windows/build.ts'
import { executableFile } from '../../agent/windows/build-manifest.ts'
import { openWorkshop, putImage, signIn, type Workshop } from '../unit/server/api/workshop.ts'
import { layCable, type Cable } from '../windows/cable.ts'
import { assembleComputer, type Computer } from '../windows/computer.ts'
import type { LoggedCall } from '../windows/machine-folder.ts'
import { nucMachine } from '../windows/nuc-machine.ts'
import { fillShelf } from '../windows/nuc-shelf.ts'
import { orderRun } from '../windows/order.ts'
import { whyNoWine } from './wine.ts'

const outputDir = join(import.meta.dirname, '../../build/windows')
const cacheDir = join(outputDir, 'cache')
const signal = AbortSignal.timeout(240_000)
const noWine = whyNoWine()

const environment = `environment:
  - partition-disk: { disk: only }
  - apply-image: {}
  - inject-drivers: { packs: matching }
  - prepare-windows: { account: local, name: Utilisateur }
  - write-boot-files: {}
  - restart: {}
`

const sequences: Record<string, string> = {
  whole: `name: Essai
${environment}
windows:
  - install-drivers: {}
  - windows-update: { passes: 5 }
  - install-software: { package: teamviewer-host, shortcut: desktop }
  - run-command: { shell: cmd, command: 'echo bonjour' }
  - run-powershell: { script: 'Write-Output bonjour' }
  - restart: {}
  - shut-down: {}
`,
}

describe.skipIf(noWine !== null)('the Windows half', () => {
  let workshop: Workshop
  let computer: Computer
  let cable: Cable
  let token: string
  beforeAll(async () => {
    await ensureWindowsAgent({ outputDir, cacheDir, signal })
    computer = await assembleComputer({ agent: join(outputDir, executableFile), cacheDir, signal })
    workshop = await openWorkshop({
      env: { ETABLI_WINDOWS_AGENT_DIR: outputDir },
      prepare: (dataDir) => {
        mkdirSync(join(dataDir, 'sequences'), { recursive: true })
        for (const [name, text] of Object.entries(sequences))
          writeFileSync(join(dataDir, 'sequences', `${name}.yaml`), text)
        putImage(dataDir, 'win11')
        fillShelf(dataDir)
      },
    })
    cable = await layCable(() => new URL(workshop.url))
    token = await signIn(workshop)
  }, 60_000)
  afterAll(async () => {
    await cable?.unplug()
    await computer?.close()
    await workshop?.close()
  })

  const begins =
    (program: string, script: string | null = null) =>
    (call: LoggedCall): boolean =>
      call.what === 'begins' && call.program === program && call.script === script

  test('goes from the first driver to the end, killed twice', { timeout: 120_000 }, async () => {
    const run = await orderRun(workshop, { token, number: 1, sequence: 'whole', image: 'win11' })
    computer.lay(nucMachine(), { server: cable.url, ...run.configuration })
    const limit = AbortSignal.timeout(100_000)
    try {
      const off = computer.runUntilOff(limit)
      void computer.untilCalled(begins('powershell.exe', 'update-install'), limit).then(() => computer.cutPower())
      await off
      console.log(await run.read())
    } catch (error) {
      console.log(computer.console(), JSON.stringify(await run.read(), null, 1).slice(0, 4000))
      throw error
    } finally {
      console.log(
        computer.machine
          .calls()
          .map(
            (one) =>
              `${one.at.slice(14)} ${one.what} ${one.script ?? one.program} ${one.script ? '' : one.args.join(' ')} ${one.code ?? ''}`,
          )
          .join('\n'),
      )
    }
  })
})
