import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { noMaterials } from '../../../../agent/protocol/materials.ts'
import { ownShortcuts } from '../../../../agent/windows/shortcuts/own-shortcuts.ts'
import { addressFile, isAddress, isTwin, type FoundShortcut } from '../../../../agent/windows/shortcuts/shortcut.ts'
import { createShortcuts } from '../../../../agent/windows/steps/create-shortcuts.ts'
import { folderDependencies, windowsContext, windowsWork, withScripts } from './programs.ts'
import { recordedScript } from './recordings.ts'
import { pinned, teamViewer } from './software-machine.ts'

describe('which shortcut on the desktop is one too many', () => {
  const { result } = recordedScript('create-shortcuts', 'desktop')
  const { desktop } = result as { desktop: FoundShortcut[] }
  const ours = desktop[0] ?? { file: '', target: '', arguments: '' }

  test('the installer’s own, also where MSI hides what it leads to; never ours, never another program’s', () => {
    expect(desktop.filter((other) => isTwin(ours, other)).map(({ file }) => file.split('\\').at(-1))).toEqual([
      'TeamViewer Host.lnk',
      'TeamViewer 15.lnk',
    ])
  })

  test.each([
    ['another argument', { arguments: '--control' }, false],
    ['another case', { target: ours.target.toUpperCase() }, true],
  ])('%s', (_name, differs, twin) => {
    expect(isTwin(ours, { ...ours, file: 'C:\\Users\\Public\\Desktop\\Other.lnk', ...differs })).toBe(twin)
  })
})

test.each([
  ['https://example.com', true],
  ['HTTP://x', true],
  ['C:\\x.exe', false],
  ['\\\\server\\share', false],
])('%s is an address: %s', (target, address) => {
  expect(isAddress(target)).toBe(address)
})

test('an Internet shortcut is an INI file of plain characters', () => {
  const bytes = addressFile({ name: 'x', target: 'https://example.com/é?a=1\r\nURL=b', icon: 'C:\\x.ico' })
  expect(Buffer.from(bytes).toString('latin1')).toBe(
    '[InternetShortcut]\r\nURL=https://example.com/%C3%A9?a=1%0D%0AURL=b\r\nIconFile=C:\\x.ico\r\nIconIndex=0\r\n',
  )
})

describe('create-shortcuts', () => {
  const dependencies = folderDependencies()
  const desktop = join(dependencies.folder, 'Public', 'Desktop')
  const startMenu = join(dependencies.folder, 'ProgramData/Microsoft/Windows/Start Menu/Programs')
  const program = join(dependencies.folder, 'tool.exe')
  const step = createShortcuts(dependencies)
  const { exec, calls } = withScripts({ 'create-shortcuts': () => ({ result: { desktop: [] } }) })
  const contextOf = (input: Record<string, unknown>) => windowsContext(windowsWork('create-shortcuts', input), exec)

  beforeEach(() => {
    vi.stubEnv('PUBLIC', join(dependencies.folder, 'Public'))
    vi.stubEnv('ProgramData', join(dependencies.folder, 'ProgramData'))
    mkdirSync(desktop, { recursive: true })
    writeFileSync(program, '')
    return () => vi.unstubAllEnvs()
  })

  test('makes them for all users, where they are wanted, and remembers them', async () => {
    const shortcuts = [
      { name: 'Assistance', target: 'https://example.com/aide' },
      { name: 'Outil', target: program, arguments: '--x', icon: '%PUBLIC%\\a.ico', place: 'start-menu' },
    ]
    const files = [join(desktop, 'Assistance.url'), join(startMenu, 'Outil.lnk')]
    expect(await step(contextOf({ shortcuts }))).toEqual({ result: { shortcuts: files } })
    expect(readFileSync(files[0] ?? '', 'latin1')).toContain('URL=https://example.com/aide\r\n')
    const icon = `${join(dependencies.folder, 'Public')}\\a.ico`
    expect(calls.at(-1)?.input['shortcuts']).toEqual([{ file: files[1], target: program, arguments: '--x', icon }])
    expect(ownShortcuts(dependencies)).toEqual(files)
  })

  test('names the target that is not there, and makes none of them', async () => {
    const shortcuts = [
      { name: 'Web', target: 'https://example.com' },
      { name: 'Rien', target: '%PUBLIC%\\rien.exe' },
    ]
    const target = `${join(dependencies.folder, 'Public')}\\rien.exe`
    await expect(step(contextOf({ shortcuts }))).rejects.toMatchObject({
      failure: { code: 'SHORTCUT_TARGET_MISSING', params: { shortcut: 'Rien', target } },
    })
    expect(existsSync(join(desktop, 'Web.url'))).toBe(false)
  })

  test.each([
    ['is made as its manifest says', { ...teamViewer, shortcut: { name: 'TeamViewer', target: program } }, null],
    ['has to be said there', teamViewer, 'SHORTCUT_NOT_SAID'],
  ])('a package’s shortcut %s', async (_name, manifest, code) => {
    const context = contextOf({ packages: ['teamviewer-host'] })
    const materials = { ...noMaterials, software: [pinned('teamviewer-host', manifest)] }
    const attempt = step({ ...context, work: { ...context.work, materials } })
    if (code !== null) return expect(attempt).rejects.toMatchObject({ failure: { code } })
    return expect(attempt).resolves.toEqual({ result: { shortcuts: [join(desktop, 'TeamViewer.lnk')] } })
  })
})
