import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, fsyncSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { hardwareOf } from '../../server/machines/hardware.ts'
import { openStore } from '../../server/store/store.ts'
import { serverFlags } from '../../setup/server-flags.mjs'
import { listenAt, ownLoopbackAddress } from '../machine/loopback.ts'
import { nucInventory } from '../unit/server/api/agent-driver.ts'

const password = 'atelier-de-mesure'

/** The real server over a stock of so many machines, in a process of its own. */
export type StockedServer = AsyncDisposable & {
  url: string
  /** Where agents speak. */
  tlsUrl: string
  token: string
  residentMb(): number
}

/** Machines that were delivered long ago, each with an inventory of some 80 kB as a PC with many devices has it. */
async function fill(file: string, howMany: number): Promise<void> {
  const store = await openStore({ url: null, file })
  const devices = Array.from({ length: 400 }, (_, index) => ({
    ...{ bus: 'pci' as const, address: `0000:00:${index}`, deviceClass: '0200', driver: null },
    ...{ hardwareId: `PCI\\VEN_8086&DEV_15F3&SUBSYS_00008086&REV_${index}`, description: 'A device among many others' },
  }))
  for (let from = 0; from < howMany; from += 500)
    await store.transaction(async ({ machines, records }) => {
      for (let number = from; number < Math.min(howMany, from + 500); number += 1) {
        const id = `machine-${number}`
        const inventory = { ...nucInventory(10), devices }
        const at = new Date(Date.UTC(2025, 0, 1) + number * 60_000)
        const who = { name: null, manufacturer: 'Intel Corporation', product: 'NUC11TNHi5' }
        const code = number.toString(36).toUpperCase().padStart(4, '0')
        const [uuid, serial] = [`4c4c4544-0000-4000-8000-${String(number).padStart(12, '0')}`, `G6BN${number}`]
        const mac = number.toString(16).padStart(6, '0').match(/../g)?.join(':') ?? ''
        await machines.put({
          ...{ id, code, uuid, serial, ...who, macs: [`1c:69:7a:${mac}`] },
          ...{ firstSeenAt: at, lastSeenAt: at, hardware: hardwareOf(inventory) },
        } as Parameters<typeof machines.put>[0])
        await machines.putInventory(id, inventory)
        await records.put({
          ...{ id: `record-${number}`, machineId: id, state: 'delivered', reason: 'livré', sentence: null },
          ...{ createdAt: at, changedAt: at, facts: {} },
        })
        await records.addEvent({
          ...{ recordId: `record-${number}`, at, by: 'claire', from: 'ready', to: 'delivered', reason: 'livré' },
          ...{ sentence: null, runId: null },
        })
      }
    })
  await store.close()
  // Years of stock are on the disk already, and no burden of the server's first writing.
  const written = openSync(file, 'r+')
  fsyncSync(written)
  closeSync(written)
}

async function freePort(host: string): Promise<number> {
  const probe = createServer()
  const port = await listenAt(probe, host, 0)
  probe.close()
  return port
}

/** A step that takes as long as its agent says. */
const sequence = 'name: Mesure\nenvironment:\n  - check-hardware: { memoryAtLeast: 1 GiB }\n'

/** Starts it, with a sequence `mesure` of one step. */
export async function startStockedServer(howMany: number): Promise<StockedServer> {
  const dataDir = mkdtempSync(join(tmpdir(), 'etabli-bench-'))
  await fill(join(dataDir, 'etabli.db'), howMany)
  mkdirSync(join(dataDir, 'sequences'))
  writeFileSync(join(dataDir, 'sequences/mesure.yaml'), sequence)
  const host = ownLoopbackAddress()
  const [port, tlsPort] = [await freePort(host), await freePort(host)]
  const child = spawn(process.execPath, [...serverFlags, resolve('server/main.ts')], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      ...process.env,
      ETABLI_DATA_DIR: dataDir,
      ETABLI_LISTEN: `${host}:${port}`,
      ETABLI_TLS_LISTEN: `${host}:${tlsPort}`,
      ETABLI_ADMIN_PASSWORD: password,
      ETABLI_LOG_LEVEL: 'error',
    },
  })
  const url = `http://${host}:${port}`
  while (!(await fetch(`${url}/healthz`).catch(() => null))?.ok) {
    if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  const signedIn = await fetch(`${url}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ user: 'admin', password }),
  })
  const token = /etabli_session=([^;]+)/.exec(signedIn.headers.get('set-cookie') ?? '')?.[1]
  if (token === undefined) throw new Error(`sign-in was answered ${signedIn.status}`)
  return {
    url,
    tlsUrl: `https://${host}:${tlsPort}`,
    token,
    residentMb: () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1]) / 1000,
    [Symbol.asyncDispose]: async () => {
      const gone = once(child, 'exit')
      child.kill()
      await gone
      rmSync(dataDir, { recursive: true })
    },
  }
}
