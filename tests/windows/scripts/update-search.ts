import type { Answer } from '../call.ts'
import type { Machine, Update } from '../machine.ts'

/** Update classifications (Microsoft, "Update classification GUIDs"). */
const classifications: Readonly<Record<Update['kind'], string[]>> = {
  security: ['0fa1201d-4330-4fa8-8ae9-b877473b6441'],
  quality: ['cd5ffd1e-e932-4e3a-bf74-18bf0b1bbd83'],
  drivers: ['ebfc1fc5-71a4-4f7b-9aca-3b9a503104a0'],
  optional: ['cd5ffd1e-e932-4e3a-bf74-18bf0b1bbd83'],
}

export const revisionNumber = 200

/** What Windows Update offers now: not what is installed, nor what another one has to bring first. */
export function offered({ updates }: Machine): Update[] {
  const installed = (id: string): boolean => updates.some((one) => one.id === id && one.state === 'installed')
  return updates.filter(({ state, after }) => state !== 'installed' && (after === null || installed(after)))
}

/** The script `update-search`. */
export function updateSearch(machine: Machine): Answer {
  return { machine, code: 0, result: { outcome: 'found', updates: offered(machine).map(found) } }
}

function found({ id, kb, title, kind, state }: Update) {
  const isOptional = kind === 'optional'
  return {
    ...{ id, title, kbs: kb === null ? [] : [kb], type: kind === 'drivers' ? 'driver' : 'software' },
    ...{ revision: revisionNumber, categories: classifications[kind], browseOnly: isOptional, optional: isOptional },
    ...{ autoSelect: !isOptional, userInput: false, restartPending: state === 'restart-pending' },
    severity: kind === 'security' ? 'Critical' : '',
  }
}
