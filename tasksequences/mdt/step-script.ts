import { programName, wordsOf } from './command-line.ts'
import type { MdtStep } from './task-sequence-file.ts'

/** Which of MDT's scripts a step type starts, where its command line does not say. */
const scriptOfType: Readonly<Record<string, string>> = {
  bdd_gather: 'ztigather',
  bdd_validate: 'ztivalidate',
  bdd_installos: 'ltiapply',
  bdd_installapplication: 'ztiapplications',
  bdd_injectdrivers: 'ztidrivers',
  bdd_installupdatesoffline: 'ztipatches',
  bdd_installupdateoffline: 'ztipatches',
  bdd_recoverdomainjoin: 'ztidomainjoin',
  bdd_installroles: 'ztiosrole',
  bdd_uninstallroles: 'ztiosroleremove',
  bdd_runpowershellaction: 'ztipowershell',
  bdd_enablebitlocker: 'ztibde',
  bdd_setnetwork: 'ztinicconfig',
  bdd_capturenetworksettings: 'ztinicconfig',
  bdd_installlanguagepacksoffline: 'ztilangpacksoffline',
  bdd_installlanguagepacksonline: 'ztilangpacksonline',
  bdd_configuredhcp: 'zticonfiguredhcp',
  bdd_configuredns: 'zticonfiguredns',
  bdd_configureadds: 'zticonfigureadds',
  bdd_authorizedhcp: 'ztiauthorizedhcp',
  bdd_executerunbook: 'ztiexecuterunbook',
  bdd_suspend: 'ltisuspend',
  sms_tasksequence_enablebitlockeraction: 'ztibde',
  sms_tasksequence_disablebitlockeraction: 'ztidisablebdeprotectors',
  sms_tasksequence_offlineenablebitlockeraction: 'ztibde',
  sms_tasksequence_partitiondiskaction: 'ztidiskpart',
  sms_tasksequence_formatdiskaction: 'ztidiskpart',
  sms_tasksequence_setvariableaction: 'ztisetvariable',
  sms_tasksequence_capturenetworksettingsaction: 'ztinicconfig',
  sms_tasksequence_applynetworksettingsaction: 'ztinicconfig',
  sms_tasksequence_joindomainworkgroupaction: 'ztidomainjoin',
  sms_tasksequence_applyoperatingsystemaction: 'ltiapply',
  sms_tasksequence_applywindowssettingsaction: 'zticonfigure',
  sms_tasksequence_autoapplyaction: 'ztidrivers',
  sms_tasksequence_applydriverpackageaction: 'ztidrivers',
  sms_tasksequence_installsoftwareaction: 'ztiapplications',
  sms_tasksequence_installapplicationaction: 'ztiapplications',
  sms_tasksequence_installupdateaction: 'ztiwindowsupdate',
  sms_tasksequence_rebootaction: 'smsboot',
  sms_tasksequence_runpowershellscriptaction: 'ztipowershell',
}

/** Step types that mean the same whatever their command line says. */
const byTypeFirst = /^(bdd_|sms_tasksequence_(?!runcommandlineaction))/

/** The script a step starts, in small letters without its ending, and what stands after it. */
export type StepScript = { readonly name: string; readonly arguments: string } | null

/** Which of MDT's own scripts a step starts; null for a command of the technician's. */
export function scriptOf({ type, action }: Pick<MdtStep, 'type' | 'action'>): StepScript {
  const words = wordsOf(action)
  const at = words.findIndex((word) => /\.(wsf|vbs)"?$/i.test(word) || /^"?smsboot(\.exe)?"?$/i.test(word))
  const given = at < 0 ? '' : words.slice(at + 1).join(' ')
  const ofType = scriptOfType[type.toLowerCase()]
  if (ofType !== undefined && byTypeFirst.test(type.toLowerCase())) return { name: ofType, arguments: given }
  if (at < 0) return null
  return { name: programName(words[at] ?? '').replace(/\.(wsf|vbs|exe)$/, ''), arguments: given }
}
