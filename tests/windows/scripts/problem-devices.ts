import type { Answer } from '../call.ts'
import type { Machine } from '../machine.ts'

/** Every device that has a problem, with what the device manager knows of it. */
export function problemDevices(machine: Machine): Answer {
  const devices = machine.devices
    .filter(({ problem }) => problem !== 0)
    .map(({ name, instanceId, className, problem, hardwareIds, compatibleIds }) => ({
      ...{ name, deviceId: instanceId, className, code: problem, hardwareIds, compatibleIds },
    }))
  return { machine, code: 0, result: { devices } }
}
