import { expect, test } from 'vitest'
import { presentUpdates } from '../../../../agent/windows/updates/report.ts'
import { installResult } from '../../../../agent/windows/software/install-memory.ts'
import { stepDefinitions } from '../../../../tasksequences/steps/definitions.ts'
import { resultSentences } from '../../../../server/dashboard/pages/machine/result-sentences.ts'

const update = { title: 'KB5058411 (26100.4061)', kb: 'KB5058411', kind: 'security' }
const updates = presentUpdates(
  {
    ...{ pass: 2, restartsForPending: 0, packages: [] },
    installed: [{ update: { ...update, id: 'a', revision: 1 } }],
    failures: { b: { update: { ...update, id: 'b', revision: 1, title: 'Pilote Realtek' }, times: 2, code: null } },
  } as never,
  [],
)

test.each([
  ['windows-update', updates, ['1 mise à jour installée (KB5058411)', 'Échec de Pilote Realtek, elle n’a pas abouti']],
  [
    'install-software',
    installResult({
      done: [
        { id: 'vlc', name: 'VLC', version: '3.0.21', action: 'installed', restarted: false },
        { id: 'x', name: '7-Zip', version: null, action: 'present', restarted: false },
      ],
      ...{ reported: {}, restartedFor: null },
    }),
    ['VLC 3.0.21 installé', '7-Zip était déjà là'],
  ],
  [
    'partition-disk',
    { disk: { model: 'Samsung SSD 980', serial: 'S64' }, label: 'gpt', partitions: { esp: {}, msr: {}, windows: {} } },
    ['3 partitions sur Samsung SSD 980 S64'],
  ],
  [
    'prepare-windows',
    {
      ...{ computerName: 'PC-1', language: 'fr-FR', account: 'Utilisateur' },
      clock: { set: true, biasMinutes: 480, found: { aheadSeconds: -283_996_800, corrected: true } },
    },
    [
      'L’horloge du poste retardait de 9\u202fans\u202f; elle a été mise à l’heure. Sa pile est sans doute à remplacer.',
      'nom PC-1',
      'langue fr-FR',
      'compte Utilisateur',
    ],
  ],
  ['remove-apps', { removed: 1, absent: 0, failed: ['Edge'] }, ['1 élément retiré', '1 n’a pas pu l’être (Edge)']],
  ['run-command', { code: 0 }, ['Terminé avec le code 0']],
  ['verify', { items: [{ verdict: 'passed' }, { verdict: 'failed' }] }, ['1 contrôle réussi', '1 contrôle échoué']],
  ['seal', { agent: 'keep' }, ['L’agent dort jusqu’au contrôle avant livraison']],
] as const)('what %s reported is a sentence', (type, result, sentences) => {
  expect(resultSentences(type, result as Record<string, unknown>, 'fr')).toEqual(sentences)
})

test('no step’s result breaks a page, whatever an agent of another version has sent', () => {
  const odd = {
    installed: null,
    failed: 3,
    items: 'x',
    partitions: 4,
    disk: null,
    code: {},
    left: [null],
    shortcuts: {},
  }
  for (const { type } of stepDefinitions)
    for (const result of [{}, odd])
      for (const language of ['fr', 'en'] as const)
        for (const sentence of resultSentences(type, result, language))
          expect(sentence).not.toMatch(/NaN|undefined|object/)
  expect(resultSentences('of-tomorrow', { code: 0 }, 'fr')).toEqual([])
})
