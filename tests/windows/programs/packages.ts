import type { Answer, Call } from '../call.ts'
import type { Machine } from '../machine.ts'

/** CBS_E_NOT_APPLICABLE (cbsapi.h). */
const notApplicable = 0x800f081e
const restartRequired = 3010

/** `dism.exe /online …`: adds update packages, takes capabilities and features away. */
export function dism(machine: Machine, { args }: Call): Answer {
  const path = args.flatMap((arg) => /^\/packagepath:(.*)$/i.exec(arg)?.[1] ?? [])[0]
  if (path !== undefined) return addPackage(machine, path)
  return { machine, code: 0 }
}

/** `wusa.exe FILE /quiet /norestart`. */
export function wusa(machine: Machine, { args }: Call): Answer {
  return addPackage(machine, args[0] ?? '')
}

function addPackage(machine: Machine, path: string): Answer {
  const kb = /kb\d{6,8}/i.exec(path)?.[0].toUpperCase()
  if (kb === undefined || machine.packages.includes(kb)) return { machine, code: notApplicable }
  return {
    machine: { ...machine, packages: [...machine.packages, kb], restartPending: true },
    code: restartRequired,
    takesMs: 200,
  }
}
