import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { SoftwareManifest } from '../../../../images/software/manifest.ts'
import type { Exec, ExecOptions, ExecResult } from '../../../../agent/runtime/exec.ts'
import { noMaterials, type PinnedSoftware } from '../../../../agent/protocol/materials.ts'
import type { StepWork } from '../../../../agent/protocol/messages.ts'
import { materialFile } from './materials.ts'
import { windowsWork, withScripts } from './programs.ts'
import { registryAnswer } from './registry-answer.ts'

export const installerText = 'the installer'

export const teamViewer: SoftwareManifest = {
  name: 'TeamViewer Host',
  source: { where: { fr: 'teamviewer.com', en: 'teamviewer.com' } },
  installer: { kind: 'msi', file: 'TeamViewer_Host*.msi', arguments: ['DESKTOPSHORTCUTS=0'] },
  detect: { registry: { keys: ['HKLM\\SOFTWARE\\TeamViewer'], value: 'Version' } },
  reports: [
    {
      name: 'teamViewerId',
      title: { fr: 'Identifiant TeamViewer', en: 'TeamViewer ID' },
      keys: ['HKLM\\SOFTWARE\\TeamViewer', 'HKLM\\SOFTWARE\\WOW6432Node\\TeamViewer'],
      value: 'ClientID',
      waitSeconds: 30,
    },
  ],
}

export function pinned(id: string, manifest: SoftwareManifest, path = 'Host/TeamViewer_Host.msi'): PinnedSoftware {
  return { id, manifest, files: [materialFile(path, installerText)] }
}

export function softwareWork(
  software: PinnedSoftware[],
  input: Record<string, unknown>,
  memory: Record<string, unknown> = {},
): StepWork {
  const work = windowsWork('install-software', input)
  return { ...work, step: { ...work.step, memory }, materials: { ...noMaterials, software } }
}

/** A Windows as far as an installation touches it: its registry, by `KEY\NAME`, and what each installer does. */
export type SoftwareMachine = {
  registry: Map<string, string | number>
  asked: string[][]
  options: Array<ExecOptions | undefined>
  /** What was asked of the registry, a PowerShell each. */
  questions: Array<{ input: Record<string, unknown> }>
  exec: Exec
}

export function softwareMachine(
  installers: Readonly<Record<string, (machine: SoftwareMachine, args: readonly string[]) => ExecResult>>,
): SoftwareMachine {
  const registry: SoftwareMachine['registry'] = new Map()
  const run: Exec = (command, args, options) => {
    machine.asked.push([command, ...args])
    machine.options.push(options)
    return Promise.resolve(installers[command]?.(machine, args) ?? { kind: 'missing' })
  }
  const { exec, calls: questions } = withScripts({ 'read-registry': (input) => registryAnswer(registry, input) }, run)
  const machine: SoftwareMachine = { registry, asked: [], options: [], questions, exec }
  return machine
}

/** Writes the log an installer was told to write, as msiexec does. */
export function writeLog(args: readonly string[], text: string): void {
  const file = args[args.indexOf('/l*v') + 1] ?? ''
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, Buffer.from(`\ufeff${text}`, 'utf16le'))
}
