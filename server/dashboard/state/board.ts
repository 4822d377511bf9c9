import type { DeploymentView } from '../../api/deployments/schema.ts'
import type { MachineSummary } from '../../api/machines/schema.ts'
import { contactNote, needsLook } from './contact.ts'
import type { Workshop } from './reduce.ts'
import { offerFor } from './start.ts'

export const groups = ['attention', 'working', 'waiting', 'done'] as const
export type Group = (typeof groups)[number]
export type Card = { machine: MachineSummary; deployment: DeploymentView | null; group: Group }

/** A finished machine stays on the bench this long after it was switched off: somebody has to take it away. */
const doneForMs = 12 * 3_600_000

/** Where on the bench a machine belongs; null when it is not on the bench. */
export function groupOf(machine: MachineSummary, deployment: DeploymentView | null, now: Date): Group | null {
  const here = machine.presence.kind !== 'absent'
  switch (deployment?.state) {
    case 'attention':
      return 'attention'
    case 'waiting':
    case 'running':
      // Silent for too long after Windows was started: nobody but a person can see why.
      return needsLook(contactNote(deployment, now)) ? 'attention' : 'working'
    case 'done': {
      const endedAt = Date.parse(deployment.endedAt ?? deployment.createdAt)
      return here || now.getTime() - endedAt < doneForMs ? 'done' : null
    }
    case 'cancelled':
    case undefined:
      return here ? 'waiting' : null
  }
}

/**
 * The bench's cards, sorted: within a group as the machines came, whenever their runs were begun, so that nothing jumps while
 * one reads, and a row on the screen is a row on the bench.
 */
export function cardsOf(workshop: Workshop, now: Date): Card[] {
  const cards: Card[] = []
  for (const machine of Object.values(workshop.machines)) {
    const deployment = deploymentOf(workshop, machine)
    const group = groupOf(machine, deployment, now)
    if (group !== null) cards.push({ machine, deployment, group })
  }
  return cards.sort(byGroupThenArrival)
}

export function deploymentOf(workshop: Workshop, machine: MachineSummary): DeploymentView | null {
  const id = machine.deploymentId
  const known = id === null ? undefined : workshop.deployments[id]
  if (known !== undefined) return known
  // The run may be heard of before its machine's own event.
  return Object.values(workshop.deployments).find((one) => one.machineId === machine.id && isActive(one)) ?? null
}

export function isActive(deployment: DeploymentView): boolean {
  return deployment.state === 'waiting' || deployment.state === 'running' || deployment.state === 'attention'
}

/** Whether a run can be started: nothing goes on with it, nobody doubts which PC it is, and it is the workshop's to prepare or check. */
export function isFree({ group, machine }: Card): boolean {
  return (group === 'waiting' || group === 'done') && machine.doubts.length === 0 && offerFor(machine) !== null
}

function byGroupThenArrival(a: Card, b: Card): number {
  const group = groups.indexOf(a.group) - groups.indexOf(b.group)
  if (group !== 0) return group
  return arrivalOf(a) < arrivalOf(b) ? -1 : 1
}

function arrivalOf({ machine }: Card): string {
  return `${machine.firstSeenAt} ${machine.id}`
}

export function countGroups(cards: readonly Card[]): Record<Group, number> {
  const counts: Record<Group, number> = { attention: 0, working: 0, waiting: 0, done: 0 }
  for (const card of cards) counts[card.group] += 1
  return counts
}
