import type { DeploymentView, Problem, StepView } from '../../server/api/deployments/schema.ts'
import type { MachineView } from '../../server/api/machines/schema.ts'
import { hardwareOf } from '../../server/machines/hardware.ts'
import type { RecordView } from '../../server/api/stock/schema.ts'
import { broken, image, look, oldImage, sequence } from './catalogue.ts'
import type { disk } from './seed.ts'
import { busyCatalogue, emptyCatalogue, pinned } from './catalogue-materials.ts'
import { brokenStream, crucial, inventory, minutesAgo, samsung, steps, twoDisks, type Seed } from './seed.ts'
import { nobody, newcomersOfTheMorning } from './newcomers.ts'

export type Parts = Pick<Seed, 'machines' | 'deployments' | 'records'>
type MachineMore = Partial<MachineView> & { disks?: ReturnType<typeof disk>[] }

let count = 0
export function machine(serial: string, code: string, { disks, ...more }: MachineMore = {}): MachineView {
  count += 1
  const id = `machine-${String(count).padStart(2, '0')}`
  const found = inventory(serial, disks ?? [samsung(`S64DNX0T${String(500_000 + count * 123)}K`)])
  return {
    id,
    code,
    label: more.name ?? serial,
    name: null,
    uuid: found.system.uuid,
    serial,
    manufacturer: 'Intel(R) Client Systems',
    product: 'NUC13ANHi5',
    macs: ['48:21:0b:6a:11:02'],
    firstSeenAt: minutesAgo(600 - count),
    lastSeenAt: minutesAgo(0),
    presence: {
      kind: 'present',
      since: minutesAgo(3 + count),
      phase: 'environment',
      address: `10.0.0.${50 + count}`,
    },
    inventory: found,
    hardware: { ...hardwareOf(found), disksRevision: `disks-of-${id}` },
    recordId: `record-${id}`,
    recordState: 'assembled',
    hasAgent: false,
    deploymentId: null,
    doubts: [],
    strangers: [],
    boot: {
      intent: 'environment',
      reason: {
        fr: 'Poste inconnu : il se présente et attend.',
        en: 'Unknown machine: it introduces itself and waits.',
      },
    },
    ...more,
  }
}

export function record(of: MachineView, state: RecordView['state'], reason: string, minutes: number): RecordView {
  of.recordState = state
  const sizes = of.hardware?.disks.map((one) => one.sizeBytes) ?? []
  return {
    id: of.recordId,
    machineId: of.id,
    label: of.label,
    code: of.code,
    serial: of.serial,
    product: of.product,
    manufacturer: of.manufacturer,
    memoryBytes: of.hardware?.memoryBytes ?? null,
    diskBytes: sizes.length === 0 ? null : Math.max(...sizes),
    windows: ['ready', 'reserved', 'delivered', 'checking'].includes(state) ? 'Windows 11 Professionnel 24H2' : null,
    state,
    reason,
    sentence: null,
    createdAt: minutesAgo(minutes + 600),
    changedAt: minutesAgo(minutes),
    facts: {},
    evidence: null,
    transitions:
      state === 'checking' ? ['ready', 'attention', 'retired'] : state === 'retired' ? [] : ['attention', 'retired'],
  }
}

type RunMore = Partial<DeploymentView> & { steps: StepView[] }
export function run(of: MachineView, state: DeploymentView['state'], more: RunMore): DeploymentView {
  const id = `run-${of.id}`
  of.deploymentId = id
  const [first] = of.hardware?.disks ?? []
  return {
    id,
    machineId: of.id,
    machineLabel: of.label,
    sequence: { id: sequence.id, name: sequence.name, version: sequence.version },
    image: {
      id: image.id,
      name: image.name,
      edition: image.edition,
      build: image.build,
      sizeBytes: image.sizeBytes,
      sha256: image.sha256,
    },
    materials: pinned,
    variables: {},
    state,
    stepId: more.steps.find((step) => step.state === 'running' || step.state === 'failed')?.id ?? null,
    problem: null,
    fraction: 0,
    timeLeft: null,
    windowsSetup: null,
    heardAt: minutesAgo(0),
    contact: null,
    disk:
      first === undefined ? null : { model: first.model ?? '', serial: first.serial ?? '', sizeBytes: first.sizeBytes },
    createdAt: minutesAgo(9.5),
    createdBy: 'claire',
    startedAt: minutesAgo(9),
    endedAt: null,
    ...more,
  }
}

