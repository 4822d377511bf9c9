// Loaded by Node before the agent (`--import`): `start` loads the drivers of disks meanwhile and says when it is done.
import { existsSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

for (let tries = 0; tries < 200 && !existsSync('/run/etabli/devices-ready'); tries += 1) await sleep(50)
