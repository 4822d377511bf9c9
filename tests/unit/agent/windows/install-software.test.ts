import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { describeFailure } from '../../../../agent/protocol/failures/failures.ts'
import type { SoftwareManifest } from '../../../../images/software/manifest.ts'
import type { Exec } from '../../../../agent/runtime/exec.ts'
import { StepError } from '../../../../agent/runtime/step.ts'
import { installSoftware } from '../../../../agent/windows/steps/install-software.ts'
import { openMaterials } from './materials.ts'
import { exited, folderDependencies, windowsContext, withScripts } from './programs.ts'
import { recordedScript } from './recordings.ts'
import {
  installerText,
  pinned,
  softwareMachine,
  softwareWork,
  teamViewer,
  writeLog,
  type SoftwareMachine,
} from './software-machine.ts'

const dependencies = folderDependencies()
const step = installSoftware(dependencies)
const host = pinned('teamviewer-host', teamViewer)
const versionKey = 'HKLM\\SOFTWARE\\TeamViewer\\Version'
const idKey = 'HKLM\\SOFTWARE\\TeamViewer\\ClientID'

afterEach(() => void vi.unstubAllEnvs())

const installs = (machine: SoftwareMachine) => {
  machine.registry.set(versionKey, '15.58.4').set(idKey, 1234567890)
  return exited(0)
}

function contextOf(work: ReturnType<typeof softwareWork>, exec: Exec) {
  const materials = openMaterials([installerText])
  return { ...windowsContext(work, exec), open: materials.open, materials }
}

async function failureOf(attempt: Promise<unknown>) {
  const error = await attempt.then(
    () => null,
    (reason: unknown) => reason,
  )
  if (!(error instanceof StepError)) throw new Error('no StepError')
  return error.failure
}

describe('a package that is not there', () => {
  test('is fetched, installed and found; its ID goes to the record, its installer goes', async () => {
    const machine = softwareMachine({ 'msiexec.exe': installs })
    const context = contextOf(softwareWork([host], { package: 'teamviewer-host' }), machine.exec)
    expect(await step(context)).toEqual({
      result: {
        installed: [
          { id: host.id, name: 'TeamViewer Host', version: '15.58.4', action: 'installed', restarted: false },
        ],
        reported: { teamViewerId: '1 234 567 890' },
        facts: { teamViewerId: '1 234 567 890' },
      },
    })
    const file = join(dependencies.folder, 'software', 'teamviewer-host', 'Host', 'TeamViewer_Host.msi')
    const log = join(dependencies.folder, 'software', 'teamviewer-host.log')
    expect(machine.asked).toEqual([['msiexec.exe', '/i', file, '/qn', '/norestart', '/l*v', log, 'DESKTOPSHORTCUTS=0']])
    expect(existsSync(file)).toBe(false)
  })

  test('by a set-up program, with its own codes, and variables in its arguments', async () => {
    const manifest: SoftwareManifest = {
      ...teamViewer,
      installer: { kind: 'exe', file: 'setup.exe', arguments: ['/S', '/name=${serial}', '/dir="${packageFolder}"'] },
      success: [5],
      reports: [],
    }
    const file = join(dependencies.folder, 'software', 'x', 'setup.exe')
    const machine = softwareMachine({ [file]: (one) => ({ ...installs(one), code: 5 }) })
    const work = { ...softwareWork([pinned('x', manifest, 'setup.exe')], { package: 'x' }) }
    await step(contextOf({ ...work, variables: { serial: 'ABC' } }, machine.exec))
    expect(machine.asked).toEqual([[file, '/S', '/name=ABC', `/dir="${join(dependencies.folder, 'software', 'x')}"`]])
  })

  test('as MSIX is provisioned for every user, with the packages beside it', async () => {
    const manifest: SoftwareManifest = {
      ...teamViewer,
      installer: { kind: 'msix', file: 'App.msixbundle' },
      detect: { appx: 'Microsoft.WindowsTerminal' },
      reports: [],
    }
    const scripts = withScripts({
      'find-appx': (_input, call) => recordedScript('find-appx', call === 1 ? 'absent' : 'there'),
      'provision-msix': () => recordedScript('provision-msix', 'done'),
    })
    const app = pinned('app', manifest, 'App.msixbundle')
    const both = { ...app, files: [...app.files, ...app.files.map((one) => ({ ...one, path: 'deps/Xaml.appx' }))] }
    const outcome = await step(contextOf(softwareWork([both], { package: 'app' }), scripts.exec))
    expect(outcome).toMatchObject({ result: { installed: [{ version: '1.21.3231.0', action: 'installed' }] } })
    expect(scripts.calls[1]?.input).toEqual({
      file: join(dependencies.folder, 'software', 'app', 'App.msixbundle'),
      dependencies: [join(dependencies.folder, 'software', 'app', 'deps', 'Xaml.appx')],
    })
  })
})

test('a package that is there is left as it is, and nothing is fetched', async () => {
  const machine = softwareMachine({})
  installs(machine)
  const context = contextOf(softwareWork([host], { package: 'teamviewer-host' }), machine.exec)
  expect(await step(context)).toMatchObject({ result: { installed: [{ action: 'present', version: '15.58.4' }] } })
  expect(machine.asked).toEqual([])
  expect(context.materials.asked).toEqual([])
  expect(context.lines.join()).toContain('already there')
})

