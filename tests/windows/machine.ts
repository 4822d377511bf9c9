import { withValues, type RegistryValue } from './registry.ts'

/**
 * The Windows that the stand-ins play: what their answers come from and what their deeds change, kept as `machine.json`
 * in the stand-ins' folder. Registry keys are spelled as Windows spells them and found whatever their case.
 */
export type Machine = {
  /** Of the words programs print. */
  language: 'en' | 'fr'
  devices: Device[]
  /** Driver packages in the driver store, `oem1.inf` first. */
  drivers: StoredDriver[]
  updates: Update[]
  /** KB numbers of what DISM has added. */
  packages: string[]
  apps: App[]
  capabilities: Optional[]
  features: Optional[]
  /** What an MSI brings when it is installed, by its file's name. */
  installers: Record<string, Installer>
  /** Of the installers that have run to their end, by file name, how often. */
  installed: Record<string, number>
  registry: RegistryValue[]
  /** Paths of what stand-ins have put on the disk. */
  files: string[]
  restartPending: boolean
  /** What was asked of `shutdown.exe` and has not happened yet. */
  power: 'on' | 'restart' | 'off'
  /** EDITIONID. */
  edition: string
  activated: boolean
  driveLabel: string
  encrypted: boolean
  accounts: Array<{ name: string; password: boolean }>
  /** Who is signed in at the screen. */
  signedIn: string | null
  /** Who is signed in by himself at the next start. */
  autoLogon: string | null
  /** Whether the shell's packages are registered at each first sign-in. */
  firstSignIns: boolean
  /** Answer files and the like. */
  traces: string[]
  /** Whether sysprep has made it greet its owner. */
  sealed: boolean
  /** Paths that go at the next start. */
  goAtStart: string[]
  /** How often Windows was started. */
  starts: number
  /** A workshop's own scripts: what a text that holds `contains` prints and how it ends. */
  workshopScripts: Array<{ contains: string; stdout: string; code: number }>
  /** What the measuring scripts cannot say: names of their parts, and of apps. */
  unmeasurable: string[]
  /** Whether Windows refuses to list its apps. */
  appsUnlisted: boolean
  /** Programs and scripts by name that answer with this, whatever they are asked: faults of a test. */
  faults: Record<string, Fault>
}

export type Device = {
  instanceId: string
  name: string
  className: string
  hardwareIds: string[]
  compatibleIds: string[]
  /** The device manager's code (CM_PROB_…, cfgmgr32.h): 28 has no driver; 0 works. */
  problem: number
}

export type StoredDriver = { published: string; original: string }

export type Update = {
  id: string
  kb: string | null
  title: string
  kind: 'security' | 'quality' | 'drivers' | 'optional'
  sizeBytes: number
  /** Found only once this one is installed. */
  after: string | null
  /** How its installation ends. */
  outcome: 'installs' | 'wants-restart' | 'fails'
  state: 'available' | 'restart-pending' | 'installed'
  /** Its first installation never comes to an end. */
  hangsOnce: boolean
  /** What is told meanwhile: nothing where `Begin…` is refused, no amount where GetProgress has totals of 0. */
  told?: 'nothing' | 'no-amounts'
  /** Installations that came to an end. */
  tries: number
}

/** One that is neither provisioned nor installed is merely staged: on the disk, and in nobody's menu. */
export type App = {
  name: string
  fullName: string
  provisioned: boolean
  installed: boolean
  /** What becomes of its removal: `throws` as Windows throws and leaves it, `stays` with no word; gone without. */
  removal?: 'throws' | 'stays'
}
export type Optional = { name: string; present: boolean }

export type Installer = {
  takesMs: number
  code: number
  /** Shows no sign of going on, for ever. */
  hangs: boolean
  registry: RegistryValue[]
  /** Paths of the programs it brings, each one more stand-in. */
  programs: string[]
  /** Values that appear so long after the installation, as TeamViewer's ID does. */
  later: Array<RegistryValue & { afterMs: number }>
}

export type Fault = { code: number; stdout?: string; stderr?: string; takesMs?: number; times?: number }

/** A Windows 11 as it is after its first start: a card without driver, updates to find, apps nobody asked for. */
export function freshMachine(differences: Partial<Machine> = {}): Machine {
  return {
    language: 'fr',
    devices: [],
    drivers: [],
    updates: [],
    packages: [],
    apps: [],
    capabilities: [],
    features: [],
    installers: {},
    installed: {},
    registry: [],
    files: [],
    restartPending: false,
    power: 'on',
    edition: 'Professional',
    activated: true,
    driveLabel: '',
    encrypted: false,
    accounts: [{ name: 'Utilisateur', password: true }],
    signedIn: null,
    autoLogon: null,
    firstSignIns: false,
    traces: ['C:\\Windows\\Panther\\unattend.xml'],
    sealed: false,
    goAtStart: [],
    starts: 1,
    workshopScripts: [],
    unmeasurable: [],
    appsUnlisted: false,
    faults: {},
    ...differences,
  }
}

/** The same machine after a restart or a cut of its power: what waited for a restart has happened. Pure. */
export function started(machine: Machine): Machine {
  const names = 'HKLM\\SYSTEM\\CurrentControlSet\\Control\\ComputerName'
  const name = machine.registry.find(({ key }) => key === `${names}\\ComputerName`)
  return {
    ...machine,
    power: 'on',
    restartPending: false,
    signedIn: machine.accounts.some(({ name }) => name === machine.autoLogon) ? machine.autoLogon : null,
    autoLogon: null,
    starts: machine.starts + 1,
    registry:
      name === undefined
        ? machine.registry
        : withValues(machine, [{ ...name, key: `${names}\\ActiveComputerName` }]).registry,
    updates: machine.updates.map((one) => (one.state === 'restart-pending' ? { ...one, state: 'installed' } : one)),
  }
}
