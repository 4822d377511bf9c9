import type { Sentence } from '../../text/sentence.ts'
import { installingsOf } from './application-needs.ts'
import type { Application } from './application.ts'
import { commandOf, expectOf, powershellOf, scriptStep, type CommandStep } from './command-steps.ts'
import { literalText, oneLine } from './foreign-text.ts'
import { diskOf, hardwareOf, imageOf } from './install-steps.ts'
import { field, guidOf, type ListEntry } from './list-file.ts'
import { remark, type Remark, type RemarkCode } from './remarks.ts'
import { byEtabli, left, taken, takenWith, type Outcome } from './report.ts'
import { rolesScript } from './roles.ts'
import type { Phase } from '../sequence.ts'
import type { Share } from './share.ts'
import { scriptOf } from './step-script.ts'
import type { MdtStep } from './task-sequence-file.ts'

/** Steps of which a sequence has one, in the order Établi needs. */
export type BackboneType =
  'check-hardware' | 'partition-disk' | 'apply-image' | 'inject-drivers' | 'prepare-windows' | 'write-boot-files'

/** What a step of MDT comes to in the sequence. */
export type Part =
  | { readonly kind: 'backbone'; readonly type: BackboneType; readonly input: Record<string, unknown> }
  | { readonly kind: 'windows'; readonly type: string; readonly input: Record<string, unknown> }
  | { readonly kind: 'variable'; readonly name: string; readonly value: string }
  /** The restart from the boot environment into Windows. */
  | { readonly kind: 'start-windows' }

/** What becomes of a step. */
export type StepDecision = { readonly outcome: Outcome; readonly parts: readonly Part[] }

/** What a step’s translation depends on beside the step. */
export type StepContext = {
  readonly share: Share
  readonly applications: ReadonlyMap<string, Application>
  /** The image of the sequence, from its variables. */
  readonly sequenceImage: string
  readonly installsWindows: boolean
  readonly phase: Phase
  /** Backbone steps that the sequence has already. */
  readonly has: ReadonlySet<BackboneType>
  /** Applications the rules name for every machine, by guid. */
  readonly ruleApplications: readonly string[]
  /** Updates the rules keep out. */
  readonly skippedUpdates: readonly string[]
}

const own = {
  gather: { fr: 'il connaît le poste par son inventaire', en: 'it knows the machine by its inventory' },
  phases: { fr: 'il sait où en est chaque poste', en: 'it knows how far each machine is' },
  scripts: { fr: 'il apporte son propre agent', en: 'it brings an agent of its own' },
  record: { fr: 'il garde la fiche de chaque poste préparé', en: 'it keeps a record of each machine it prepared' },
  environment: { fr: 'il démarre son propre environnement', en: 'it starts a boot environment of its own' },
  recovery: { fr: 'il fait la partition de récupération', en: 'it makes the recovery partition' },
  erases: { fr: 'il efface le disque', en: 'it erases the disk' },
  logs: { fr: 'le journal est sur le serveur', en: 'the log is on the server' },
  cleans: { fr: 'il ne laisse rien à ranger', en: 'it leaves nothing to tidy up' },
} satisfies Record<string, Sentence>

const doneByEtabli: Readonly<Record<string, keyof typeof own>> = {
  ztigather: 'gather',
  ztinextphase: 'phases',
  lticopyscripts: 'scripts',
  ztitatoo: 'record',
  ztitattoo: 'record',
  ztiwinre: 'recovery',
  ztidisablebdeprotectors: 'erases',
  zticopylogs: 'logs',
  lticleanup: 'cleans',
  osd_setphase: 'phases',
}

type PlainRemark = Extract<
  RemarkCode,
  | 'MDT_STEP_USER_STATE'
  | 'MDT_STEP_CAPTURE'
  | 'MDT_STEP_DOMAIN'
  | 'MDT_STEP_BITLOCKER'
  | 'MDT_STEP_SERVER_ROLE'
  | 'MDT_STEP_NETWORK'
  | 'MDT_STEP_FIRMWARE_LIST'
  | 'MDT_STEP_TELEMETRY'
  | 'MDT_STEP_PAUSE'
  | 'MDT_STEP_POLICY_PACK'
  | 'MDT_STEP_LANGUAGE'
>

const leftOut: Readonly<Record<string, PlainRemark>> = {
  ztiappxmlgen: 'MDT_STEP_USER_STATE',
  ztiuserstate: 'MDT_STEP_USER_STATE',
  ztigroups: 'MDT_STEP_USER_STATE',
  ztimovestatestore: 'MDT_STEP_USER_STATE',
  ztibackup: 'MDT_STEP_CAPTURE',
  ltisysprep: 'MDT_STEP_CAPTURE',
  ztidomainjoin: 'MDT_STEP_DOMAIN',
  ztibde: 'MDT_STEP_BITLOCKER',
  zticonfiguredhcp: 'MDT_STEP_SERVER_ROLE',
  zticonfiguredns: 'MDT_STEP_SERVER_ROLE',
  zticonfigureadds: 'MDT_STEP_SERVER_ROLE',
  ztiauthorizedhcp: 'MDT_STEP_SERVER_ROLE',
  ztinicconfig: 'MDT_STEP_NETWORK',
  ztibioscheck: 'MDT_STEP_FIRMWARE_LIST',
  ztioptin: 'MDT_STEP_TELEMETRY',
  ltisuspend: 'MDT_STEP_PAUSE',
  ztiapplygpopack: 'MDT_STEP_POLICY_PACK',
  ztilangpacksoffline: 'MDT_STEP_LANGUAGE',
  ztilangpacksonline: 'MDT_STEP_LANGUAGE',
}