test('what a package needs comes before it, and each is installed once over a restart', async () => {
  const runtime = {
    ...teamViewer,
    name: 'Runtime',
    detect: { registry: { keys: ['HKLM\\R'], value: 'V' } },
    reports: [],
  }
  const machine = softwareMachine({
    'msiexec.exe': (one, args) => {
      if (args[1]?.includes('runtime') !== true) return installs(one)
      one.registry.set('HKLM\\R\\V', '2.0')
      return exited(3010)
    },
  })
  const software = [pinned('runtime', runtime), host]
  const input = { packages: ['teamviewer-host'] }
  const first = await step(contextOf(softwareWork(software, input), machine.exec))
  expect(first).toEqual({ continueWith: { done: [], reported: {}, restartedFor: 'runtime' } })
  expect(machine.asked.length).toBe(1)
  const memory = 'continueWith' in first ? first.continueWith : {}
  expect(await step(contextOf(softwareWork(software, input, memory), machine.exec))).toMatchObject({
    result: {
      installed: [
        { id: 'runtime', version: '2.0', action: 'installed', restarted: true },
        { id: 'teamviewer-host', action: 'installed', restarted: false },
      ],
      facts: { teamViewerId: '1 234 567 890' },
    },
  })
  expect(machine.asked.length).toBe(2)
})

test('another installation is waited for as long as it goes on', async () => {
  let calls = 0
  const machine = softwareMachine({ 'msiexec.exe': (one) => ((calls += 1) < 4 ? exited(1618) : installs(one)) })
  const { exec } = withScripts({ 'installer-effort': () => recordedScript('installer-effort', 'works') }, machine.exec)
  await step(contextOf(softwareWork([host], { package: 'teamviewer-host' }), exec))
  expect(calls).toBe(4)
})

