import { isMaterialPath } from '../material-path.ts'
import { materialMistake } from '../material-problems.ts'
import { readFileBySchema, type ParsedFile, type RuleReport } from '../../text/yaml/read-value.ts'
import { SoftwareManifest } from './manifest.ts'
import { secretReferences } from './secret-names.ts'

const secretName = /^[A-Za-z][A-Za-z0-9_]{0,63}$/

export type ParsedManifest = ParsedFile<SoftwareManifest>

/** What a text must look like, by the patterns of manifest.ts. */
const patterns = {
  '^HK(LM|CU|U)\\\\': {
    fr: 'une clé de registre, par exemple HKLM\\SOFTWARE\\TeamViewer',
    en: 'a registry key, for example HKLM\\SOFTWARE\\TeamViewer',
  },
  '^[^\\\\/:*?"<>|\\x00-\\x1f]+$': {
    fr: 'un nom que Windows permet : sans \\ / : * ? " < > |',
    en: 'a name that Windows allows: without \\ / : * ? " < > |',
  },
  '^[a-z][A-Za-z0-9]{0,63}$': {
    fr: 'un nom fait de lettres et de chiffres, par exemple teamViewerId',
    en: 'a name of letters and digits, for example teamViewerId',
  },
}

/**
 * Reads a software package's `manifest.yaml`. Total: any text gives a manifest, or every problem found in it with key,
 * line and column.
 */
export function parseManifest(text: string): ParsedManifest {
  return readFileBySchema(text, SoftwareManifest, {
    patterns,
    rule: (manifest, report) => {
      const { file } = manifest.installer
      if (!isMaterialPath(file.replaceAll('*', 'x')))
        report('installer.file', materialMistake('FILE_PATH_UNSAFE', { key: 'installer.file', path: file }))
      const besides = (manifest.files ?? []).map(({ path }) => path)
      besides.forEach((path, index) => {
        const key = `files[${index}].path`
        if (!isMaterialPath(path)) report(key, materialMistake('FILE_PATH_UNSAFE', { key, path }))
      })
      reportTwice(besides, 'files', report)
      reportTwice(manifest.needs ?? [], 'needs', report)
      reportTwice(
        (manifest.reports ?? []).map(({ name }) => name),
        'reports',
        report,
      )
      for (const { path, name } of secretReferences(manifest)) {
        // A name that no secret can have would stay in the text and reach a command line as it is written.
        if (!secretName.test(name)) report(path, materialMistake('FILE_SECRET_NAME', { key: path, name }))
      }
    },
  })
}

function reportTwice(names: readonly string[], path: string, report: RuleReport): void {
  names.forEach((name, index) => {
    if (names.indexOf(name) !== index) report(`${path}[${index}]`, materialMistake('FILE_ITEM_TWICE', { name }))
  })
}
