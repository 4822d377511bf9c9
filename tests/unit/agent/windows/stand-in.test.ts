import { readdirSync, readFileSync } from 'node:fs'
import { join, parse } from 'node:path'
import { describe, expect, test } from 'vitest'
import { answer } from '../../../windows/answer.ts'
import type { Call } from '../../../windows/call.ts'
import { freshMachine, started } from '../../../windows/machine.ts'
import { nucMachine } from '../../../windows/nuc-machine.ts'
import { scripts } from '../../../windows/scripts/scripts.ts'

const scriptsFolder = join(import.meta.dirname, '../../../../agent/windows/scripts')

const fixturesFolder = join(import.meta.dirname, '../../../fixtures/windows/scripts')

function call(program: string, args: string[] = [], script: Call['script'] = null): Call {
  return { program, args, script, file: null, atMs: 1_000_000 }
}

describe('the stand-in for Windows', () => {
  test('plays every PowerShell script the agent has', () => {
    const files = readdirSync(scriptsFolder).filter((name) => name.endsWith('.ps1'))
    expect([...scripts.keys()].toSorted()).toEqual(files.map((file) => parse(file).name).toSorted())
  })

  test.each(['measure-windows', 'measure-hardware', 'measure-apps'])(
    'sends the parts that %s sends, and no other',
    (name) => {
      const text = readFileSync(join(scriptsFolder, `${name}.ps1`), 'utf8')
      const parts = [...text.matchAll(/^Measure-Part '(\w+)'/gm)].map(([, part]) => part)
      const { result } = answer(freshMachine(), call('powershell.exe', [], { name, input: {} }))
      expect(Object.keys(Object(result)).toSorted()).toEqual(parts.toSorted())
      // Nor does what is kept as its answers hold more.
      const kept: { answers: Record<string, { result: object }> } = JSON.parse(
        readFileSync(join(fixturesFolder, `${name}.json`), 'utf8'),
      )
      for (const one of Object.values(kept.answers))
        expect(Object.keys(one.result).filter((part) => !parts.includes(part))).toEqual([])
    },
  )

  test('answers none of an unknown name, and none of a workshop that the test has not foreseen', () => {
    const unknown = answer(freshMachine(), call('powershell.exe', [], { name: 'no-such', input: {} }))
    expect(unknown).toMatchObject({ code: 1, stderr: expect.stringContaining('no-such') })
    expect(answer(freshMachine(), call('powershell.exe', [], { text: 'Get-Date' })).code).toBe(1)
  })

  test('keeps what an installer brings, and lets the rest come later', () => {
    const before = freshMachine(nucMachine())
    const { machine, files } = answer(before, call('msiexec.exe', ['/i', 'C:\\x\\TeamViewer_Host.msi', '/qn']))
    expect(machine.installed).toEqual({ 'TeamViewer_Host.msi': 1 })
    expect(files).toEqual([{ path: 'C:\\Program Files\\TeamViewer\\TeamViewer.exe', content: 'program' }])
    const key = 'hklm\\software\\teamviewer'
    const input = { keys: [{ key, names: ['clientid'] }] }
    const query = call('powershell.exe', [], { name: 'read-registry', input })
    expect(answer(machine, query).result).toEqual({ keys: [{ key, state: 'there', values: [] }] })
    expect(answer(machine, { ...query, atMs: query.atMs + 2000 }).result).toEqual({
      keys: [{ key, state: 'there', values: [{ name: 'clientid', kind: 'DWord', data: '1234567890' }] }],
    })
  })

  test('after a restart has what waited for one', () => {
    const update = { updates: nucMachine().updates?.map((one) => ({ ...one, hangsOnce: false })) ?? [] }
    const input = { updates: update.updates.map(({ id }) => ({ key: `${id}.200` })) }
    const { machine } = answer(freshMachine(update), call('powershell.exe', [], { name: 'update-install', input }))
    expect(machine.restartPending).toBe(true)
    expect(started(machine)).toMatchObject({ restartPending: false, starts: 2 })
    const states = (all: typeof machine): string[] => all.updates.map(({ state }) => state)
    expect(states(machine)).toEqual(['restart-pending', 'installed', 'available', 'available'])
    expect(states(started(machine))).toEqual(['installed', 'installed', 'available', 'available'])
  })

  test('fails as often as it was told', () => {
    const faults = { 'pnputil.exe': { code: 5, times: 1 } }
    const first = answer(freshMachine({ faults }), call('pnputil.exe', ['/scan-devices']))
    expect(first.code).toBe(5)
    expect(answer(first.machine, call('pnputil.exe', ['/scan-devices'])).code).toBe(0)
  })
})