describe('a failure says in words', () => {
  test('what Windows Installer’s code means, with the end of the log', async () => {
    const machine = softwareMachine({
      'msiexec.exe': (_one, args) => {
        writeLog(args, 'Erreur 1920.\r\nValeur renvoyée : 3.\r\nfin s3cret\r\n')
        return exited(1603)
      },
    })
    const work = { ...softwareWork([host], { package: 'teamviewer-host' }), secrets: { token: 's3cret' } }
    const failure = await failureOf(step(contextOf(work, machine.exec)))
    expect(failure.detail).toContain('Erreur 1920')
    expect(failure.detail).not.toContain('s3cret')
    expect(describeFailure(failure).message.fr).toMatch(/TeamViewer Host a échoué \(code 1603.*erreur fatale/)
    const log = readFileSync(join(dependencies.folder, 'software', 'teamviewer-host.log')).toString('utf16le')
    expect(log).toContain('fin ***')
  })

  test.each([
    [
      'an installer that hangs',
      { kind: 'killed', signal: 'stalled', stdout: '', stderr: '' } as const,
      'SOFTWARE_STALLED',
    ],
    [
      'one that was killed',
      { kind: 'killed', signal: 'SIGKILL', stdout: '', stderr: '' } as const,
      'SOFTWARE_INSTALL_FAILED',
    ],
    ['another installation that hangs', exited(1618), 'SOFTWARE_INSTALLER_BUSY'],
    ['a package that cannot be found afterwards', exited(0), 'SOFTWARE_NOT_DETECTED'],
    ['a Windows without Windows Installer', { kind: 'missing' } as const, 'WINDOWS_PROGRAM_MISSING'],
  ])('%s', async (_name, end, code) => {
    const machine = softwareMachine({ 'msiexec.exe': () => end, 'taskkill.exe': () => exited(0) })
    const effort = () => recordedScript('installer-effort', 'waits')
    const { exec } = withScripts({ 'installer-effort': effort }, machine.exec)
    const work = softwareWork([host], { package: 'teamviewer-host', stalledAfterMinutes: 1.5 })
    const failure = await failureOf(step(contextOf(work, exec)))
    expect(failure.code).toBe(code)
    if (code === 'SOFTWARE_STALLED') {
      expect(failure.params['minutes']).toBe(1.5)
      expect(machine.asked.at(-1)).toEqual(['taskkill.exe', '/f', '/t', '/im', 'msiexec.exe'])
    }
    expect(existsSync(join(dependencies.folder, 'software', 'teamviewer-host'))).toBe(false)
  })

  test('a package that is still not there after its restart is not installed again', async () => {
    const machine = softwareMachine({})
    const memory = { done: [], reported: {}, restartedFor: host.id }
    const failure = await failureOf(
      step(contextOf(softwareWork([host], { package: 'teamviewer-host' }, memory), machine.exec)),
    )
    expect(failure).toMatchObject({ code: 'SOFTWARE_NOT_DETECTED', params: { missing: versionKey } })
    expect(machine.asked).toEqual([])
  })

  test('a package the run was not given', async () => {
    const failure = await failureOf(step(contextOf(softwareWork([], { package: 'x' }), softwareMachine({}).exec)))
    expect(failure.code).toBe('SOFTWARE_UNKNOWN')
  })

  test.each(['dependency-missing.fr', 'dependency-missing.en'])(
    'an MSIX that cannot be provisioned: %s',
    async (which) => {
      const manifest: SoftwareManifest = {
        ...teamViewer,
        installer: { kind: 'msix', file: 'A.msix' },
        detect: { appx: 'A' },
        reports: [],
      }
      const { exec } = withScripts({
        'find-appx': () => recordedScript('find-appx', 'absent'),
        'provision-msix': () => recordedScript('provision-msix', which),
      })
      const failure = await failureOf(
        step(contextOf(softwareWork([pinned('a', manifest, 'A.msix')], { package: 'a' }), exec)),
      )
      expect(failure).toMatchObject({ code: 'SOFTWARE_INSTALL_FAILED', params: { code: '0x80073CF3' } })
    },
  )
})

test('an ID that does not come is a warning, and the result says so', async () => {
  const machine = softwareMachine({
    'msiexec.exe': (one) => (installs(one), one.registry.set(idKey, 0), exited(0)),
  })
  const told: string[] = []
  const context = contextOf(softwareWork([host], { package: 'teamviewer-host' }), machine.exec)
  const outcome = await step({ ...context, progress: ({ doing }) => void told.push(doing?.fr ?? '') })
  expect(outcome).toMatchObject({ result: { reported: { teamViewerId: null }, facts: {} } })
  expect(context.lines.join()).toContain('no "TeamViewer ID" after 30 s')
  expect(told.filter((words) => words.includes('attente de')).length).toBe(6)
})

describe('afterwards', () => {
  const assign = {
    ...teamViewer,
    reports: [],
    afterwards: [
      {
        title: { fr: 'Rattacher', en: 'Assign' },
        program: '%ToolFolder%\\TeamViewer.exe',
        arguments: ['assignment', '--id', '${secret.assignment}'],
      },
    ],
  }
  const work = softwareWork([pinned('teamviewer-host', assign)], { package: 'teamviewer-host' })

  test('runs with its secret, which stays out of the log', async () => {
    vi.stubEnv('ToolFolder', '/tools')
    const machine = softwareMachine({ 'msiexec.exe': installs, '/tools/TeamViewer.exe': () => exited(0) })
    await step(contextOf({ ...work, secrets: { assignment: 's3cret' } }, machine.exec))
    expect(machine.asked.at(-1)).toEqual(['/tools/TeamViewer.exe', 'assignment', '--id', 's3cret'])
    expect(machine.options.at(-1)?.secrets).toEqual(['s3cret'])
  })

  test('leaves out what has no secret, and says so', async () => {
    const machine = softwareMachine({ 'msiexec.exe': installs })
    const context = contextOf(work, machine.exec)
    await step(context)
    expect(machine.asked.length).toBe(1)
    expect(context.lines.join()).toContain('left out "Assign", the secret assignment is not set')
  })

  test('fails with its own title', async () => {
    vi.stubEnv('ToolFolder', '/tools')
    const machine = softwareMachine({ 'msiexec.exe': installs, '/tools/TeamViewer.exe': () => exited(402, 's3cret?') })
    const failure = await failureOf(step(contextOf({ ...work, secrets: { assignment: 's3cret' } }, machine.exec)))
    expect(failure).toMatchObject({
      code: 'SOFTWARE_AFTERWARDS_FAILED',
      params: { title: { fr: 'Rattacher' }, code: 402 },
    })
    expect(failure.detail).not.toContain('s3cret')
  })
})

test('the package’s shortcut goes on the desktop, and the installer’s own does not stay beside it', async () => {
  const desktop = join(dependencies.folder, 'Public', 'Desktop')
  vi.stubEnv('PUBLIC', join(dependencies.folder, 'Public'))
  vi.stubEnv('ToolFolder', dependencies.folder)
  mkdirSync(desktop, { recursive: true })
  writeFileSync(join(dependencies.folder, 'TeamViewer.exe'), '')
  const twin = join(desktop, 'TeamViewer Host.lnk')
  writeFileSync(twin, '')
  const target = '%ToolFolder%\\TeamViewer.exe'
  const expanded = `${dependencies.folder}\\TeamViewer.exe`
  const manifest = { ...teamViewer, reports: [], shortcut: { name: 'TeamViewer', target } }
  const machine = softwareMachine({ 'msiexec.exe': installs })
  const scripts = withScripts(
    { 'create-shortcuts': () => ({ result: { desktop: [{ file: twin, target: expanded, arguments: '' }] } }) },
    machine.exec,
  )
  const input = { package: 'teamviewer-host', shortcut: 'desktop' }
  await step(contextOf(softwareWork([pinned('teamviewer-host', manifest)], input), scripts.exec))
  expect(scripts.calls[0]?.input).toEqual({
    desktop,
    shortcuts: [{ file: join(desktop, 'TeamViewer.lnk'), target: expanded, arguments: '', icon: null }],
  })
  expect(existsSync(twin)).toBe(false)
})
