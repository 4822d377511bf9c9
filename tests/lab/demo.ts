import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { freshMachine } from '../windows/machine.ts'
import { calmLabMachine, fillLabCatalogue } from './lab-windows.ts'
import { offerStandInWindows } from './stand-in-windows.ts'
import { startVirtualMachine } from './virtual-machine.ts'
import { wholeSequence } from './whole-sequence.ts'
import { adminPassword, openWorkshop } from './workshop.ts'
import { signIn } from './api-client.ts'

/**
 * `npm run demo`: two virtual NUCs with Secure Boot on a wire of their own, and the dashboard on localhost. Ctrl-C ends it all.
 */
const environment = resolve('build/environment')
const say = (text: string): void => void process.stdout.write(`${text}\n`)
const workshop = await openWorkshop({ folder: 'build/demo', environment, localPort: 8080 }).catch(
  async (error: unknown) => {
    const busy = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
    if (!busy) throw error
    return openWorkshop({ folder: 'build/demo', environment })
  },
)

const nucs = [
  { name: 'nuc-1', product: 'NUC11TNKi5', board: 'NUC11TNBi5', serial: 'G6TN14500ABC' },
  { name: 'nuc-2', product: 'NUC13ANHi5', board: 'NUC13ANBi5', serial: 'G6AN23100XYZ' },
]
const machines = await Promise.all(
  nucs.map(({ name, ...smbios }, index) =>
    startVirtualMachine({
      network: workshop.network,
      folder: join(workshop.folder, name),
      name,
      mac: `52:54:00:77:00:0${index + 1}`,
      cpus: 1,
      memoryMiB: 2048,
      smbios: { ...smbios, uuid: `88f3b3a0-5f2c-11ec-9d64-0242ac12000${index + 1}` },
      disks: [
        {
          kind: 'nvme',
          file: join(workshop.folder, name, 'disk.raw'),
          sizeBytes: 256 * 2 ** 30,
          serial: `S64DNX0R${index + 1}12345`,
          bootIndex: 2,
        },
      ],
    }),
  ),
)

say('')
say(`  Établi, démonstration : ${workshop.url}`)
say(`  compte admin, mot de passe ${adminPassword}`)
say('  Deux NUC virtuels démarrent par le réseau, Secure Boot actif ; ils apparaissent dans l’atelier en une minute.')
say('  Two virtual NUCs boot from the network with Secure Boot on; they show on the bench within a minute.')
say('  Ctrl-C termine tout. / Ctrl-C ends it all.')

const ending = Promise.withResolvers<undefined>()
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => ending.resolve(undefined))

// Windows' part is played, since there is none here to install: the same agent, the same steps, small programs behind it.
const { network, folder, dataDir } = workshop
const standIn = await offerStandInWindows({ network, environment, folder, machine: freshMachine(calmLabMachine()) })
mkdirSync(join(dataDir, 'sequences'), { recursive: true })
writeFileSync(
  join(dataDir, 'sequences', 'demonstration.yaml'),
  wholeSequence('Démonstration, du PC nu à la vente', standIn),
)
fillLabCatalogue(dataDir)

say('  Une image en forme de Windows est préparée… / A Windows-shaped image is being prepared…')
const boot = join(environment, 'boot')
const making = spawn(
  process.execPath,
  [
    join(import.meta.dirname, 'windows-image.ts'),
    resolve('tests/.cache'),
    join(boot, 'shimx64.efi'),
    join(boot, 'grubx64.efi'),
  ],
  { stdio: ['ignore', 'ignore', 'inherit'] },
)
const made = await Promise.race([once(making, 'exit'), ending.promise])
if (made?.[0] === 0) {
  const api = await signIn(workshop.url, adminPassword)
  await api.post('/api/imports', { path: resolve('tests/.cache/windows-11-pro.wim') })
} else if (made === undefined) making.kill()

await ending.promise
say('')
await Promise.all(machines.map((machine) => machine.cutPower()))
await workshop.close()
