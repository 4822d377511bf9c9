/**
 * Our TFTP server as a process of its own, for tests in network namespaces: `node server.ts '{"address": …}'`.
 * Says each event as a line of JSON; ends orderly on SIGTERM.
 */
import { servedFolder } from '../../../server/tftp/roots.ts'
import { DEFAULT_TFTP_CONFIG, listen } from '../../../server/tftp/server.ts'

export type TftpServerOrder = {
  readonly address: string
  readonly folder: string
  /** Otherwise what a server without settings allows. */
  readonly maxBlockBytes?: number
  /** What the server believes of every way instead of asking the kernel. */
  readonly believedMtu?: number
}

const order: TftpServerOrder = JSON.parse(process.argv[2] ?? '{}')
const { address, folder, maxBlockBytes = DEFAULT_TFTP_CONFIG.limits.maxBlockBytes, believedMtu } = order

function say(line: object): void {
  process.stdout.write(`${JSON.stringify(line)}\n`)
}

const server = await listen(
  {
    ...DEFAULT_TFTP_CONFIG,
    addresses: [address],
    device: 'eth0',
    limits: { ...DEFAULT_TFTP_CONFIG.limits, maxBlockBytes },
  },
  { open: servedFolder(folder), onEvent: say, ...(believedMtu === undefined ? {} : { readMtu: () => believedMtu }) },
)
process.once('SIGTERM', () => void server.close())
say({ type: 'ready' })
