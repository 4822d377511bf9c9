import type { Deployments } from '../../deployments/deployments.ts'
import type { Situation } from '../../deployments/records/situation.ts'
import { otherOf } from '../../machines/doubt.ts'
import type { Strangers } from '../../machines/claims/strangers.ts'
import type { PresenceTracker } from '../../machines/presence.ts'
import type { DescribedMachine, Machine } from '../../machines/machine.ts'
import type { Register } from '../../machines/register.ts'
import { decideBootIntent, type BootQuestion } from '../../netboot/intent.ts'
import { stockRefusal } from '../../stock/errors.ts'
import { presentDoubt, presentInventory, presentMachine } from './present.ts'
import type { DoubtView, MachineSummary, MachineView } from './schema.ts'

export type MachineViewDependencies = {
  presence: PresenceTracker
  deployments: Pick<Deployments, 'situations'>
  register: Pick<Register, 'get' | 'openDoubts'>
  strangers: Pick<Strangers, 'of'>
}

type GoingOn = Extract<BootQuestion, { known: true }>['run']

/** Machines as lists show them: where all of them stand is asked in one go. */
export async function viewMachines(
  machines: readonly Machine[],
  { presence, deployments, register, strangers }: MachineViewDependencies,
): Promise<MachineSummary[]> {
  const situations = await deployments.situations.of(machines.map(({ id }) => id))
  const doubts = new Map(await Promise.all(machines.map(async ({ id }) => [id, await doubtsOf(id, register)] as const)))
  return machines.flatMap((machine) => {
    const situation = situations.get(machine.id)
    if (situation === undefined) return []
    const { record, run, hasAgent } = situation
    const boot = decideBootIntent({ known: true, record: record.state, run: goingOn(run) })
    return [
      presentMachine(machine, {
        presence: presence.of(machine.id),
        record,
        hasAgent,
        deploymentId: run?.id ?? null,
        boot,
        doubts: doubts.get(machine.id) ?? [],
        strangers: strangers.of(machine.id),
      }),
    ]
  })
}

/** What a person has yet to decide about a machine. */
async function doubtsOf(id: string, register: MachineViewDependencies['register']): Promise<DoubtView[]> {
  const views: DoubtView[] = []
  for (const doubt of await register.openDoubts(id)) {
    const other = await register.get(otherOf(doubt, id) ?? '')
    if (other !== null) views.push(presentDoubt(doubt, other))
  }
  return views
}

/** The run as it decides what the machine boots; null when none goes on. */
function goingOn(run: Situation['run']): GoingOn {
  return run?.isActive === true ? { name: run.name, next: run.next ?? { phase: 'none' } } : null
}

/** A machine as lists show it. Throws Refusal RECORD_UNKNOWN. */
export async function summarizeMachine(
  machine: Machine,
  dependencies: MachineViewDependencies,
): Promise<MachineSummary> {
  const [summary] = await viewMachines([machine], dependencies)
  if (summary === undefined) throw stockRefusal('RECORD_UNKNOWN')
  return summary
}

/** A machine with all that it said of itself. */
export async function viewMachine(
  machine: DescribedMachine,
  dependencies: MachineViewDependencies,
): Promise<MachineView> {
  const { inventory } = machine
  return {
    ...(await summarizeMachine(machine, dependencies)),
    inventory: inventory && presentInventory(inventory),
  }
}
