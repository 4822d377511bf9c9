import { setTimeout as sleep } from 'node:timers/promises'
import type { Page } from 'playwright-core'

/** A run as the API shows it; what the tests look at. */
export type RunView = {
  id: string
  state: string
  problem: { code: string; message: string } | null
  steps: Array<{
    type: string
    phase: string
    state: string
    attempt: number
    progress: { fraction: number | null; bytesDone?: number } | null
    result: Record<string, unknown> | null
  }>
}

/** Waits until a run of this machine is as it is wanted; a run that needs a person ends the wait at once. */
export async function untilRun(
  page: Page,
  url: string,
  machineLabel: string,
  wanted: (run: RunView) => boolean,
  timeoutMs: number,
): Promise<RunView> {
  const end = Date.now() + timeoutMs
  for (;;) {
    const run = await latestRun(page, url, machineLabel)
    if (run && wanted(run)) return run
    if (run?.state === 'attention') throw new Error(`the run needs a person: ${JSON.stringify(run.problem)}`)
    if (Date.now() > end) throw new Error(`not within ${timeoutMs / 1000} s; the run is ${JSON.stringify(run)}`)
    await sleep(500)
  }
}

/** Null while the server does not answer, or has no run. */
async function latestRun(page: Page, url: string, machineLabel: string): Promise<RunView | null> {
  const answer = await page.request.get(`${url}/api/deployments`).catch(() => null)
  if (!answer?.ok()) return null
  const list: { items: Array<RunView & { machineLabel: string }> } = await answer.json()
  return list.items.find((one) => one.machineLabel.includes(machineLabel)) ?? null
}

export const isStep =
  (type: string, state: string) =>
  ({ steps }: RunView): boolean =>
    steps.some((step) => step.type === type && step.state === state)
