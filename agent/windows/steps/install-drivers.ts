import { Value } from 'typebox/value'
import { InstallDriversInput } from '../../../tasksequences/steps/install-drivers.ts'
import { failure } from '../../protocol/failures/failures.ts'
import { StepError, type Outcome, type Step, type StepContext } from '../../runtime/step.ts'
import type { WindowsDependencies } from '../dependencies.ts'
import { blameOf, type FailedInf } from '../drivers/blame.ts'
import { installInf, readDriverMemory, verdictOfTried, type TriedInf } from '../drivers/installation.ts'
import { listDevices, listStableDevices } from '../drivers/listing.ts'
import { keepPacks, readServedIds, type PackInf } from '../drivers/pack-files.ts'
import { codeText } from '../drivers/pnputil.ts'
import { presentDevice, problemsOf, wantsRestart, type ReportedDevice } from '../drivers/problem-devices.ts'

/** Shares of the step: fetching what is missing, installing; the rest is listing. */
const keepShare = 0.1
const installShare = 0.85

/**
 * Installs the run's driver packs, one INF a time, and lists the devices with a problem before and after. The machine
 * restarts at most once, when a driver or a device wants it, and the list is taken after that.
 */
export function installDrivers(dependencies: WindowsDependencies): Step {
  return async (context) => {
    const { input, type, memory } = context.work.step
    if (!Value.Check(InstallDriversInput, input)) {
      throw new StepError(failure('INPUT_INVALID', { step: type }, { detail: JSON.stringify(input) }))
    }
    const remembered = readDriverMemory(memory)
    const before = remembered?.before ?? (await listDevices(context, dependencies))
    if (remembered === null) sayProblems(context, 'before', before)
    const infs = await keepDrivers(context, dependencies)
    const { tried, goesDown } = await installAll(context, infs, remembered?.tried ?? [])
    const restartWanted = goesDown || tried.some((one) => verdictOfTried(one) === 'restart')
    if (remembered === null && restartWanted) return { continueWith: { before, tried } }
    doing(context, 0.95, 'Contrôle des périphériques', 'Checking the devices')
    const after = await listStableDevices(context, dependencies)
    if (remembered === null && wantsRestart(after)) return { continueWith: { before, tried } }
    sayProblems(context, 'after', after)
    judge(infs, tried, problemsOf(after), input.problemsStop === true)
    return present({ tried, before, after, restarted: remembered !== null })
  }
}

function keepDrivers(context: StepContext, { folder }: WindowsDependencies): Promise<PackInf[]> {
  const packs = context.work.materials?.drivers ?? []
  return keepPacks(context, folder, packs, (done, total) =>
    doing(context, (keepShare * done) / Math.max(1, total), 'Vérification des pilotes', 'Checking the drivers'),
  )
}

/** Each INF that was not tried before the restart. `goesDown`: a driver has restarted the machine by itself. */
async function installAll(context: StepContext, infs: readonly PackInf[], before: readonly TriedInf[]) {
  const tried = [...before]
  for (const [index, packInf] of infs.entries()) {
    if (tried.some(({ pack, inf }) => pack === packInf.pack && inf === packInf.inf)) continue
    const place = { fr: `${index + 1} sur ${infs.length}`, en: `${index + 1} of ${infs.length}` }
    const fraction = keepShare + (installShare * index) / infs.length
    doing(context, fraction, `Pilote ${place.fr} : ${packInf.inf}`, `Driver ${place.en}: ${packInf.inf}`)
    const one = await installInf(context.exec, packInf)
    tried.push(one)
    const verdict = verdictOfTried(one)
    if (verdict === 'failed')
      context.log('warning', `${packInf.pack}: ${packInf.inf} was not installed (${codeOf(one)})`)
    // With the machine on its way down, what is begun now is broken off: the rest comes after the restart.
    if (verdict === 'restarting') return { tried, goesDown: true }
  }
  return { tried, goesDown: false }
}

/**
 * A technician is needed when a device does not work because its driver did not install; or, with `problemsStop`, when
 * any does not. An INF that fails and is missed by no device is named in the result and the log, and stops nobody: packs
 * hold drivers for other models, too. Throws StepError DRIVER_FAILED or DEVICES_LEFT.
 */
function judge(infs: readonly PackInf[], tried: readonly TriedInf[], problems: ReportedDevice[], stop: boolean): void {
  const failed = tried.flatMap((one): FailedInf[] => {
    const packInf = infs.find(({ pack, inf }) => pack === one.pack && inf === one.inf)
    if (packInf === undefined || verdictOfTried(one) !== 'failed') return []
    return [{ ...one, serves: readServedIds(packInf.file) }]
  })
  const blame = blameOf(failed, problems)
  if (blame !== null) {
    const { inf, pack } = blame.inf
    const device = presentDevice(blame.device)
    const params = { inf, pack, code: codeOf(blame.inf), device: device.name, problem: `code ${device.code}` }
    throw new StepError(failure('DRIVER_FAILED', params, { detail: JSON.stringify(device) }))
  }
  if (!stop || problems.length === 0) return
  const shown = problems.map(presentDevice).map(({ name, hardwareId, code }) => `${name} (${hardwareId}, code ${code})`)
  throw new StepError(failure('DEVICES_LEFT', { count: problems.length, devices: shown.join(', ').slice(0, 700) }))
}

function codeOf({ code }: Pick<TriedInf, 'code'>): string {
  return code === null ? 'PnPUtil' : codeText(code)
}

type Found = { tried: TriedInf[]; before: ReportedDevice[]; after: ReportedDevice[]; restarted: boolean }

function present({ tried, before, after, restarted }: Found): Outcome {
  return {
    result: {
      installed: tried.map((one) => ({ ...one, verdict: verdictOfTried(one) })),
      problemsBefore: problemsOf(before).map(presentDevice),
      problemsAfter: problemsOf(after).map(presentDevice),
      restarted,
    },
  }
}

function sayProblems(context: StepContext, when: string, devices: readonly ReportedDevice[]): void {
  const problems = problemsOf(devices).map(presentDevice)
  context.log('info', `devices with a problem ${when} the drivers: ${problems.length}`)
  for (const { name, hardwareId, problem } of problems) context.log('info', `  ${name} [${hardwareId}]: ${problem.en}`)
}

function doing(context: StepContext, fraction: number, fr: string, en: string): void {
  context.progress({ fraction, doing: { fr, en } })
}
