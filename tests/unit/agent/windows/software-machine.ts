import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { SoftwareManifest } from '../../../../images/software/manifest.ts'
import type { Exec, ExecOptions, ExecResult } from '../../../../agent/runtime/exec.ts'
import { noMaterials, type PinnedSoftware } from '../../../../agent/protocol/materials.ts'
import type { StepWork } from '../../../../agent/protocol/messages.ts'
import { materialFile } from './materials.ts'
import { exited, windowsWork } from './programs.ts'

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
  registry: Map<string, string>
  asked: string[][]
  options: Array<ExecOptions | undefined>
  exec: Exec
}

export function softwareMachine(
  installers: Readonly<Record<string, (machine: SoftwareMachine, args: readonly string[]) => ExecResult>>,
): SoftwareMachine {
  const registry = new Map<string, string>()
  const machine: SoftwareMachine = {
    registry,
    asked: [],
    options: [],
    exec: (command, args, options) => {
      if (command === 'reg.exe') return Promise.resolve(query(registry, args))
      machine.asked.push([command, ...args])
      machine.options.push(options)
      return Promise.resolve(installers[command]?.(machine, args) ?? { kind: 'missing' })
    },
  }
  return machine
}

function query(registry: ReadonlyMap<string, string>, [, key = '', , name = '']: readonly string[]): ExecResult {
  const data = registry.get(`${key}\\${name}`)
  if (data === undefined) return exited(1, '', "ERREUR : Le système n'a pas trouvé la clé ou la valeur…")
  const type = data.startsWith('0x') ? 'REG_DWORD' : 'REG_SZ'
  return exited(0, `\r\nHKEY_LOCAL_MACHINE\r\n    ${name}    ${type}    ${data}\r\n\r\n`)
}

/** Writes the log an installer was told to write, as msiexec does. */
export function writeLog(args: readonly string[], text: string): void {
  const file = args[args.indexOf('/l*v') + 1] ?? ''
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, Buffer.from(`\ufeff${text}`, 'utf16le'))
}