function only(outcome: Outcome): StepDecision {
  return { outcome, parts: [] }
}

function ofTable<Value>(table: Readonly<Record<string, Value>>, key: string): Value | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined
}

/** What becomes of an enabled step whose condition can hold: the table of MDT's scripts, then what a technician wrote. */
export function decideStep(step: MdtStep, context: StepContext): StepDecision {
  const script = scriptOf(step)
  if (script === null) return decideCommand(step, context)
  const itself = ofTable(doneByEtabli, script.name)
  if (itself !== undefined) return only(byEtabli(remark('MDT_STEP_BY_ETABLI', { what: own[itself] })))
  const without = ofTable(leftOut, script.name)
  if (without !== undefined) return only(left(remark(without)))
  const decide = ofTable(deciders, script.name)
  if (decide !== undefined) return decide(step, context, script.arguments)
  if (script.name === 'smsboot') return decideRestart(context)
  if (step.type !== '' && !/runcommandlineaction$/i.test(step.type))
    return only(left(remark('MDT_STEP_UNKNOWN', { type: oneLine(step.type) })))
  return only(left(remark('MDT_STEP_MDT_SCRIPT', { script: oneLine(script.name) })))
}

type Decide = (step: MdtStep, context: StepContext, given: string) => StepDecision

const deciders: Readonly<Record<string, Decide>> = {
  ztivalidate: (step, context) => backbone('check-hardware', hardwareOf(step), [], [], context),
  ztidiskpart: (step, context) => {
    const { input, because, notes } = diskOf(step)
    return backbone('partition-disk', input, because, notes, context)
  },
  ltiapply: decideApply,
  ztidrivers: decideDrivers,
  zticonfigure: (_, context) => needingImage('prepare-windows', {}, [], context),
  ztipatches: () => only(byEtabli(remark('MDT_UPDATES_WITH_WINDOWS_UPDATE'))),
  ztiwindowsupdate: (_, { skippedUpdates, phase }) => {
    if (phase !== 'windows') return only(left(remark('MDT_STEP_WINPE')))
    const input = skippedUpdates.length === 0 ? {} : { skip: [...skippedUpdates] }
    return { outcome: taken('windows-update'), parts: [{ kind: 'windows', type: 'windows-update', input }] }
  },
  ztiapplications: decideApplications,
  ztiosrole: (step, context) => decideRoles(step, context, 'add'),
  ztiosroleremove: (step, context) => decideRoles(step, context, 'remove'),
  ztisetvariable: decideVariable,
  ztipowershell: (step, context) => inWindows(powershellOf(step, context.share), context),
}

function decideCommand(step: MdtStep, context: StepContext): StepDecision {
  if (step.type !== '' && !/runcommandlineaction$/i.test(step.type) && step.action === '')
    return only(left(remark('MDT_STEP_UNKNOWN', { type: oneLine(step.type) })))
  if (context.phase !== 'windows') return only(left(remark('MDT_STEP_WINPE')))
  return inWindows(commandOf(step, context.share), context)
}

function inWindows({ outcome, step }: CommandStep, { phase }: StepContext): StepDecision {
  if (phase !== 'windows') return only(left(remark('MDT_STEP_WINPE')))
  return { outcome, parts: step === null ? [] : [{ kind: 'windows', ...step }] }
}

function backbone(
  type: BackboneType,
  input: Record<string, unknown>,
  because: readonly Remark[],
  notes: readonly Remark[],
  { has, phase }: StepContext,
): StepDecision {
  if (has.has(type)) return only(byEtabli(remark('MDT_STEP_ALREADY', { as: type })))
  if (phase !== 'environment') return only(left(remark('MDT_STEP_NEEDS_IMAGE')))
  return { outcome: takenWith(type, because, ...notes), parts: [{ kind: 'backbone', type, input }] }
}

function needingImage(
  type: BackboneType,
  input: Record<string, unknown>,
  notes: readonly Remark[],
  context: StepContext,
): StepDecision {
  if (!context.installsWindows) return only(left(remark('MDT_STEP_NEEDS_IMAGE')))
  return backbone(type, input, [], notes, context)
}

function decideApply(step: MdtStep, context: StepContext, given: string): StepDecision {
  if (/\/pe\b/i.test(given)) return only(byEtabli(remark('MDT_STEP_BY_ETABLI', { what: own.environment })))
  if (/\/post\b/i.test(given)) return only(byEtabli(remark('MDT_STEP_BY_ETABLI', { what: own.cleans })))
  if (context.has.has('apply-image')) return only(left(remark('MDT_STEP_SECOND', { as: 'apply-image' })))
  const guid = guidOf(step.variables.get('osguid') ?? '') || context.sequenceImage
  const { input, because } = imageOf(operatingSystem(context.share, guid))
  return backbone('apply-image', input, because, [], context)
}

