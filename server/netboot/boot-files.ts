import { servedFolder } from '../tftp/roots.ts'
import { fileOfBytes, type Opener } from '../tftp/opener.ts'
import { foldCase } from '../tftp/file-name.ts'
import { shimFile } from './boot-request.ts'
import type { EnvironmentFolder } from './environment-folder.ts'
import { renderMachineConfig, renderStartConfig, type AgentServer } from './grub-config.ts'
import type { Environment } from './environment-folder.ts'
import type { BootIntent } from './intent.ts'

/** Under which name shim asks for its second stage (shim.c, DEFAULT_LOADER). */
const grubFile = 'grubx64.efi'

/**
 * What firmware, shim and GRUB load by TFTP; all else is "not found" at once.
 *
 * @param server `ADDRESS:PORT` of our HTTP server, as machines reach it.
 */
export function bootFileOpener(environmentFolder: EnvironmentFolder, server: string): Opener {
  const startConfig = Buffer.from(renderStartConfig(server))
  return async (path, client) => {
    const requested = foldCase(path)
    if (requested === '/grub/grub.cfg') return fileOfBytes(startConfig)
    if (requested !== `/${shimFile}` && requested !== `/${grubFile}`)
      return { kind: 'missing', reason: 'File not found' }
    const environment = await environmentFolder.current()
    if (!environment) return { kind: 'missing', reason: 'The boot environment is not built' }
    const { shim, grub } = environment.manifest
    return servedFolder(environment.folder)(`/${requested === `/${shimFile}` ? shim : grub}`, client)
  }
}

/** Where a file of the environment lies on our HTTP server. */
export function environmentPath(environment: Pick<Environment, 'version'>, name: string): string {
  return `/boot/environment/${environment.version}/${name}`
}

/**
 * `grub.cfg` of one machine. Whatever is not clearly "environment" is the disk: that changes nothing on the machine.
 *
 * @param machine `server` is `ADDRESS:PORT` of plain HTTP; `intent` is null when nobody could decide.
 */
export function machineConfig(machine: {
  intent: BootIntent | null
  environment: Environment | null
  mac: string
  server: string
  agents: AgentServer
}): string {
  const { intent, environment, mac, server, agents } = machine
  if (intent?.intent !== 'environment' || !environment) return renderMachineConfig({ boot: 'local-disk' })
  const { manifest } = environment
  return renderMachineConfig({
    boot: 'environment',
    server,
    agents,
    mac,
    kernelPath: environmentPath(environment, manifest.kernel),
    initrdPath: environmentPath(environment, manifest.initrd),
    kernelArguments: manifest.kernelArguments,
    layers: manifest.layers.map((name) => ({
      path: environmentPath(environment, name),
      sha256: environment.file(name)?.sha256 ?? '',
    })),
  })
}
