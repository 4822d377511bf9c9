import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Value } from 'typebox/value'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { Evidence } from '../../../../agent/protocol/evidence.ts'
import { noMaterials, type PinnedSoftware } from '../../../../agent/protocol/materials.ts'
import type { StepWork } from '../../../../agent/protocol/messages.ts'
import { verify } from '../../../../agent/windows/steps/verify.ts'
import { folderDependencies, windowsContext, windowsWork, withScripts, type ScriptAnswer } from './programs.ts'
import { recordedScript } from './recordings.ts'
import { registryAnswer } from './registry-answer.ts'

const scripts = {
  'activate-windows': (): ScriptAnswer => ({ result: { outcome: 'no-key', code: 0 } }),
  'measure-windows': () => recordedScript('measure-windows', '11-pro-activated'),
  'measure-hardware': () => recordedScript('measure-hardware', 'nuc13'),
  'problem-devices': (): ScriptAnswer => ({ result: { devices: [] } }),
  'pending-restart': () => recordedScript('pending-restart', 'renames-only'),
  'update-search': () => recordedScript('update-search', 'nothing'),
  'measure-apps': () => recordedScript('measure-apps', 'two-left'),
  'read-registry': (input: Record<string, unknown>) =>
    registryAnswer(new Map([['HKLM\\SOFTWARE\\TeamViewer\\ClientID', 1234567890]]), input),
}

const teamViewer: PinnedSoftware = {
  id: 'teamviewer-host',
  files: [],
  manifest: {
    name: 'TeamViewer Host',
    source: { where: { fr: 'x', en: 'x' } },
    installer: { kind: 'msi', file: 'x.msi' },
    detect: { registry: { keys: ['HKLM\\SOFTWARE\\TeamViewer'] } },
    shortcut: { name: 'TeamViewer', target: '%ProgramFiles%\\TeamViewer\\TeamViewer.exe' },
    reports: [
      {
        name: 'teamViewerId',
        title: { fr: 'Identifiant TeamViewer', en: 'TeamViewer ID' },
        keys: ['HKLM\\SOFTWARE\\WOW6432Node\\TeamViewer', 'HKLM\\SOFTWARE\\TeamViewer'],
        value: 'ClientID',
        waitSeconds: 0,
      },
    ],
  },
}
const why = { fr: 'x', en: 'x' }
const profile = {
  id: 'office-center',
  version: 'x',
  profile: { name: 'x', items: [{ kind: 'appx' as const, name: 'Microsoft.ZuneMusic', why }] },
}

let dependencies: ReturnType<typeof folderDependencies>
const publicFolder = process.env['PUBLIC']
beforeEach(() => {
  dependencies = folderDependencies()
  process.env['PUBLIC'] = dependencies.folder
})
afterEach(() => {
  dependencies.remove()
  if (publicFolder === undefined) delete process.env['PUBLIC']
  else process.env['PUBLIC'] = publicFolder
})

async function check(
  input: Record<string, unknown>,
  answers: Partial<Record<keyof typeof scripts, (input: Record<string, unknown>) => ScriptAnswer>> = {},
  work: Partial<StepWork> = {},
) {
  const { exec, calls } = withScripts({ ...scripts, ...answers })
  const context = windowsContext({ ...windowsWork('verify', input), ...work }, exec)
  const outcome = await verify(dependencies)(context)
  if (!('result' in outcome)) throw new Error('the step goes on')
  if (!Value.Check(Evidence, outcome.result)) throw new Error('no evidence')
  const evidence = outcome.result
  const verdict = (id: string): string => evidence.items.find((one) => one.id === id)?.verdict ?? 'absent'
  const inputs = Object.fromEntries(calls.map((one) => [one.name, one.input]))
  return {
    inputs,
    evidence,
    verdict,
    facts: outcome.result,
    scripts: calls.map(({ name }) => name),
    lines: context.lines,
  }
}

