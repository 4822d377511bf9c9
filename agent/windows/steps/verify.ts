import { VerifyInput } from '../../../tasksequences/steps/verify.ts'
import { windowsUpdate } from '../../../tasksequences/steps/windows-update.ts'
import type { EvidenceItem } from '../../protocol/evidence.ts'
import type { Sentence } from '../../../text/sentence.ts'
import type { Step, StepContext } from '../../runtime/step.ts'
import { parseInput } from '../../runtime/step-input.ts'
import type { WindowsDependencies } from '../dependencies.ts'
import { appControlItems } from '../evidence/app-control.ts'
import { activate } from '../evidence/activate.ts'
import { activationItems, isActivated } from '../evidence/activation.ts'
import { appItems, unwantedOf } from '../evidence/apps.ts'
import { deviceItems, driverItems } from '../evidence/devices.ts'
import { diskItems, spaceItems } from '../evidence/disks.ts'
import { editionItems } from '../evidence/edition.ts'
import { firmwareVersionItems } from '../evidence/firmware.ts'
import { boxItems, radioItems } from '../evidence/hardware.ts'
import { measureSoftware } from '../evidence/measure-software.ts'
import { openQuestions, type Questions } from '../evidence/measure.ts'
import {
  bootManagerItems,
  encryptionItems,
  firmwareItems,
  firstSignInItems,
  shopItems,
} from '../evidence/protection.ts'
import { recoveryItems } from '../evidence/recovery.ts'
import { softwareItems, teamViewerItem, type ReportFound } from '../evidence/software.ts'
import { updateLevelItems } from '../evidence/update-level.ts'
import { updateWishes } from '../evidence/update-wishes.ts'
import { restartItems, updateItems } from '../evidence/updates.ts'
import { evidenceOf } from '../evidence/verdict.ts'

type Profile = NonNullable<VerifyInput['profile']>

/**
 * Measures the evidence and judges it. An item that fails does not fail the step: the server keeps all of it, and decides
 * what becomes of the machine.
 */
export function verify(dependencies: WindowsDependencies): Step {
  return async (context) => {
    const { profile = 'ready-for-sale', allow = [], firmwareAtLeast = [] } = parseInput(VerifyInput, context)
    const questions = openQuestions(context, dependencies)
    const items = [
      ...(await systemItems(context, dependencies, questions, { profile, firmware: [firmwareAtLeast].flat() })),
      ...(await updateEvidence(context, questions, profile)),
      ...(await appEvidence(context, questions)),
    ]
    const software = await softwareEvidence(context, dependencies)
    const evidence = evidenceOf([...items, ...software.items], allow)
    const { facts } = software
    return { result: { ...evidence, ...(Object.keys(facts).length === 0 ? {} : { facts }) } }
  }
}

/** Windows and the machine. For delivery: what can have changed on the shelf. */
async function systemItems(
  context: StepContext,
  dependencies: WindowsDependencies,
  ask: Questions,
  { profile, firmware }: { profile: Profile; firmware: readonly string[] },
): Promise<EvidenceItem[]> {
  doing(context, 0, 'Contrôle de Windows', 'Checking Windows')
  let windows = await ask.windows()
  doing(context, 0.1, 'Activation de Windows', 'Activating Windows')
  const refused = await activate(context, dependencies, windows)
  if (windows.licence !== null && !isActivated(windows.licence)) windows = await ask.windows()
  doing(context, 0.15, 'Contrôle du matériel', 'Checking the hardware')
  const hardware = await ask.hardware()
  const devices = deviceItems(await ask.devices())
  const restart = restartItems(await ask.restart())
  const changing = [...activationItems(windows, refused), ...devices, ...diskItems(hardware), ...restart]
  const { image, materials, results } = context.work
  const level = updateLevelItems(windows, materials?.levels, results[windowsUpdate.type])
  if (profile === 'delivery') return [...level, ...changing, ...appControlItems(windows)]
  return [
    ...editionItems(windows, image),
    ...level,
    ...changing,
    ...driverItems(hardware),
    ...boxItems(hardware),
    ...radioItems(hardware),
    ...firmwareVersionItems(windows, firmware),
    ...firmwareItems(windows),
    ...bootManagerItems(windows),
    ...appControlItems(windows),
    ...recoveryItems(windows),
    ...encryptionItems(windows),
    ...(results[windowsUpdate.type] === undefined ? [] : firstSignInItems(windows)),
    ...spaceItems(windows),
    ...shopItems(windows),
  ]
}

async function updateEvidence(context: StepContext, ask: Questions, profile: Profile): Promise<EvidenceItem[]> {
  doing(context, 0.35, 'Recherche de mises à jour en attente', 'Looking for pending updates')
  return updateItems(await ask.updates(), updateWishes(context.work.results[windowsUpdate.type], profile))
}

async function appEvidence(context: StepContext, ask: Questions): Promise<EvidenceItem[]> {
  const unwanted = unwantedOf((context.work.materials?.profiles ?? []).map(({ profile }) => profile))
  if (unwanted.length === 0) return []
  doing(context, 0.7, 'Contrôle des applications retirées', 'Checking the removed apps')
  return appItems(await ask.apps(unwanted), unwanted)
}

/** The run's software, and TeamViewer whoever has installed it; `facts` are for the stock record. */
async function softwareEvidence(context: StepContext, dependencies: WindowsDependencies) {
  doing(context, 0.9, 'Contrôle des logiciels', 'Checking the software')
  const software = context.work.materials?.software ?? []
  const { found, teamViewer } = await measureSoftware(context, dependencies, software)
  const reports = found.flatMap((one) => one.reports)
  const said = (name: string, report: ReportFound) => (report.kind === 'said' ? [[name, report.text]] : [])
  const facts = Object.fromEntries(reports.flatMap(({ name, found: report }) => said(name, report)))
  const items = found.flatMap(softwareItems)
  if (reports.some(({ name }) => name === 'teamViewerId')) return { items, facts }
  const ofMachine = Object.fromEntries(said('teamViewerId', teamViewer))
  return { items: [...items, teamViewerItem(teamViewer)], facts: { ...facts, ...ofMachine } }
}

function doing(context: StepContext, fraction: number, fr: string, en: string): void {
  const sentence: Sentence = { fr, en }
  context.progress({ fraction, doing: sentence })
}