function operatingSystem({ operatingSystems }: Share, guid: string): ListEntry | null {
  return operatingSystems.find((entry) => entry.guid === guid) ?? null
}

function decideDrivers({ variables }: MdtStep, context: StepContext): StepDecision {
  const profile = variables.get('driverselectionprofile') ?? ''
  if (/^nothing$/i.test(profile)) return only(left(remark('MDT_DRIVERS_NONE')))
  const isAll = profile === '' || /^(all drivers|all drivers and packages|everything)$/i.test(profile)
  const notes = isAll ? [] : [remark('MDT_DRIVERS_BY_DEVICE', { profile: oneLine(profile) })]
  return needingImage('inject-drivers', { packs: 'matching' }, notes, context)
}

function decideRestart({ phase, installsWindows, has }: StepContext): StepDecision {
  if (phase === 'windows')
    return { outcome: taken('restart'), parts: [{ kind: 'windows', type: 'restart', input: {} }] }
  if (installsWindows && has.has('apply-image'))
    return { outcome: taken('restart'), parts: [{ kind: 'start-windows' }] }
  return only(byEtabli(remark('MDT_STEP_BY_ETABLI', { what: own.environment })))
}

function decideApplications(step: MdtStep, context: StepContext): StepDecision {
  if (context.phase !== 'windows') return only(left(remark('MDT_STEP_WINPE')))
  const asked = guidOf(step.variables.get('applicationguid') ?? '')
  const guids = asked === '' ? context.ruleApplications : [asked]
  if (guids.length === 0) return only(left(remark('MDT_APPLICATIONS_ASKED')))
  const parts: Part[] = []
  const because: Remark[] = []
  for (const guid of guids) {
    const found = installingsOf(guid, context.applications)
    const entry = context.applications.get(guid)?.entry
    if (found.length === 0)
      because.push(remark('MDT_APPLICATION_GONE', { name: oneLine(entry === undefined ? guid : field(entry, 'Name')) }))
    for (const installing of found) {
      if (installing.by === 'script') {
        const { language, script, path } = installing
        const made = scriptStep(language, script, path, [], expectOf({ successCodes: codesFor(step) }))
        because.push(...made.outcome.because)
        if (made.step !== null) parts.push({ kind: 'windows', ...made.step })
      } else if (installing.by === 'package') {
        const last = parts.at(-1)
        if (
          last?.kind === 'windows' &&
          last.type === 'install-software' &&
          isPackages(last.input) &&
          last.input.packages.length < 64
        )
          parts[parts.length - 1] = { ...last, input: { packages: [...last.input.packages, installing.id] } }
        else parts.push({ kind: 'windows', type: 'install-software', input: { packages: [installing.id] } })
      }
      if (installing.by !== 'nothing' && installing.restarts)
        parts.push({ kind: 'windows', type: 'restart', input: {} })
    }
  }
  if (parts.length === 0) return only(left(...because))
  const types = [...new Set(parts.flatMap((part) => (part.kind === 'windows' ? [part.type] : [])))]
  return { outcome: takenWith(types.join(', '), because), parts: parts.map(withOnePackage) }
}

function isPackages(input: Record<string, unknown>): input is { packages: string[] } {
  return Array.isArray(input['packages'])
}

/** One package is written as `package`. */
function withOnePackage(part: Part): Part {
  if (part.kind !== 'windows' || !isPackages(part.input) || part.input.packages.length !== 1) return part
  return { ...part, input: { package: part.input.packages[0] } }
}

function codesFor({ variables, successCodes }: MdtStep): number[] {
  const given = (variables.get('applicationsuccesscodes') ?? '').split(/\s+/).filter((code) => /^-?\d{1,9}$/.test(code))
  return given.length > 0 ? given.map(Number) : [...successCodes]
}

function decideRoles(step: MdtStep, { phase }: StepContext, way: 'add' | 'remove'): StepDecision {
  if (phase !== 'windows') return only(left(remark('MDT_STEP_WINPE')))
  const script = rolesScript(step, way)
  if (script === null) return only(left(remark('MDT_STEP_EMPTY')))
  const input = { script, expect: [0, 3010] }
  return {
    outcome: takenWith('run-powershell', [remark('MDT_ROLES_CHECK')]),
    parts: [{ kind: 'windows', type: 'run-powershell', input }],
  }
}

function decideVariable({ variables }: MdtStep): StepDecision {
  const name = variables.get('variablename') ?? ''
  const value = literalText(variables.get('variablevalue') ?? '')
  if (name === '') return only(left(remark('MDT_STEP_EMPTY')))
  if (value === null) return only(left(remark('MDT_STEP_SECRET_TEXT')))
  return { outcome: taken('variables'), parts: [{ kind: 'variable', name, value }] }
}