describe('a machine that is ready for sale', () => {
  test('has all the evidence, and its TeamViewer ID for the record', async () => {
    mkdirSync(join(dependencies.folder, 'Desktop'))
    writeFileSync(join(dependencies.folder, 'Desktop', 'TeamViewer.lnk'), '')
    const materials = { ...noMaterials, software: [teamViewer], profiles: [profile] }
    const { evidence, facts, scripts: asked } = await check({ profile: 'ready-for-sale' }, {}, { materials })
    expect(evidence.items.filter(({ verdict }) => verdict === 'failed')).toEqual([])
    expect(evidence.passed).toBe(true)
    expect(facts).toMatchObject({ facts: { teamViewerId: '1234567890' } })
    // One PowerShell reads what all rules want of the registry.
    expect(asked.filter((name) => name === 'read-registry')).toHaveLength(1)
    expect(evidence.items.map(({ id }) => id)).toEqual([
      ...['edition', 'update-level', 'activation', 'device-problems', 'disk-health', 'restart-pending'],
      ...['driver-display', 'driver-network', 'driver-storage', 'driver-audio', 'processor', 'memory'],
      ...['wifi', 'bluetooth', 'firmware', 'secure-boot', 'tpm', 'boot-manager', 'smart-app-control', 'recovery'],
      ...['device-encryption', 'free-space', 'shop'],
      ...['updates', 'app:Microsoft.ZuneMusic'],
      ...['software:teamviewer-host', 'shortcut:teamviewer-host', 'report:teamViewerId'],
    ])
  })

  test('a shortcut that is missing fails, unless the sequence allows it', async () => {
    const materials = { ...noMaterials, software: [teamViewer] }
    expect((await check({}, {}, { materials })).evidence.passed).toBe(false)
    const allowed = await check({ allow: ['shortcut'] }, {}, { materials })
    expect(allowed.verdict('shortcut:teamviewer-host')).toBe('allowed')
    expect(allowed.evidence.passed).toBe(true)
  })

  test('below the level that the shop’s update packages know, the package to add is named; a sequence may allow it', async () => {
    const levels = [{ build: 26_100, revision: 6584, id: 'KB5065426', title: 'KB5065426 26100.6584' }]
    const materials = { ...noMaterials, levels }
    const { evidence, verdict } = await check({}, {}, { materials })
    expect(evidence.passed).toBe(false)
    const item = evidence.items.find(({ id }) => id === 'update-level')
    expect(item?.measured.fr).toContain('ajoutez à la séquence la mise à jour «\u202fKB5065426 26100.6584\u202f»')
    expect(verdict('edition')).toBe('noted')
    expect((await check({ profile: 'delivery' }, {}, { materials })).verdict('update-level')).toBe('failed')
    expect((await check({ allow: ['update-level'] }, {}, { materials })).verdict('update-level')).toBe('allowed')
  })

  test('a device without driver is named with its code', async () => {
    const { evidence } = await check({}, { 'problem-devices': () => recordedScript('problem-devices', 'fresh.fr') })
    const item = evidence.items.find(({ id }) => id === 'device-problems')
    expect(item?.verdict).toBe('failed')
    expect(item?.measured.fr).toContain('Contrôleur Ethernet\u202f: pas de pilote (code 28)')
  })
})

describe('a Windows that is not activated', () => {
  const recorded = (statuses: number[]): ScriptAnswer => {
    const { result } = recordedScript('measure-windows', '11-pro-activated')
    const licence: unknown = Reflect.get(Object(result), 'licence')
    return { result: { ...Object(result), licence: { ...Object(licence), statuses } } }
  }
  const measured = (...each: number[][]) => {
    let asked = 0
    return () => recorded(each[Math.min(asked++, each.length - 1)] ?? [])
  }
  const activating = (outcome: string, code = 0) => ({
    'activate-windows': (): ScriptAnswer => ({ result: { outcome, code } }),
  })

  test('is activated with the firmware’s key, and judged after that', async () => {
    const answers = { ...activating('asked'), 'measure-windows': measured([5], [1]) }
    const { verdict, scripts: asked, inputs } = await check({}, answers)
    expect(verdict('activation')).toBe('passed')
    expect(asked.slice(0, 3)).toEqual(['measure-windows', 'activate-windows', 'measure-windows'])
    expect(inputs['activate-windows']).toEqual({ firmwareKey: true })
  })

  test('fails with the reason when it is refused, whatever key there is', async () => {
    const answers = { ...activating('refused', 0xc004c008), 'measure-windows': measured([5]) }
    const { evidence, verdict } = await check({}, answers)
    expect(verdict('activation')).toBe('failed')
    expect(evidence.items.find(({ id }) => id === 'activation')?.measured.en).toContain('key used too often')
  })
})

