import { materialMistake } from '../material-problems.ts'
import { readFileBySchema, type ParsedFile } from '../../text/yaml/read-value.ts'
import { DebloatProfile, isProtected, oneDriveName } from './profile.ts'

export type ParsedProfile = ParsedFile<DebloatProfile>

const patterns = {
  '^[A-Za-z0-9][A-Za-z0-9._-]{1,127}$': {
    fr: 'un nom comme Microsoft.BingNews, ou celui d’une fonctionnalité avant le « ~ »',
    en: 'a name such as Microsoft.BingNews, or a capability’s before the "~"',
  },
}

/**
 * Reads a debloat profile. Total: any text gives a profile, or every problem found in it with key, line and column; a
 * thing named twice and one that Windows needs are problems, too.
 */
export function parseProfile(text: string): ParsedProfile {
  return readFileBySchema(text, DebloatProfile, {
    patterns,
    rule: ({ items }, report) => {
      const seen = new Set<string>()
      items.forEach(({ kind, name }, index) => {
        const same = `${kind} ${name.toLowerCase()}`
        if (seen.has(same)) report(`items[${index}].name`, materialMistake('FILE_ITEM_TWICE', { name }))
        if (kind === 'onedrive' && name !== oneDriveName)
          report(`items[${index}].name`, materialMistake('FILE_ITEM_NAME', { name: oneDriveName, kind }))
        if (isProtected(name)) report(`items[${index}].name`, materialMistake('FILE_ITEM_PROTECTED', { name }))
        seen.add(same)
      })
    },
  })
}
