import type { SoftwareList, ProfileList } from '../../api/catalogue/schema.ts'
import type { DeploymentView } from '../../api/deployments/schema.ts'
import type { ImportView } from '../../api/images/schema.ts'
import type { MachineView, TraceEntry } from '../../api/machines/schema.ts'
import type { SequenceView } from '../../api/sequences/schema.ts'
import type { EvidenceView, RecordView } from '../../api/stock/schema.ts'
import type { LogLevel } from '../pages/machine/log.ts'
import type { Theme } from '../preferences.svelte.ts'
import type { Group } from '../state/board.ts'
import type { Unanswered } from '../state/contact.ts'
import type { Disk, Erasure, Inventory } from '../state/disks.ts'
import type { Place } from '../state/place.ts'
import type { Session } from '../state/session.ts'
import type { Key } from './text.ts'

type Booting = Extract<MachineView['presence'], { kind: 'booting' }>
type Present = Extract<MachineView['presence'], { kind: 'present' }>
type Step = DeploymentView['steps'][number]
type Import = Exclude<ImportView['state'], 'uploading'> | NonNullable<ImportView['progress']>['phase']
type Sign = 'firmware' | 'blue' | 'questions' | 'desktop' | 'off' | 'still' | 'dark' | 'otherSystem'

/**
 * The texts that a value chooses, as in t(`state.${record.state}`): their prefix, and the values there are. A value
 * without a text does not compile where it is shown; a text that no value chooses is a `Leftover`.
 */
type Families = {
  'bench.environment': Exclude<Session['server']['environment'], 'ready'>
  boot: MachineView['boot']['intent']
  'card.booting': Booting['doing']
  'contact.fix': Sign
  'contact.note': Unanswered
  'contact.sign': Sign
  count: Group
  'evidence.count': EvidenceView['items'][number]['verdict']
  group: Group
  health: Disk['health']['verdict']
  'import.doing': Import
  'log.level': LogLevel
  'log.mark': 'warning' | 'error'
  'machine.phase': Present['phase']
  'stranger.phase': Present['phase']
  nav: Exclude<Place['page'], 'machine' | 'unknown'>
  'profiles.kind': ProfileList['items'][number]['items'][number]['kind']
  'run.phase': Step['phase']
  'run.state': DeploymentView['state']
  secureBoot: Inventory['secureBoot']['state']
  'sequences.origin': SequenceView['origin'] | 'replaces'
  'settings.dhcp': Session['server']['dhcpMode']
  'settings.environment': Session['server']['environment']
  'settings.role': Session['role']
  'settings.theme': Theme
  'catalogue.origin': SoftwareList['items'][number]['origin']
  'catalogue.section': 'images' | 'software' | 'drivers' | 'updates' | 'profiles'
  'software.state': SoftwareList['items'][number]['state']
  'start.offer': 'prepare' | 'check'
  'start.mend': 'image' | 'catalogue'
  'start.erasure': Exclude<Erasure['kind'], 'one' | 'asks' | 'smallest'>
  state: RecordView['state']
  'step.state': Step['state']
  'trace.outcome': Exclude<TraceEntry['outcome'], 'ok'>
}

type Chosen = { [Prefix in keyof Families]: `${Prefix}.${Families[Prefix]}` }[keyof Families]
type InAFamily = Extract<Key, `${keyof Families}.${string}`>

/** Must be `never`; tests/unit/server/dashboard/texts.test.ts says so to the compiler. */
export type Leftover = Exclude<InAFamily, Chosen>
