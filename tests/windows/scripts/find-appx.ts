import { win32 } from 'node:path'
import type { Answer } from '../call.ts'
import type { Machine } from '../machine.ts'
import { unlisted } from './removal.ts'

/** The script `find-appx`: what is merely staged is not there. */
export function findAppx(machine: Machine, { name }: Record<string, unknown>): Answer {
  if (machine.appsUnlisted) return { machine, code: 1, stderr: unlisted(machine) }
  const app = machine.apps.find((one) => one.name === name && (one.installed || one.provisioned))
  const version = app === undefined ? null : (/_(\d+(?:\.\d+)+)_/.exec(app.fullName)?.[1] ?? null)
  return { machine, code: 0, result: { there: app !== undefined, version } }
}

/** The script `provision-msix`: the package's name is its file's, up to the first `_`. */
export function provisionMsix(machine: Machine, { file }: Record<string, unknown>): Answer {
  const fullName = win32.basename(String(file)).replace(/\.\w+$/, '')
  const app = { name: fullName.split('_')[0] ?? '', fullName, provisioned: true, installed: false }
  return {
    machine: { ...machine, apps: [...machine.apps, app] },
    code: 0,
    result: { ok: true, restart: false, code: 0, words: '' },
  }
}
