import type { UserConsoleLog } from 'vitest'
import type { Reporter, TestModule } from 'vitest/node'

/**
 * Ends a test run with one plain line, `12 passed, 0 failed`, that scripts and CI can read; before it, why anything was
 * skipped (the lines of `canRun`).
 */
export default class ClosingLine implements Reporter {
  #reasons = new Set<string>()

  onUserConsoleLog({ content }: UserConsoleLog): void {
    for (const [line] of content.matchAll(/^skipped: .*$/gm)) this.#reasons.add(line)
  }

  onTestRunEnd(modules: ReadonlyArray<TestModule>, unhandledErrors: ReadonlyArray<unknown>): void {
    const counts = { passed: 0, failed: unhandledErrors.length, skipped: 0 }
    for (const module of modules) {
      const states = [...module.children.allTests()].map((test) => test.result().state)
      counts.passed += states.filter((state) => state === 'passed').length
      counts.failed += states.filter((state) => state === 'failed').length
      counts.skipped += states.filter((state) => state === 'skipped').length
      // A file or a hook that fails leaves its tests skipped: that is a failure all the same.
      if (module.state() === 'failed' && !states.includes('failed')) counts.failed += 1
    }
    if (counts.skipped > 0) for (const reason of this.#reasons) process.stdout.write(`${reason}\n`)
    const skipped = counts.skipped > 0 ? `, ${counts.skipped} skipped` : ''
    process.stdout.write(`${counts.passed} passed, ${counts.failed} failed${skipped}\n`)
  }
}
