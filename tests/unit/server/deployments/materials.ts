import type { MaterialFile, Materials, PinnedSoftware } from '../../../../agent/protocol/materials.ts'

/** A file whose content is told apart by one letter. */
export function materialFile(path: string, letter: string): MaterialFile {
  return { path, sizeBytes: 1000, sha256: letter.repeat(64) }
}

export function software(id: string, letter: string, needs: string[] = []): PinnedSoftware {
  return {
    id,
    manifest: {
      name: id,
      source: { where: { fr: 'site de l’éditeur', en: 'the maker’s site' } },
      installer: { kind: 'msi', file: `${id}.msi`, arguments: ['/qn'] },
      detect: { file: `%ProgramFiles%\\${id}\\${id}.exe` },
      ...(needs.length === 0 ? {} : { needs }),
    },
    files: [materialFile(`${id}.msi`, letter)],
  }
}

const news = { kind: 'appx', name: 'Microsoft.BingNews', why: { fr: 'publicité', en: 'advertising' } } as const
const profile = { name: 'Atelier', items: [news] }

/** Something of every kind a run can take. */
export const everyMaterial: Materials = {
  agent: { version: '0.1.0', file: materialFile('etabli-agent.exe', '0') },
  software: [software('vcredist', 'a'), software('teamviewer-host', 'b', ['vcredist']), software('pdf-reader', 'c')],
  profiles: [
    { id: 'office-center', version: 'd'.repeat(64), profile },
    { id: 'other', version: 'e'.repeat(64), profile },
  ],
  drivers: [{ pack: 'nuc11', infs: ['e1d65x64.inf'], files: [materialFile('e1d65x64.inf', '1')] }],
  updates: [
    {
      id: 'KB5058411',
      title: 'Mise à jour cumulative',
      file: 'KB5058411.msu',
      files: [materialFile('KB5058411.msu', '2')],
    },
  ],
  levels: [{ build: 26_100, revision: 4061, id: 'KB5058411', title: 'Mise à jour cumulative 26100.4061' }],
}
