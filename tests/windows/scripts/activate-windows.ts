import type { Answer } from '../call.ts'
import type { Machine } from '../machine.ts'

/** 0xC004F213, as the provider of SoftwareLicensingService tells it. */
const noKeyFound = 0xc004f213

/** The script `activate-windows`: Microsoft's servers take the firmware's key of this PC, and it has no other. */
export function activateWindows(machine: Machine, { firmwareKey }: Record<string, unknown>): Answer {
  if (firmwareKey !== true) return { machine, code: 0, result: { outcome: 'refused', code: noKeyFound } }
  return { machine: { ...machine, activated: true }, code: 0, result: { outcome: 'asked', code: 0 } }
}
