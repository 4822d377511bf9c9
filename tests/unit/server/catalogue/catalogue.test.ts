import { msi } from '../../../installer-files.ts'
import { existsSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { ethernetInf } from '../../images/inf/infs.ts'
import { manifest, profile, testCatalogue } from './test-catalogue.ts'

describe('the folders', () => {
  test('are made at start with a note in both languages, which a person may change', async () => {
    await using made = await testCatalogue()
    for (const kind of ['software', 'drivers', 'updates', 'debloat']) {
      const note = join(made.dataDir, kind, 'LISEZMOI-README.txt')
      expect(readFileSync(note, 'utf8')).toMatch(/\n\n(Software|Drivers|Updates|Debloat)/)
    }
    expect(await made.catalogue.updates()).toEqual({ updates: [], strays: [], unread: null })
    expect(await made.catalogue.driverPacks()).toEqual({ packs: [], strays: [] })
    expect(await made.catalogue.software()).toEqual([])
  })
})

describe('software', () => {
  test('of ours waits for its installer, and is ready when it is there, whatever its case', async () => {
    await using made = await testCatalogue({ 'shipped/software/tool.yaml': manifest('Outil') })
    expect(await made.catalogue.software()).toMatchObject([
      {
        id: 'tool',
        origin: 'shipped',
        state: { kind: 'installer-missing' },
        folder: join(made.dataDir, 'software/tool'),
      },
    ])
    made.put('software/tool/unpacked/SETUP.MSI', msi('x'))
    expect(await made.catalogue.software()).toMatchObject([
      { state: { kind: 'ready', installer: 'unpacked/SETUP.MSI' } },
    ])
    made.put('software/tool/setup.msi', msi('x'))
    made.put('software/tool/Setup.msi', msi('x'))
    expect(await made.catalogue.software()).toMatchObject([
      { state: { kind: 'installer-ambiguous', paths: ['Setup.msi', 'setup.msi'] } },
    ])
  })

  test('of the workshop wins over ours of the same name', async () => {
    await using made = await testCatalogue({ 'shipped/software/tool.yaml': manifest('Outil') })
    made.put('software/tool/manifest.yaml', manifest('Le nôtre', { file: 'a.msi' }))
    made.put('software/tool/a.msi', msi('x'))
    expect(await made.catalogue.software()).toMatchObject([
      { origin: 'own', manifest: { name: 'Le nôtre' }, state: { kind: 'ready' }, files: [{ path: 'a.msi' }] },
    ])
  })

  test('that is not what its manifest says is not ready, and the reason names what it is', async () => {
    await using made = await testCatalogue()
    made.put('software/tool/manifest.yaml', manifest('Outil'))
    made.put('software/tool/setup.msi', 'page introuvable (404)')
    const [entry] = await made.catalogue.software()
    expect(entry).toMatchObject({ state: { kind: 'invalid' }, problems: [{ code: 'FILE_ANOTHER_KIND' }] })
    expect(entry?.problems[0]?.message.fr).toContain(
      '«\u202fsetup.msi\u202f» (22\u202fo) n’est pas un paquet Windows Installer',
    )
    made.put('software/tool/setup.msi', msi('installer'))
    expect(await made.catalogue.software()).toMatchObject([{ state: { kind: 'ready' }, problems: [] }])
  })

  test('that cannot be used says why: mistakes, a name, a missing manifest, needs', async () => {
    await using made = await testCatalogue()
    made.put('software/Mon Outil/manifest.yaml', manifest('a'))
    made.put('software/empty/setup.msi', msi('x'))
    made.put('software/mistake/manifest.yaml', 'name: a\n')
    made.put('software/needy/manifest.yaml', manifest('b', { needs: 'gone' }))
    made.put('software/one/manifest.yaml', manifest('c', { needs: 'two' }))
    made.put('software/two/manifest.yaml', manifest('d', { needs: 'one' }))
    made.put('software/two/a:b.dll', 'x')
    const entries = await made.catalogue.software()
    expect(
      entries.map(({ id, state, problems }) => [id, state.kind, ...problems.map(({ code }) => code)].join(' ')),
    ).toEqual([
      'Mon Outil invalid FILE_FOLDER_NAME',
      'empty invalid FILE_MISSING',
      'mistake invalid FILE_KEY_MISSING FILE_KEY_MISSING FILE_KEY_MISSING',
      'needy invalid FILE_NEEDS_UNKNOWN',
      'one invalid FILE_NEEDS_CIRCLE',
      'two invalid FILE_NAME_UNSAFE FILE_NEEDS_CIRCLE',
    ])
  })
})

describe('driver packs', () => {
  test('are folders of INFs, with the boards pack.yaml says, and links to such folders', async () => {
    await using made = await testCatalogue()
    made.put('drivers/NUC13/LAN/e2.inf', ethernetInf)
    made.put('drivers/NUC13/LAN/e2.sys', 'x')
    made.put(
      'drivers/NUC13/pack.yaml',
      'description: De bureau\nmodels: [{ manufacturer: Intel, product: NUC13ANBi5 }]\n',
    )
    made.put('elsewhere/e2.inf', ethernetInf)
    made.put('drivers/setup.exe', 'x')
    symlinkSync(join(made.dataDir, 'elsewhere'), join(made.dataDir, 'drivers/linked'))
    const { packs, strays } = await made.catalogue.driverPacks()
    expect(packs).toMatchObject([
      {
        name: 'NUC13',
        description: 'De bureau',
        pack: { models: [{ product: 'NUC13ANBi5' }], drivers: [{ inf: 'LAN/e2.inf' }] },
        files: [{ path: 'LAN/e2.inf' }, { path: 'LAN/e2.sys' }],
        problems: [],
      },
      { name: 'linked', pack: { models: [], drivers: [{ inf: 'e2.inf' }] } },
    ])
    expect(strays).toEqual(['setup.exe'])
  })

  test('are indexed once, and again when an INF or pack.yaml changes', async () => {
    await using made = await testCatalogue()
    made.put('drivers/a/e2.inf', ethernetInf)
    const indexOf = async () => (await made.catalogue.driverPacks()).packs[0]?.pack
    const first = await indexOf()
    made.put('drivers/a/e2.sys', 'x')
    expect(await indexOf()).toBe(first)
    made.put('drivers/a/pack.yaml', 'models: []')
    expect(await indexOf()).not.toBe(first)
    expect((await made.catalogue.driverPacks()).packs[0]?.problems).toMatchObject([{ code: 'FILE_VALUE_WRONG' }])
  })

  test('that cannot be read do not hide the others', async () => {
    await using made = await testCatalogue()
    for (let index = 0; index <= 5000; index += 1) made.put(`drivers/a/${index}.inf`, '')
    made.put('drivers/b/e2.inf', ethernetInf)
    const { packs } = await made.catalogue.driverPacks()
    expect(packs.map(({ problems }) => problems.map(({ code }) => code))).toEqual([['FILE_NOT_READ'], []])
  })
})

test('a debloat profile of the workshop wins over ours, and one with mistakes is shown with them', async () => {
  await using made = await testCatalogue({
    'shipped/debloat/office.yaml': profile('Microsoft.People'),
    'shipped/debloat/home.yaml': profile('Microsoft.People'),
  })
  made.put('debloat/office.yaml', profile('Microsoft.WindowsStore'))
  expect(await made.catalogue.profiles()).toMatchObject([
    { id: 'home', origin: 'shipped', profile: { items: [{ name: 'Microsoft.People' }] }, problems: [] },
    { id: 'office', origin: 'own', profile: null, problems: [{ code: 'FILE_ITEM_PROTECTED', line: 3 }] },
  ])
})

test('files on their way in, and those of other programs, are nobody’s', async () => {
  await using made = await testCatalogue()
  made.put('software/tool/manifest.yaml', manifest('a'))
  made.put('software/tool/.receiving-setup.msi', msi('x'))
  made.put('software/.git/manifest.yaml', 'x')
  writeFileSync(join(made.dataDir, 'updates/.part'), 'x')
  expect(await made.catalogue.software()).toMatchObject([
    { id: 'tool', files: [], state: { kind: 'installer-missing' } },
  ])
  expect((await made.catalogue.updates()).strays).toEqual([])
  expect(existsSync(join(made.dataDir, 'software/tool'))).toBe(true)
})
