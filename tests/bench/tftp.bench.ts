/**
 * TFTP rate at blksize 1428 and several window sizes: ours, dnsmasq and tftpd-hpa side by side, atftp as the client of all.
 * Runs in a network namespace of its own (root), where nothing but loopback exists. Takes well under a minute.
 *
 *     node tests/bench/tftp.bench.ts
 */
import { execFileSync, spawn, spawnSync } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { openRawClient, readRequest } from '../interop/tftp-raw-client.ts'

const BLOCK_BYTES = 1428
const WINDOWS = [1, 4, 16, 64]
const FILE_BYTES = 16 * 1024 * 1024
const ROUNDS = 3
const FILE = 'image.bin'

type Contestant = { name: string; address: string; command: (folder: string, address: string) => string[] }

/** Each on an address of its own; port 69 is theirs alone in the namespace. */
const contestants: Contestant[] = [
  {
    name: 'etabli',
    address: '127.0.0.1',
    command: (folder, address) => [
      process.execPath,
      join(import.meta.dirname, 'tftp-server.ts'),
      address,
      '69',
      folder,
    ],
  },
  {
    name: 'dnsmasq',
    address: '127.0.0.2',
    command: (folder, address) => [
      ...['dnsmasq', '--keep-in-foreground', '--conf-file=/dev/null', '--pid-file=', '--user=root', '--port=0'],
      ...[
        '--enable-tftp',
        `--tftp-root=${folder}`,
        `--listen-address=${address}`,
        '--bind-interfaces',
        '--log-facility=-',
      ],
    ],
  },
  {
    name: 'tftpd-hpa',
    address: '127.0.0.3',
    command: (folder, address) => ['in.tftpd', '-L', '-4', '--address', `${address}:69`, '-u', 'root', '-s', folder],
  },
]

if (process.env['ETABLI_BENCH_NAMESPACE'] === 'inside') await runInside()
else enterNamespace()

function enterNamespace(): void {
  const missing = ['atftp', 'dnsmasq', 'in.tftpd', 'unshare', 'ip'].filter((name) => !isInstalled(name))
  if (missing.length > 0 || process.getuid?.() !== 0) {
    console.log(`skipped: the TFTP bench needs root and these programs: ${missing.join(', ') || 'all are here'}`)
    return
  }
  // in.tftpd resolves its address with AI_ADDRCONFIG and stops where only loopback has one: the veth pair is for it.
  const script =
    'ip link set lo up && ip link add bench0 type veth peer name bench1 && ip address add 192.0.2.1/24 dev bench0 && ' +
    'ip link set bench0 up && exec "$0" "$@"'
  const args = ['--net', 'sh', '-c', script, process.execPath, import.meta.filename]
  const env = { ...process.env, ETABLI_BENCH_NAMESPACE: 'inside' }
  process.exitCode = spawnSync('unshare', args, { stdio: 'inherit', env }).status ?? 1
}

function isInstalled(name: string): boolean {
  return spawnSync('sh', ['-c', `command -v ${name}`]).status === 0
}

async function runInside(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'etabli-bench-'))
  chmodSync(folder, 0o755)
  const content = randomBytes(FILE_BYTES)
  writeFileSync(join(folder, FILE), content)
  const children: ChildProcess[] = []
  try {
    for (const { command, address } of contestants) {
      const [program = '', ...args] = command(folder, address)
      children.push(spawn(program, args, { stdio: 'ignore' }))
    }
    await sleep(1000)
    await compare(folder, createHash('sha256').update(content).digest('hex'))
  } finally {
    for (const child of children) child.kill('SIGTERM')
    rmSync(folder, { recursive: true })
  }
}

async function compare(folder: string, sha256: string): Promise<void> {
  console.log(
    `TFTP, ${FILE_BYTES / 2 ** 20} MiB at blksize ${BLOCK_BYTES}, client atftp, best of ${ROUNDS} rounds, loopback`,
  )
  console.log('× the slowest of the row (MB/s for orientation; [window agreed to])\n')
  console.log(row('windowsize', ...contestants.map(({ name }) => name)))
  for (const window of WINDOWS) {
    const agreed = await Promise.all(contestants.map(({ address }) => agreedWindow(address, window)))
    const rates = bestRates(folder, window, sha256)
    const slowest = Math.min(...rates)
    const cells = rates.map((rate, i) => `${(rate / slowest).toFixed(2)} × (${rate.toFixed(0)}) [${agreed[i]}]`)
    console.log(row(String(window), ...cells))
  }
}

/** Megabytes per second of each contestant; rounds alternate, so that a busy moment of the machine hits all of them. */
function bestRates(folder: string, window: number, sha256: string): number[] {
  const best = contestants.map(() => 0)
  for (let round = 0; round < ROUNDS; round += 1) {
    contestants.forEach(({ address }, index) => {
      best[index] = Math.max(best[index] ?? 0, fetchOnce(folder, address, window, sha256))
    })
  }
  return best
}

function fetchOnce(folder: string, address: string, window: number, sha256: string): number {
  const copy = join(folder, 'copy')
  const options = ['--option', `blksize ${BLOCK_BYTES}`, '--option', `windowsize ${window}`]
  const started = performance.now()
  execFileSync('atftp', [...options, '-g', '-r', FILE, '-l', copy, address, '69'], { stdio: 'ignore', timeout: 20_000 })
  const seconds = (performance.now() - started) / 1000
  const got = createHash('sha256').update(readFileSync(copy)).digest('hex')
  if (got !== sha256) throw new Error(`${address} served other bytes`)
  rmSync(copy)
  return FILE_BYTES / 1e6 / seconds
}

/** Asks for the options and leaves: servers without RFC 7440 do not acknowledge `windowsize`, which means 1. */
async function agreedWindow(address: string, window: number): Promise<string> {
  const client = await openRawClient()
  client.send(readRequest(FILE, { blksize: BLOCK_BYTES, windowsize: window }), { address, port: 69 })
  const answer = await Promise.race([client.receive(), sleep(3000)])
  if (!answer) throw new Error(`no TFTP server answers at ${address}`)
  const { packet, from } = answer
  client.send({ op: 'error', code: 8, message: 'only asking' }, from)
  await sleep(20)
  client.close()
  const option = packet.op === 'oack' ? packet.options.find(({ name }) => name === 'windowsize') : undefined
  return option?.value ?? '1, not offered'
}

function row(...cells: string[]): string {
  return cells.map((cell, index) => (index === 0 ? cell.padStart(10) : cell.padStart(30))).join('')
}
