import { Type, type Static } from 'typebox'
import { Value } from 'typebox/value'
import { deviceProblemMessage } from './device-problem-messages.ts'

/** A device Windows reports a problem with, as `problem-devices.ps1` sends it. */
export const ReportedDevice = Type.Object({
  /** As the Device Manager shows it; empty for a device no driver has named. */
  name: Type.String(),
  deviceId: Type.String(),
  /** `Net`, `MEDIA`; empty without a driver. */
  className: Type.String(),
  /** CM_PROB_… of cfg.h, the code the Device Manager shows. */
  code: Type.Integer(),
  hardwareIds: Type.Array(Type.String()),
  compatibleIds: Type.Array(Type.String()),
})
export type ReportedDevice = Static<typeof ReportedDevice>

const Answer = Type.Object({ devices: Type.Array(ReportedDevice) })

/** CM_PROB_DISABLED: a person switched it off. */
const disabled = 22
/** CM_PROB_DEVICE_NOT_THERE and CM_PROB_PHANTOM: it is not plugged in. */
const absent: ReadonlySet<number> = new Set([24, 45])
/** CM_PROB_NEED_RESTART. */
const needsRestart = 14

/** The devices in the script's answer, or null when it has another shape. */
export function readReportedDevices(answer: unknown): ReportedDevice[] | null {
  return Value.Check(Answer, answer) ? answer.devices : null
}

/** What is wrong with the machine: without what a person has switched off and what is not plugged in. Pure. */
export function problemsOf(devices: readonly ReportedDevice[]): ReportedDevice[] {
  return devices.filter(({ code }) => code !== 0 && code !== disabled && !absent.has(code))
}

/** Whether a device says that it works only after a restart. Pure. */
export function wantsRestart(devices: readonly ReportedDevice[]): boolean {
  return devices.some(({ code }) => code === needsRestart)
}

/** Two lists say the same: what is still being set up changes from one to the next. Pure. */
export function isStable(before: readonly ReportedDevice[], now: readonly ReportedDevice[]): boolean {
  const told = (devices: readonly ReportedDevice[]): string =>
    devices
      .map(({ deviceId, code }) => `${deviceId} ${code}`)
      .sort()
      .join('\n')
  return told(before) === told(now)
}

/** As the step's result tells it, to people and to `verify`. */
export function presentDevice({ name, deviceId, className, code, hardwareIds }: ReportedDevice) {
  const hardwareId = hardwareIds[0] ?? deviceId
  return { name: name === '' ? hardwareId : name, hardwareId, className, code, problem: deviceProblemMessage(code) }
}
