import { createDeployments } from '../../../../server/deployments/deployments.ts'
import { createSequences } from '../../../../server/deployments/planning/sequences.ts'
import { evidenceHolds } from '../../../../server/deployments/records/evidence-holds.ts'
import { hasLiveRun } from '../../../../server/deployments/records/run-store.ts'
import { createRegister } from '../../../../server/machines/register.ts'
import { createStock } from '../../../../server/stock/stock.ts'
import { openStore } from '../../../../server/store/store.ts'
import { inventory } from '../deployments/sample.ts'

/**
 * A server that records facts until it is killed, and says each on standard output only after it was answered:
 * `node recorder.ts DATABASE SEQUENCES`. Lines are JSON: `{run, step, lines}` for a step's accepted result and its log.
 */
const [file = '', own = ''] = process.argv.slice(2)
const now = () => new Date()
const newId = () => crypto.randomUUID()
const store = await openStore({ url: null, file })
const stock = createStock({ store, evidenceHolds, now, newId })
const register = createRegister({
  ...{ store, onMeeting: stock.meet, onJoining: stock.join, hasRun: hasLiveRun, newId },
})
const sequences = createSequences({ shipped: own, own })
const none = async () => null
const deployments = createDeployments({
  store,
  register,
  stock,
  sequences,
  images: async () => [],
  materials: none,
  secretLacks: async () => [],
  now,
  newId,
})

const { machine } = await register.meet(inventory(), now())
const left = await deployments.activeFor(machine.id)
if (left) await deployments.cancel(left.id, { by: 'recorder', reason: 'killed' })

for (;;) {
  const [run] = await deployments.start({ machineIds: [machine.id], sequenceId: 'short', by: 'recorder' })
  if (!run) throw new Error('no run was made')
  for (const { id: stepId } of run.steps) {
    await deployments.workFor(machine.id, 'environment', { bootId: 'boot-one', version: '1' })
    const say = (body: Parameters<typeof deployments.report>[0]['body']) =>
      deployments.report({ runId: run.id, stepId, attempt: 1, at: now().toISOString(), body }, now())
    await say({ kind: 'started' })
    await say({ kind: 'log', from: 0, lines: [{ at: now().toISOString(), level: 'info', text: stepId }] })
    const verdict = await say({ kind: 'done', result: { stepId } })
    if (verdict === 'accepted') process.stdout.write(`${JSON.stringify({ run: run.id, step: stepId })}\n`)
  }
}