describe('what cannot be measured is no evidence', () => {
  test('a script that PowerShell breaks off fails its items, not the step, and the log says why', async () => {
    const { verdict, lines } = await check({}, { 'measure-windows': () => ({ code: 1, stderr: 'Accès refusé.' }) })
    expect(verdict('activation')).toBe('failed')
    expect(verdict('device-encryption')).toBe('failed')
    expect(verdict('update-level')).toBe('noted')
    expect(verdict('disk-health')).toBe('passed')
    expect(lines.join('\n')).toContain('Accès refusé.')
  })

  test('a registry that cannot be read says nothing against the software, and nothing for it', async () => {
    const materials = { ...noMaterials, software: [teamViewer] }
    const broken = { 'read-registry': (): ScriptAnswer => ({ code: 1, stderr: 'Accès refusé.' }) }
    const { evidence, facts, lines } = await check({}, broken, { materials })
    const measured = evidence.items
      .filter(({ id }) => /^(software|report):/.test(id))
      .map(({ measured: said }) => said.fr)
    expect(measured).toEqual(['non mesuré', 'non mesuré'])
    expect(facts).not.toHaveProperty('facts')
    expect(lines.join('\n')).toContain('Accès refusé.')
  })

  test('without a network the item says so', async () => {
    const { evidence } = await check({}, { 'update-search': () => recordedScript('update-search', 'no-network.fr') })
    const item = evidence.items.find(({ id }) => id === 'updates')
    expect(item?.verdict).toBe('failed')
    expect(item?.measured.fr).toContain('nom du serveur introuvable (DNS) (0x8024402C)')
  })
})

describe('before delivery', () => {
  test('only what can have changed on the shelf is measured, and TeamViewer is noted', async () => {
    const { evidence, scripts: asked } = await check({ profile: 'delivery' })
    expect(evidence.passed).toBe(true)
    expect(evidence.items.map(({ id, verdict }) => `${id} ${verdict}`)).toEqual([
      'update-level noted',
      'activation passed',
      'device-problems passed',
      'disk-health passed',
      'restart-pending passed',
      'smart-app-control noted',
      'updates passed',
      'report:teamViewerId noted',
    ])
    expect(asked).not.toContain('measure-apps')
  })

  test('apps that updates have brought back, or Windows is about to fetch, fail it by name', async () => {
    const materials = { ...noMaterials, profiles: [profile] }
    const back = (...states: string[]) => ({
      'measure-apps': (): ScriptAnswer => ({
        result: { appx: { items: [{ name: 'Microsoft.ZuneMusic', states }], unmeasured: [] } },
      }),
    })
    const delivery = { profile: 'delivery' }
    expect((await check(delivery, back(), { materials })).verdict('app:Microsoft.ZuneMusic')).toBe('passed')
    expect((await check(delivery, back('provisioned'), { materials })).verdict('app:Microsoft.ZuneMusic')).toBe(
      'failed',
    )
    const { evidence } = await check(delivery, back('scheduled'), { materials })
    const item = evidence.items.find(({ id }) => id === 'app:Microsoft.ZuneMusic')
    expect(item).toMatchObject({ verdict: 'failed', measured: { fr: expect.stringContaining('revient au premier') } })
  })
})

test('settings of another version are refused with words', async () => {
  await expect(check({ profile: 'x' })).rejects.toMatchObject({ failure: { code: 'INPUT_INVALID' } })
})
