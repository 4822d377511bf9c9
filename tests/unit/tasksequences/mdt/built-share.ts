import { expect } from 'vitest'
import { importShare, type MdtImport } from '../../../../tasksequences/mdt/import-share.ts'
import type { ShareSource } from '../../../../tasksequences/mdt/share.ts'
import { parseSequence } from '../../../../tasksequences/parse/parse-sequence.ts'

/** A share made of texts, as `Control` and what lies beside it; a value may be bytes too. */
export function shareOf(files: Readonly<Record<string, string | Uint8Array>>): ShareSource {
  const bytes = new Map(
    Object.entries(files).map(([path, content]) => [
      path,
      typeof content === 'string' ? Buffer.from(content) : content,
    ]),
  )
  return {
    files: [...bytes].map(([path, content]) => ({ path, sizeBytes: content.length })),
    read: async (path) => bytes.get(path) ?? Promise.reject(new Error(path)),
  }
}

/** `<step>` with its settings. */
export function step(
  name: string,
  action: string,
  {
    type = '',
    attributes = '',
    variables = {},
    condition = '',
  }: Partial<Record<'type' | 'attributes' | 'condition', string>> & {
    variables?: Record<string, string>
  } = {},
): string {
  const list = Object.entries(variables).map(
    ([key, value]) => `<variable name="${key}" property="${key}">${escaped(value)}</variable>`,
  )
  const kind = type === '' ? '' : `type="${type}" `
  return `<step ${kind}name="${escaped(name)}" successCodeList="0 3010" ${attributes}>${condition}<defaultVarList>${list.join('')}</defaultVarList><action>${escaped(action)}</action></step>`
}

export function group(name: string, children: string, { attributes = '', condition = '' } = {}): string {
  return `<group name="${escaped(name)}" ${attributes}>${condition}${children}</group>`
}

/** A condition on a variable. */
export function variable(name: string, operator: string, value: string): string {
  return `<expression type="SMS_TaskSequence_VariableConditionExpression"><variable name="Variable">${name}</variable><variable name="Operator">${operator}</variable><variable name="Value">${escaped(value)}</variable></expression>`
}

export function wmi(query: string): string {
  return `<expression type="SMS_TaskSequence_WMIConditionExpression"><variable name="Namespace">root\\cimv2</variable><variable name="Query">${escaped(query)}</variable></expression>`
}

export function sequence(children: string, variables = ''): string {
  return `<?xml version="1.0"?><sequence version="3.00" name="Standard Client Task Sequence"><globalVarList>${variables}</globalVarList>${children}</sequence>`
}

export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}

/** The steps every installing sequence has, with more at the end of each half. */
export function installing(inEnvironment = '', inWindows = ''): string {
  const script = (name: string): string => `cscript.exe "%SCRIPTROOT%\\${name}.wsf"`
  const phase = (name: string): string => `<condition>${variable('PHASE', 'equals', name)}</condition>`
  return [
    group('Initialization', step('Gather local only', script('ZTIGather'), { type: 'BDD_Gather' })),
    group(
      'Preinstall',
      [
        step('Format and Partition Disk', script('ZTIDiskpart'), {
          type: 'SMS_TaskSequence_PartitionDiskAction',
          variables: {
            OSDDiskIndex: '0',
            OSDPartitions: '1',
            OSDPartitions0Type: 'Primary',
            OSDPartitions0VolumeName: 'Windows',
            OSDPartitionStyle: 'GPT',
          },
        }),
        step('Configure', script('ZTIConfigure')),
        step('Inject Drivers', script('ZTIDrivers'), {
          type: 'BDD_InjectDrivers',
          variables: { DriverSelectionProfile: 'All Drivers' },
        }),
        inEnvironment,
      ].join(''),
      { condition: phase('PREINSTALL') },
    ),
    group(
      'Install',
      step('Install Operating System', script('LTIApply'), { type: 'BDD_InstallOS', variables: { OSGUID: '{os}' } }),
      {
        condition: phase('INSTALL'),
      },
    ),
    group(
      'Postinstall',
      step('Restart computer', 'smsboot.exe /target:WinPE', { type: 'SMS_TaskSequence_RebootAction' }),
      {
        condition: phase('POSTINSTALL'),
      },
    ),
    group('State Restore', `${step('Tattoo', script('ZTITatoo'))}${inWindows}`, { condition: phase('STATERESTORE') }),
  ].join('')
}

export const windows11 =
  '<oss><os guid="{OS}" enable="True"><Name>Windows 11 Pro</Name><Platform>x64</Platform><Build>10.0.22621.525</Build><ImageFile>.\\Operating Systems\\W11\\Sources\\install.wim</ImageFile><ImageIndex>6</ImageIndex><Flags>Professional</Flags><Language>fr-FR</Language></os></oss>'

export function listed(...ids: string[]): string {
  return `<tss>${ids.map((id) => `<ts guid="{${id}}" enable="True"><Name>Sequence ${id}</Name><ID>${id}</ID></ts>`).join('')}</tss>`
}

export type Files = Parameters<typeof shareOf>[0]

/** The import of a share, which has to be one. */
export async function imported(files: Files): Promise<MdtImport> {
  const made = await importShare(shareOf(files), 'en')
  if (made === null) throw new Error('nothing of MDT’s')
  return made
}

/** The outcome of the only item of this name or key. */
export function lineOf({ report }: MdtImport, name: string) {
  const found = report.filter(({ item }) => item.name === name || item.key === name)
  expect(found).toHaveLength(1)
  return found[0]?.outcome
}

/** The steps of a sequence of the import, which has to be right. */
export function stepsOf(made: MdtImport, id = 'ts1') {
  const yaml = made.sequences.find((one) => one.id === id)?.yaml ?? ''
  const parsed = parseSequence(yaml)
  expect(parsed).toMatchObject({ ok: true })
  return parsed.ok ? parsed.sequence.steps : []
}

/** A share with one sequence of these steps in Windows. */
export function share(inWindows: string, more: Files = {}): Files {
  return {
    'Control/TaskSequences.xml': listed('TS1'),
    'Control/OperatingSystems.xml': windows11,
    'Control/TS1/ts.xml': sequence(installing('', inWindows)),
    ...more,
  }
}