const failedAt = (done: number, problem: Problem): StepView[] =>
  steps(done, 'failed', { problem, endedAt: minutesAgo(2) })

function addWorking(parts: Parts): void {
  const writing = machine('G6AN132000LK', 'K7QF', { name: 'SAV-0231' })
  const progress = { fraction: 0.41, bytesDone: 6_945_000_000, bytesTotal: 16_940_112_384, bytesPerSecond: 96_400_000 }
  const updating = machine('G6AN1320017A', 'M2TX', {
    presence: { kind: 'present', since: minutesAgo(30), phase: 'windows', address: '10.0.0.52' },
  })
  const quiet = machine('G6AN13200C4P', 'R9DW', { presence: { kind: 'absent' } })
  const assigned = machine('G6AN1320077B', 'H3LC', {
    presence: { kind: 'booting', since: minutesAgo(0.4), doing: 'kernel' },
  })
  parts.machines.push(writing, updating, quiet, assigned)
  parts.deployments.push(
    run(writing, 'running', {
      fraction: 0.17,
      timeLeft: { leastSeconds: 1240, mostSeconds: 1930 },
      steps: steps(2, 'running', { progress: { ...progress, secondsLeft: 70 } }),
    }),
    run(updating, 'running', {
      fraction: 0.63,
      timeLeft: { leastSeconds: 420, mostSeconds: 1150 },
      windowsSetup: { startedAt: minutesAgo(5.3), endedAt: minutesAgo(3.6) },
      startedAt: minutesAgo(31),
      steps: steps(6, 'running', {
        progress: {
          fraction: 0.22,
          doing: { fr: 'passe 2, 3 mises à jour sur 14', en: 'pass 2, 3 updates of 14' },
        },
      }),
    }),
    run(quiet, 'running', {
      ...{ fraction: 0.44, heardAt: minutesAgo(1.2), steps: steps(4, 'running') },
      contact: { kind: 'gone', since: minutesAgo(1.2) },
    }),
    run(assigned, 'waiting', { steps: steps(0, 'pending'), startedAt: null, createdAt: minutesAgo(0.5), disk: null }),
  )
  for (const one of [writing, updating, quiet, assigned])
    parts.records.push(record(one, 'deploying', 'Préparation lancée', 9))
}

function addAttention(parts: Parts): void {
  const asks = machine('G6AN132008QE', 'T4VB', {
    name: 'Cabinet Morel',
    disks: [samsung('S64DNX0T700077P'), crucial('2311E6C0A1B2')],
  })
  const failed = machine('G6AN13200Z2M', 'X8KD')
  parts.machines.push(asks, failed)
  parts.deployments.push(
    run(asks, 'attention', { fraction: 0.01, problem: twoDisks, steps: failedAt(1, twoDisks), disk: null }),
    run(failed, 'attention', { fraction: 0.2, problem: brokenStream, steps: failedAt(2, brokenStream) }),
  )
  parts.records.push(
    record(asks, 'attention', 'Ce poste a deux disques.', 2),
    record(failed, 'attention', 'L’image reçue n’est pas celle du catalogue.', 2),
  )
}

function addWaiting(parts: Parts): void {
  const waiting = [
    machine('G6AN132011AA', 'B5NR'),
    machine('G6AN132022BB', 'C6PS', { disks: [samsung('S64DNX0T800088Q'), crucial('2311E6C0FFFF')] }),
    machine('G6AN132033CC', 'D7RT', { name: 'Mairie, accueil' }),
  ]
  const rising = machine('48:21:0b:6a:77:01', 'F2WZ', {
    serial: null,
    manufacturer: null,
    product: null,
    label: 'F2WZ',
    inventory: null,
    hardware: null,
    presence: { kind: 'booting', since: minutesAgo(0.2), doing: 'loader' },
  })
  parts.machines.push(...waiting, rising)
  for (const one of [...waiting, rising])
    parts.records.push(record(one, one === rising ? 'received' : 'assembled', 'Vu sur le réseau', 14))
}

