import type { EvidenceView } from '../../server/api/stock/schema.ts'
import type { EvidenceItem } from '../../agent/protocol/evidence.ts'
import { sequence } from './catalogue.ts'
import { minutesAgo, steps, type Seed } from './seed.ts'
import { emptyWorkshop, machine, record, run, type Parts } from './workshop.ts'

function item(
  id: string,
  title: [string, string],
  measured: [string, string],
  verdict: EvidenceItem['verdict'],
  expected: [string, string] | null = null,
): EvidenceItem {
  const sentence = ([fr, en]: [string, string]) => ({ fr, en })
  return { id, title: sentence(title), measured: sentence(measured), expected: expected && sentence(expected), verdict }
}

const same = (text: string): [string, string] => [text, text]

const items: EvidenceItem[] = [
  item(
    'edition',
    ['Édition de Windows', 'Edition of Windows'],
    same('Windows 11 Pro 24H2'),
    'passed',
    same('Professional'),
  ),
  item(
    'activation',
    ['Activation', 'Activation'],
    ['activé, licence numérique', 'activated, digital licence'],
    'passed',
  ),
  item(
    'updates',
    ['Mises à jour', 'Updates'],
    ['26100.4349, rien en attente', '26100.4349, nothing pending'],
    'passed',
  ),
  item('device-problems', ['Périphériques', 'Devices'], ['aucun problème', 'no problem'], 'passed'),
  item('software:teamviewer-host', same('TeamViewer Host'), same('15.65.6, ID 1 204 556 781'), 'passed'),
  item('app:Microsoft.BingNews', same('Microsoft.BingNews'), ['absente', 'gone'], 'passed', ['absente', 'gone']),
  item('bluetooth', ['Bluetooth', 'Bluetooth'], ['aucun adaptateur', 'no adapter'], 'failed', [
    'un adaptateur, vu avant Windows',
    'an adapter, seen before Windows',
  ]),
  item('disk-health', ['Santé du disque', 'Disk health'], ['bonne, usure 1 %', 'good, 1 % worn'], 'passed'),
  item('tpm', same('TPM'), ['2.0, prêt', '2.0, ready'], 'noted'),
  item('boot-manager', ['Gestionnaire de démarrage', 'Boot manager'], ['génération 2023', 'generation 2023'], 'noted'),
]

export const failedCheck: EvidenceView = {
  runId: 'run-machine-04',
  at: minutesAgo(6),
  passed: false,
  holds: true,
  items,
  sequence: { id: sequence.id, name: sequence.name, version: sequence.version },
  phases: [
    { phase: 'environment', startedAt: minutesAgo(70), endedAt: minutesAgo(58) },
    { phase: 'windows', startedAt: minutesAgo(58), endedAt: minutesAgo(6) },
  ],
}

/** Machines in their Windows half: just started, started and never heard of, restarting, checked. */
export function windowsWorkshop(): Seed {
  const parts: Parts = { machines: [], deployments: [], records: [] }
  const away = { presence: { kind: 'absent' } } as const
  const [starting, overdue, restarting, checked] = [
    machine('G6AN13200W01', 'W1AA', away),
    machine('G6AN13200W02', 'W2BB', away),
    machine('G6AN13200W03', 'W3CC', away),
    machine('G6AN13200W04', 'W4DD', {
      presence: { kind: 'present', since: minutesAgo(9), phase: 'windows', address: '10.0.0.54' },
    }),
  ]
  const waiting = (minutes: number) => ({ kind: 'awaiting-windows', since: minutesAgo(minutes) }) as const
  const inWindows = { steps: steps(5, 'pending'), stepId: 'windows-5', fraction: 0.45 }
  const problem = {
    code: 'VERIFY_FAILED',
    message: { fr: 'Un contrôle a échoué\u202f: Bluetooth.', en: 'A check has failed: Bluetooth.' },
    fix: { fr: 'Voyez les preuves, réparez, puis réessayez.', en: 'See the evidence, mend it, then retry.' },
    ...{ detail: null, choice: null },
  }
  parts.machines.push(starting, overdue, restarting, checked)
  parts.deployments.push(
    run(starting, 'running', { ...inWindows, contact: waiting(4), heardAt: null }),
    run(overdue, 'running', { ...inWindows, contact: waiting(27), heardAt: null }),
    run(restarting, 'running', {
      ...{ fraction: 0.6, steps: steps(6, 'running'), heardAt: minutesAgo(2) },
      contact: { kind: 'silent', since: minutesAgo(2) },
    }),
    run(checked, 'attention', { fraction: 0.95, problem, steps: steps(8, 'failed', { problem }) }),
  )
  for (const one of [starting, overdue, restarting]) parts.records.push(record(one, 'deploying', 'Préparation', 30))
  parts.records.push({
    ...record(checked, 'attention', 'Contrôle : échec', 6),
    facts: { teamViewerId: '1 204 556 781' },
    evidence: { runId: failedCheck.runId, at: failedCheck.at, passed: false, holds: true },
  })
  return { ...emptyWorkshop(), ...parts, evidence: failedCheck }
}
