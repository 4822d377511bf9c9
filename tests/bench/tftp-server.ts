/** Our TFTP server as a process of its own, so that the bench compares like with like: `node tftp-server.ts ADDRESS PORT FOLDER`. */
import { servedFolder } from '../../server/tftp/roots.ts'
import { DEFAULT_TFTP_CONFIG, listen } from '../../server/tftp/server.ts'

const [address = '127.0.0.1', port = '69', folder = '.'] = process.argv.slice(2)
const server = await listen(
  { ...DEFAULT_TFTP_CONFIG, addresses: [address], port: Number(port) },
  {
    open: servedFolder(folder),
    onEvent: (event) => {
      if (event.type === 'failed' || event.type === 'segmentation-unavailable') console.error(JSON.stringify(event))
    },
  },
)
process.on('SIGTERM', () => void server.close().then(() => process.exit(0)))