function addDone(parts: Parts): void {
  const done = machine('G6AN132044DD', 'J8QX', { presence: { kind: 'absent' }, lastSeenAt: minutesAgo(25) })
  parts.machines.push(done)
  parts.deployments.push(
    run(done, 'done', { fraction: 1, endedAt: minutesAgo(25), startedAt: minutesAgo(71), steps: steps(9, 'done') }),
  )
  parts.records.push(record(done, 'checking', 'Préparation terminée', 25))
  const states = ['ready', 'ready', 'reserved', 'delivered', 'delivered', 'delivered', 'retired'] as const
  states.forEach((state, index) => {
    const gone = machine(`G6AN13209${index}ZZ`, `Z${index}YY`, {
      presence: { kind: 'absent' },
      lastSeenAt: minutesAgo(2000 + index * 900),
    })
    parts.machines.push(gone)
    parts.records.push(
      record(
        gone,
        state,
        state === 'reserved' ? 'Commande 4411, Mme Garnier' : 'Contrôlé par Claire',
        1500 + index * 900,
      ),
    )
  })
}

/** The workshop's morning, made anew at each call. */
export function busyWorkshop(): Seed {
  count = 0
  const parts: Parts = { machines: [], deployments: [], records: [] }
  addWorking(parts)
  addAttention(parts)
  addWaiting(parts)
  addDone(parts)
  return {
    ...emptyWorkshop(),
    ...parts,
    images: [image, oldImage],
    newcomers: newcomersOfTheMorning(),
    catalogue: busyCatalogue(),
    trace: [
      {
        at: minutesAgo(4),
        protocol: 'dhcp',
        outcome: 'ok',
        text: { fr: 'a demandé une adresse, a reçu 10.0.0.51', en: 'asked for an address, got 10.0.0.51' },
      },
      {
        at: minutesAgo(3.95),
        protocol: 'tftp',
        outcome: 'ok',
        text: { fr: 'a chargé shimx64.efi (965 ko)', en: 'loaded shimx64.efi (965 kB)' },
      },
      {
        at: minutesAgo(3.9),
        protocol: 'tftp',
        outcome: 'refused',
        text: { fr: 'revocations.efi n’existe pas', en: 'there is no revocations.efi' },
      },
      {
        at: minutesAgo(3.7),
        protocol: 'http',
        outcome: 'ok',
        text: { fr: 'a chargé le noyau (8,9 Mo)', en: 'loaded the kernel (8.9 MB)' },
      },
      {
        at: minutesAgo(3.1),
        protocol: 'agent',
        outcome: 'ok',
        text: { fr: 'premier rapport de l’agent', en: 'first report of the agent' },
      },
    ],
    history: [
      {
        id: 3,
        at: minutesAgo(9),
        by: 'claire',
        from: 'assembled',
        to: 'deploying',
        reason: 'Préparation lancée',
        sentence: null,
        runId: 'run-machine-01',
      },
      {
        id: 2,
        at: minutesAgo(14),
        by: 'etabli',
        from: 'received',
        to: 'assembled',
        reason: 'Mémoire et disque en place',
        sentence: null,
        runId: null,
      },
      {
        id: 1,
        at: minutesAgo(14),
        by: 'etabli',
        from: null,
        to: 'received',
        reason: 'Vu sur le réseau pour la première fois',
        sentence: null,
        runId: null,
      },
    ],
  }
}

/** The first minute after `npm start`: nothing plugged in, no image. */
export function emptyWorkshop(): Seed {
  return {
    session: {
      user: 'admin',
      role: 'manager',
      permissions: ['public', 'read', 'operate', 'administer'],
      server: {
        version: '0.1.0',
        publicUrl: 'http://10.0.0.1:8080',
        dhcpMode: 'pxe-lease',
        interface: 'eth1',
        environment: 'ready',
      },
    },
    machines: [],
    deployments: [],
    records: [],
    images: [],
    imports: [],
    newcomers: nobody,
    sequences: [sequence, look, broken],
    space: { freeBytes: 312_400_000_000, totalBytes: 500_100_000_000, imagesBytes: 9_516_551_680 },
    trace: [],
    catalogue: emptyCatalogue(),
    evidence: null,
    history: [],
  }
}
