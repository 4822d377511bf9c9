import { execFile, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { createServer, connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { promisify } from 'node:util'
import { listenAt, ownLoopbackAddress } from '../machine/loopback.ts'
import { median, startFileServer } from './file-server.ts'

/** A 2 GiB file over loopback, by curl: our file serving against nginx with sendfile, in turn; one client, then four. */
const rounds = Number(process.env['ETABLI_BENCH_ROUNDS'] ?? 5)
const sizeBytes = 2 * 1024 ** 3
const run = promisify(execFile)

async function startNginx(folder: string): Promise<{ url: string; stop: () => Promise<void> }> {
  // nginx wants its port by number: the address is ours alone, so nobody else is given the port that was just free there.
  const host = ownLoopbackAddress()
  const probe = createServer()
  const port = await listenAt(probe, host, 0)
  probe.close()
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
  const configuration = `daemon off; master_process off; worker_processes 1; pid ${folder}/nginx.pid; error_log stderr;
    events { worker_connections 64; }
    http { access_log off; sendfile on; tcp_nopush on; ${temporary.map((name) => `${name}_temp_path ${folder}/${name};`).join(' ')}
      server { listen ${host}:${port}; root ${folder}; } }`
  writeFileSync(join(folder, 'nginx.conf'), configuration)
  const child = spawn('nginx', ['-p', folder, '-c', join(folder, 'nginx.conf')], {
    stdio: ['ignore', 'ignore', 'ignore'],
  })
  while (!(await answers(host, port))) {
    if (child.exitCode !== null) throw new Error(`nginx ended with ${child.exitCode}`)
    await wait(50)
  }
  return {
    url: `http://${host}:${port}/file`,
    stop: async () => {
      const gone = once(child, 'exit')
      child.kill()
      await gone
    },
  }
}

async function answers(host: string, port: number): Promise<boolean> {
  const socket = connect(port, host)
  const isOpen = await Promise.race([
    once(socket, 'connect').then(() => true),
    once(socket, 'error').then(() => false),
  ]).catch(() => false)
  socket.destroy()
  return isOpen
}

/** MB/s of this many clients together. */
async function rate(url: string, clients: number): Promise<number> {
  const start = performance.now()
  await Promise.all(
    Array.from({ length: clients }, async () => {
      const { stdout } = await run('curl', ['-sf', '-o', '/dev/null', '-w', '%{size_download}', url])
      if (Number(stdout) !== sizeBytes) throw new Error(`curl got ${stdout} bytes from ${url}`)
    }),
  )
  return (clients * sizeBytes) / 1e6 / ((performance.now() - start) / 1000)
}

const scratch = mkdtempSync(join(tmpdir(), 'etabli-bench-'))
const file = join(scratch, 'file')
writeFileSync(file, '')
truncateSync(file, sizeBytes)
// Both are to serve from memory, as a server does for the second machine of a batch.
execFileSync('dd', [`if=${file}`, 'of=/dev/null', 'bs=1M'], { stdio: 'ignore' })
const ours = await startFileServer(file)
const nginx = await startNginx(scratch)
try {
  for (const clients of [1, 4]) {
    const [a, b]: [number[], number[]] = [[], []]
    for (let round = 0; round < (clients === 1 ? rounds : Math.ceil(rounds / 2)); round += 1) {
      a.push(await rate(ours.url, clients))
      b.push(await rate(nginx.url, clients))
    }
    console.log(
      `2 GiB by HTTP, ${clients} curl: ours ${median(a).toFixed(0)} MB/s, nginx with sendfile ${median(b).toFixed(0)} MB/s, ` +
        `ratio ${(median(a) / median(b)).toFixed(2)}`,
    )
  }
} finally {
  await ours.stop()
  await nginx.stop()
  rmSync(scratch, { recursive: true })
}
