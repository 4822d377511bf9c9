import { win32 } from 'node:path'
import type { Answer, Call } from '../call.ts'
import type { Installer, Machine } from '../machine.ts'
import { withValues } from '../registry.ts'

/** ERROR_INSTALL_PACKAGE_OPEN_FAILED (winerror.h). */
const packageMissing = 1619

/** `msiexec /i FILE …`: what the test has said that this file brings. */
export function msiexec(machine: Machine, { args, atMs }: Call): Answer {
  const file = win32.basename(args.find((arg) => /\.msi$/i.test(arg)) ?? '')
  const installer = machine.installers[file]
  return installer === undefined ? { machine, code: packageMissing } : install(machine, file, installer, atMs)
}

/** What an installer leaves, whatever its kind. */
function install(machine: Machine, name: string, installer: Installer, atMs: number): Answer {
  const { takesMs, code, hangs, registry, programs, later } = installer
  if (hangs) return { machine, code, hangs }
  const values = [...registry, ...later.map(({ afterMs, ...value }) => ({ ...value, fromMs: atMs + afterMs }))]
  const changed = withValues(machine, values)
  const restartPending = machine.restartPending || code === 3010
  const installed = { ...machine.installed, [name]: (machine.installed[name] ?? 0) + 1 }
  const files = programs.map((path) => ({ path, content: 'program' as const }))
  const paths = files.map(({ path }) => path)
  return {
    machine: { ...changed, restartPending, installed, files: [...machine.files, ...paths] },
    ...{ code, takesMs, files },
  }
}
