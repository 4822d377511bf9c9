import { parseProfile } from '../../../images/debloat/parse-profile.ts'
import type { DebloatProfile } from '../../../images/debloat/profile.ts'
import { softwareId } from '../../../images/software/manifest.ts'
import { materialMistake } from '../../../images/material-problems.ts'
import { ofWholeFile, type FileProblem } from '../../../text/yaml/problem.ts'
import { readSources } from '../files/yaml-files.ts'

/** A debloat profile of the catalogue. */
export type ProfileEntry = {
  id: string
  origin: 'shipped' | 'own'
  /** SHA-256 of its file. */
  version: string
  /** Null when it cannot be used. */
  profile: DebloatProfile | null
  problems: readonly FileProblem[]
}

/** Every profile: ours, and the workshop's own, which win. */
export async function readProfiles(shipped: string, own: string): Promise<ProfileEntry[]> {
  const sources = await readSources(shipped, own)
  return sources.map(({ id, origin, text, sha256 }) => {
    const parsed = parseProfile(text)
    const named = softwareId.test(id) ? [] : [ofWholeFile(materialMistake('FILE_FOLDER_NAME', { name: id }))]
    const problems = [...named, ...(parsed.ok ? [] : parsed.problems)]
    const profile = parsed.ok && problems.length === 0 ? parsed.value : null
    return { id, origin, version: sha256, profile, problems }
  })
}
