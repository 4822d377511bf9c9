import { builtInCards } from '../../protocol/network-card.ts'
import { join } from 'node:path'
import { byteProgress } from '../../runtime/byte-progress.ts'
import { failure } from '../../protocol/failures/failures.ts'
import { fetchMaterial } from '../../runtime/material-files.ts'
import { StepError, type StepContext } from '../../runtime/step.ts'
import { executableFile } from '../../protocol/windows-agent/manifest.ts'
import type { AgentConfiguration } from '../../protocol/windows-agent/configuration.ts'
import type { PinnedServer } from '../../protocol/pinned-server.ts'
import type { StepDependencies } from '../dependencies.ts'
import { protect, writeProtected, writing } from './protected-files.ts'
import { etabliFolder, makeFolder } from './windows-volume.ts'

const doing = { fr: 'Copie de l’agent pour Windows', en: 'Copying the agent for Windows' }
/** As `AgentConfiguration` takes it. */
const mac = /^([0-9a-f]{2}:){5}[0-9a-f]{2}$/

/**
 * Writes the agent and all it has to know to `ProgramData\Etabli`, closed to users: with it on the disk, Windows needs no
 * network to begin. Throws WINDOWS_AGENT_MISSING, the MATERIAL_ failures, WINDOWS_NOT_PREPARED.
 *
 * @returns the agent's version
 */
export async function writeAgent(
  context: StepContext,
  dependencies: StepDependencies,
  windows: string,
): Promise<string> {
  const { agent } = context.work.materials ?? {}
  if (agent === undefined) throw new StepError(failure('WINDOWS_AGENT_MISSING', { lack: executableFile }))
  const configuration = configurationOf(context, dependencies.server)
  const folder = await writing(etabliFolder.join('\\'), () => makeFolder(windows, etabliFolder))
  await protect(context, 'folder', [folder])
  const onBytes = byteProgress(context, agent.file.sizeBytes, doing)
  const executable = await fetchMaterial(context, { ...agent.file, path: executableFile }, folder, onBytes)
  await protect(context, 'file', [executable])
  await writeProtected(context, join(folder, 'agent.json'), `${JSON.stringify(configuration, null, 2)}\n`)
  return agent.version
}

function configurationOf({ work, inventory }: StepContext, { url, pin }: PinnedServer): AgentConfiguration {
  // Without it the server would have no work for Windows (protocol.ts), and the run would stand still.
  if (work.agentKey === undefined) throw new StepError(failure('WINDOWS_AGENT_MISSING', { lack: 'agentKey' }))
  const macs = builtInCards(inventory)
    .map((one) => one.mac.toLowerCase())
    .filter((one) => mac.test(one))
  const { uuid, serial } = inventory.system
  return { server: url.origin, pin, key: work.agentKey, machine: { uuid, serial, macs } }
}
