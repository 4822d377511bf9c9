import type { SoftwareManifest } from '../../images/software/manifest.ts'
import { literalText, oneLine } from './foreign-text.ts'
import { field, type ListEntry } from './list-file.ts'
import type { Installer } from './installer.ts'

const uninstall = 'SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\'

const uninstall32 = 'SOFTWARE\\WOW6432Node\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\'

/** The manifest of an application; `codes` are exit codes that steps take as success. */
export function manifestOf(
  entry: ListEntry,
  kind: Installer['kind'],
  file: string,
  given: readonly string[],
  codes: ReadonlySet<number>,
): SoftwareManifest {
  const name = literalText(oneLine(field(entry, 'Name'))) ?? 'Application'
  const version = oneLine(field(entry, 'Version'), 64)
  const where = oneLine(literalText(field(entry, 'WorkingDirectory') || field(entry, 'CommandLine')) ?? '', 500)
  const success = [...codes].filter((code) => code !== 3010 && code !== 1641)
  // The name stands where MDT says no key: something has to be there, and a person is told to mend it.
  const key = literalText(field(entry, 'UninstallKey')) ?? ''
  const [, hive, path] = /^(HK(?:LM|CU|U))\\(.+)$/i.exec(key) ?? []
  const keys =
    hive !== undefined
      ? [`${hive.toUpperCase()}\\${path}`]
      : [uninstall, uninstall32].map((place) => `HKLM\\${place}${key === '' ? name : key}`)
  return {
    name,
    ...(version === '' ? {} : { version: literalText(version) ?? '' }),
    source: { where: { fr: `Ancien partage MDT : ${where}`, en: `Former MDT share: ${where}` } },
    installer:
      kind === 'msix' ? { kind, file } : { kind, file, ...(given.length === 0 ? {} : { arguments: [...given] }) },
    ...(success.some((code) => code !== 0) ? { success: success.toSorted((one, other) => one - other) } : {}),
    detect:
      kind === 'msix'
        ? { appx: file.split('_')[0] ?? file }
        : { registry: { keys: keys.map((one) => one.slice(0, 512)) } },
  }
}
