import { scriptText } from './script-text.ts'
import { bare, invocationOf, pathInShare } from './command-line.ts'
import { literalText, oneLine } from './foreign-text.ts'
import { remark, type Remark } from './remarks.ts'
import { left, takenWith, type Outcome } from './report.ts'
import type { Share } from './share.ts'
import type { MdtStep } from './task-sequence-file.ts'
import { knownVariable } from './variable-names.ts'

/** A step for Windows that runs a command or script, and what is reported of it. */
export type CommandStep = {
  readonly outcome: Outcome
  readonly step: { readonly type: 'run-command' | 'run-powershell'; readonly input: Record<string, unknown> } | null
  /** Own variables of MDT that the command names. */
  readonly variables: readonly string[]
}

/** A sequence of 64 KiB takes a few scripts of this size. */
export const longestInlineScript = 16 * 1024

function leftOut(because: Remark): CommandStep {
  return { outcome: left(because), step: null, variables: [] }
}

/** A technician's command line, as `run-command`; a script of the share that is there, with its text. */
export function commandOf(step: MdtStep, share: Share): CommandStep {
  const { action } = step
  const invocation = invocationOf(action, 'Scripts')
  if (invocation.runs === 'nothing') return leftOut(remark('MDT_STEP_EMPTY'))
  if (invocation.runs === 'script')
    return inlineScript(step, share, invocation.path, invocation.language, invocation.arguments)
  const [shareFile] = /%(?:scriptroot|deployroot|toolroot|resourceroot|_smstsmdatapath)%[^\s"']*/i.exec(action) ?? []
  if (shareFile !== undefined) return leftOut(remark('MDT_STEP_SHARE_FILE', { path: oneLine(shareFile) }))
  const filled = fillVariables(action)
  if (filled === null) return leftOut(remark('MDT_STEP_SECRET_TEXT'))
  if (filled.text.length > 8192 || /[\r\n]/.test(filled.text)) return leftOut(remark('MDT_STEP_TOO_LONG'))
  const [unc] = /\\\\[A-Za-z0-9_.-]+\\[^\s"']+/.exec(action) ?? []
  const reasons = [
    ...reasonsOf(step),
    ...(unc === undefined ? [] : [remark('MDT_STEP_NETWORK_PATH', { path: oneLine(unc) })]),
    ...(filled.own.length === 0 ? [] : [remark('MDT_STEP_MDT_VARIABLE', { names: oneLine(filled.own.join(', ')) })]),
  ]
  return {
    outcome: takenWith('run-command', reasons),
    step: { type: 'run-command', input: { command: filled.text, shell: 'cmd', ...expectOf(step) } },
    variables: filled.own,
  }
}

/** MDT's "Run PowerShell Script", with the script's text where the share has it. */
export function powershellOf(step: MdtStep, share: Share): CommandStep {
  const script = step.variables.get('scriptname') ?? ''
  if (script === '') return leftOut(remark('MDT_STEP_EMPTY'))
  const path = pathInShare(bare(script), 'Scripts')
  if (path === null) return leftOut(remark('MDT_STEP_SHARE_FILE', { path: oneLine(script) }))
  return inlineScript(step, share, path, 'powershell', step.variables.get('parameters') ?? '')
}

function inlineScript(
  step: MdtStep,
  share: Share,
  path: string,
  language: 'powershell' | 'cmd',
  given: string,
): CommandStep {
  const text = share.scripts.get(path.toLowerCase())
  // What a batch file is given, `%1`, a script of several lines has no place for.
  if (text === undefined || (language === 'cmd' && given !== ''))
    return leftOut(remark('MDT_STEP_SHARE_FILE', { path: oneLine(path) }))
  return scriptStep(language, scriptText(language, text, given), path, reasonsOf(step), expectOf(step))
}

/** A script's text as a step. */
export function scriptStep(
  language: 'powershell' | 'cmd',
  script: string,
  path: string,
  reasons: readonly Remark[] = [],
  expect: Record<string, unknown> = {},
): CommandStep {
  const literal = literalText(script)
  if (literal === null) return leftOut(remark('MDT_STEP_SECRET_TEXT'))
  if (literal.length > longestInlineScript) return leftOut(remark('MDT_STEP_TOO_LONG'))
  if (literal === '') return leftOut(remark('MDT_STEP_EMPTY'))
  const type = language === 'powershell' ? 'run-powershell' : 'run-command'
  const outcome = takenWith(type, [...reasons, remark('MDT_STEP_SCRIPT_INLINE', { path: oneLine(path) })])
  const input = { script: literal, ...(language === 'cmd' ? { shell: 'cmd' } : {}), ...expect }
  return { outcome, step: { type, input }, variables: [] }
}

/** Why a person should look at a command that runs as MDT's did. */
function reasonsOf({ variables, startIn }: MdtStep): Remark[] {
  const asUser = /^true$/i.test(variables.get('runasuser') ?? '')
  return [
    ...(asUser ? [remark('MDT_STEP_AS_USER')] : []),
    ...(startIn === '' ? [] : [remark('MDT_STEP_START_IN', { path: oneLine(startIn) })]),
  ]
}

/** Exit codes that mean success, where they are more than 0. */
export function expectOf({ successCodes }: Pick<MdtStep, 'successCodes'>): Record<string, unknown> {
  return successCodes.some((code) => code !== 0) ? { expect: [...successCodes] } : {}
}

/** Variables of Windows itself, which the command processor fills in. */
const windowsOwn = new Set(
  [
    'windir',
    'systemroot',
    'systemdrive',
    'programfiles',
    'programfiles(x86)',
    'programdata',
    'allusersprofile',
    'public',
  ]
    .concat(['temp', 'tmp', 'username', 'userprofile', 'appdata', 'localappdata', 'comspec', 'path', 'errorlevel'])
    .concat([
      'commonprogramfiles',
      'commonprogramfiles(x86)',
      'programw6432',
      'date',
      'time',
      'cd',
      'homedrive',
      'random',
    ]),
)

/**
 * A text with what MDT fills in before it runs it, `%OSDComputerName%`, as Établi's own `${…}`. Null when it cannot stand
 * in a sequence. `own` are variables that nothing fills in; they stay as they are written.
 */
export function fillVariables(text: string): { text: string; own: string[] } | null {
  const literal = literalText(text)
  if (literal === null) return null
  const own = new Set<string>()
  const filled = literal.replaceAll(/%([A-Za-z_][A-Za-z0-9_()]{0,63})%/g, (whole, name: string) => {
    if (windowsOwn.has(name.toLowerCase())) return whole
    const known = knownVariable(name)
    // The sequence's variable may hold `{serial}`; Windows knows the name that came of it.
    if (known.is === 'variable' && known.name === 'computerName') return '%COMPUTERNAME%'
    if (known.is === 'constant') return known.value
    if (known.is === 'variable') return `\${${known.name}}`
    own.add(whole)
    return whole
  })
  return { text: filled, own: [...own] }
}
