import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { softwareId } from '../../../../images/software/manifest.ts'
import { findElement, readXml } from '../../../../images/xml/xml-reader.ts'
import { parseManifest } from '../../../../images/software/parse-manifest.ts'

const library = join(import.meta.dirname, '../../../../images/software/library')

const whole = String.raw`
name: Outil
version: 24.10
source: { where: { fr: chez nous, en: at home } }
installer: { kind: exe, file: setup/outil*.exe, arguments: [/S, 1] }
success: [0, 4294967295]
detect: { registry: { keys: ['HKLM\SOFTWARE\Outil'], value: Version, atLeast: 24.10 } }
needs: [vcredist]
`

/** `line CODE key` of every problem. */
function problemsOf(text: string): string[] {
  const parsed = parseManifest(text)
  return parsed.ok ? [] : parsed.problems.map(({ line, code, params }) => `${line} ${code} ${params['key'] ?? ''}`)
}

describe('a software manifest', () => {
  test('is read with its numbers as they are written', () => {
    const parsed = parseManifest(whole)
    expect(parsed).toMatchObject({
      ok: true,
      value: {
        version: '24.10',
        installer: { kind: 'exe', arguments: ['/S', '1'] },
        success: [0, 4_294_967_295],
        detect: { registry: { atLeast: '24.10' } },
      },
    })
  })

  test.each([
    ['setup/outil*.exe', '../outil.exe'],
    ['setup/outil*.exe', 'setup\\outil.exe'],
    ['setup/outil*.exe', 'nul'],
  ])('names no installer outside its folder (%s → %s)', (from, to) => {
    expect(problemsOf(whole.replace(from, to))).toEqual(['5 FILE_PATH_UNSAFE installer.file'])
  })

  test('lays no file outside its folder, and none twice', () => {
    const text = `${whole}files: [{ path: ../a.xml, text: a }, { path: b.xml, text: b }, { path: b.xml, text: c }]`
    expect(problemsOf(text)).toEqual(['9 FILE_PATH_UNSAFE files[0].path', '9 FILE_ITEM_TWICE '])
  })

  test('says every mistake of a person who writes one for the first time', () => {
    const text = `
nom: Outil
installer: { kind: msi, fichier: a.msi }
detect: { registry: { keys: [SOFTWARE\\Outil] } }
shortcut: { name: "a:b", target: x }
reports: [{ name: Id, title: { fr: a, en: b }, keys: ['HKLM\\A'], value: x, waitSeconds: 9999 }]
`
    expect(problemsOf(text)).toEqual([
      '2 FILE_KEY_UNKNOWN nom',
      '2 FILE_KEY_MISSING name',
      '2 FILE_KEY_MISSING source',
      '3 FILE_KEY_MISSING installer.file',
      '3 FILE_KEY_UNKNOWN installer.fichier',
      '4 FILE_VALUE_WRONG detect.registry.keys[0]',
      '5 FILE_VALUE_WRONG shortcut.name',
      '6 FILE_VALUE_WRONG reports[0].name',
      '6 FILE_VALUE_WRONG reports[0].waitSeconds',
    ])
  })

  test('asks for at least one way to see that it is there', () => {
    expect(problemsOf(whole.replace(/^detect:.*$/m, 'detect: {}'))).toEqual(['7 FILE_VALUE_WRONG detect'])
  })

  test('refuses a secret whose name no secret can have, and what it needs twice', () => {
    const text = `${whole.replace('[vcredist]', '[a, a]')}
afterwards: [{ title: { fr: a, en: b }, program: x, arguments: ['\${secret.team viewer}', '\${secret.fine}'] }]
`
    expect(problemsOf(text)).toEqual(['8 FILE_ITEM_TWICE ', '10 FILE_SECRET_NAME afterwards[0].arguments[0]'])
  })
})

describe('the manifests that come with the product', () => {
  const files = readdirSync(library)
  test.each(files)('%s is right, and says where its installer comes from in both languages', (file) => {
    expect(file.replace(/\.yaml$/, '')).toMatch(softwareId)
    const parsed = parseManifest(readFileSync(join(library, file), 'utf8'))
    expect(parsed).toMatchObject({ ok: true })
    if (parsed.ok)
      for (const words of Object.values(parsed.value.source.where)) expect(words.length).toBeGreaterThan(40)
  })

  const shipped = files.map((file) => {
    const parsed = parseManifest(readFileSync(join(library, file), 'utf8'))
    if (!parsed.ok) throw new Error(`${file} is wrong`)
    return { file, manifest: parsed.value }
  })

  test('say to every set-up program how it asks nothing', () => {
    const loud = shipped.filter(
      ({ manifest: { installer } }) => installer.kind === 'exe' && (installer.arguments ?? []).length === 0,
    )
    expect(loud).toEqual([])
  })

  test('look for what stays where it is when a program updates itself: no product code, no version of it', () => {
    const fleeting = shipped.filter(
      ({ file, manifest: { detect } }) =>
        file !== 'nuc-firmware.yaml' &&
        (/Uninstall/i.test(JSON.stringify(detect)) || detect.registry?.atLeast !== undefined),
    )
    expect(fleeting).toEqual([])
  })

  test('bring Office’s tool its configuration, which shows nothing', () => {
    const office = shipped.find(({ file }) => file === 'microsoft-365.yaml')?.manifest
    const [configuration] = office?.files ?? []
    expect(office?.installer).toMatchObject({ arguments: ['/configure', `\${packageFolder}\\${configuration?.path}`] })
    const root = readXml(configuration?.text ?? '')
    expect(findElement(root, 'Display')?.attributes.get('Level')).toBe('None')
    expect(findElement(root, 'Add/Product/Language')?.attributes.get('ID')).toBe('fr-fr')
  })

  test('bring TeamViewer’s ID into the record and leave its secret in words', () => {
    const parsed = parseManifest(readFileSync(join(library, 'teamviewer-host.yaml'), 'utf8'))
    expect(parsed).toMatchObject({
      ok: true,
      value: {
        reports: [{ name: 'teamViewerId', value: 'ClientID', waitSeconds: 600 }],
        afterwards: [{ arguments: ['assignment', '--id', '${secret.teamviewerAssignment}'] }],
      },
    })
  })
})
