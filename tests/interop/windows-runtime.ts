import { readRuntime } from '../../agent/windows/build/runtime.ts'

/**
 * Why no executable for Windows can be built here; null when one can. The runtime is fetched by npm once: a machine
 * without a registry has none to test.
 */
export async function whyNoRuntime(cacheDir: string, signal: AbortSignal): Promise<string | null> {
  try {
    await readRuntime(cacheDir, signal)
    return null
  } catch (error) {
    if (!(error instanceof Error) || !error.message.startsWith('npm failed')) throw error
    return `the Windows runtime cannot be fetched: ${error.message}`
  }
}
