import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isBootEnvironment } from '../../../../agent/environment/command-line.ts'
import { judgeClock } from '../../../../agent/environment/clock/judge-clock.ts'
import { openMachineClock, untouchedClock } from '../../../../agent/environment/clock/machine-clock.ts'
import { posixZone } from '../../../../agent/environment/clock/set-clock.ts'
import { timeBias } from '../../../../agent/environment/offline-windows/time-bias.ts'
import type { Exec, ExecResult } from '../../../../agent/runtime/exec.ts'

const at = '2026-11-27T10:00:00.000Z'
const serverMs = Date.parse(at)
const hourMs = 3_600_000
const nineYearsAgo = '2017-11-27T10:00:00Z'

describe('the clock a machine comes with', () => {
  test.each<[string, number, string]>([
    ['agrees to a few seconds', -4000, 'right'],
    ['keeps the local time of Paris, in summer, as Windows wants it', 2 * hourMs, 'set-system'],
    ['keeps California’s, where the board was tested', -8 * hourMs, 'set-system'],
    ['keeps Kiribati’s, and drifts', 14 * hourMs + 600_000, 'set-system'],
    ['is a day late', -24 * hourMs, 'set-both'],
    ['has an empty battery', Date.parse(nineYearsAgo) - serverMs, 'set-both'],
    ['is ten years ahead', 10 * 365 * 24 * hourMs, 'set-both'],
  ])('%s', (_what, aheadMs, kind) => {
    expect(judgeClock({ machineMs: serverMs + aheadMs, serverMs })).toMatchObject({ kind })
  })

  test.each([0, Date.UTC(2015, 0), Number.NaN])('follows no server that says it is %s', (stopped) => {
    expect(judgeClock({ machineMs: serverMs, serverMs: stopped })).toEqual({ kind: 'server-implausible' })
  })

  test('is not called wrong for any whole hour that a zone of the world can be', () => {
    fc.assert(
      fc.property(fc.integer({ min: -12, max: 14 }), (hours) => {
        const { kind } = judgeClock({ machineMs: serverMs + hours * hourMs, serverMs })
        expect(kind).toBe(hours === 0 ? 'right' : 'set-system')
      }),
    )
  })
})

/** The machine's clocks as `date` and `hwclock` leave them, where each has the answer it is given. */
function clocks(now: string, answers: Record<string, ExecResult> = {}) {
  const run: string[] = []
  let ms = Date.parse(now)
  const exec: Exec = (command, args, options) => {
    const answer = answers[command] ?? { kind: 'exited', code: 0, stdout: '', stderr: '' }
    run.push(
      [...Object.entries(options?.env ?? {}).map(([name, value]) => `${name}=${value}`), command, ...args].join(' '),
    )
    if (command === 'date' && answer.kind === 'exited' && answer.code === 0) ms = Number(args.at(-1)?.slice(1)) * 1000
    return Promise.resolve(answer)
  }
  const said: string[] = []
  const machine = openMachineClock({ clock: { now: () => new Date(ms) }, exec, say: (text) => said.push(text) })
  return { machine, exec, run, said }
}

const server = { at, utcOffsetMinutes: 60 }
const refused: ExecResult = { kind: 'exited', code: 1, stdout: '', stderr: 'Cannot access the Hardware Clock' }
const setForParis = 'TZ=<WIN>-1:00 hwclock --systohc --localtime --noadjfile'

describe('the machine’s clock, when the server has said the time', () => {
  test('is left alone where it is right', async () => {
    const { machine, run } = clocks('2026-11-27T10:00:03Z')
    expect(await machine.heard(server)).toBe(false)
    expect([run, machine.fact()]).toEqual([[], undefined])
  })

  test('is set for this start where it is some zone’s local time, and the firmware’s left to its Windows', async () => {
    const { machine, run } = clocks('2026-11-27T11:00:00Z')
    expect(await machine.heard(server)).toBe(false)
    expect([run, machine.fact()]).toEqual([['date -u -s @1795773600.000'], undefined])
  })

  test('with an empty battery is set with the firmware’s, and the inventory says so once', async () => {
    const { machine, run } = clocks(nineYearsAgo)
    expect(await machine.heard(server)).toBe(true)
    expect(run).toEqual(['date -u -s @1795773600.000', setForParis])
    expect(machine.fact()).toEqual({ aheadSeconds: -283_996_800, corrected: true })
    expect(await machine.heard(server)).toBe(false)
    expect(run).toHaveLength(2)
  })

  test.each<[string, Record<string, ExecResult>]>([
    ['refuses the firmware’s clock', { hwclock: refused }],
    ['has no hwclock', { hwclock: { kind: 'missing' } }],
    ['refuses its own', { date: refused }],
  ])('is told as not set where the machine %s, and it is news only once', async (_what, answers) => {
    const { machine, said } = clocks(nineYearsAgo, answers)
    expect(await machine.heard(server)).toBe(true)
    expect(machine.fact()).toMatchObject({ corrected: false })
    expect(said.join('\n')).toContain('cannot be set')
    expect(await machine.heard(server)).toBe(false)
  })

  test('is written for Windows in the local time that Windows will take it for', async () => {
    const { machine, exec, run } = clocks(at)
    await machine.heard(server)
    expect(await machine.setForWindows(exec, 420)).toEqual({ kind: 'set' })
    expect(run).toEqual(['TZ=<WIN>7:00 hwclock --systohc --localtime --noadjfile'])
  })

  test.each<[string, { at: string; utcOffsetMinutes: number }, Record<string, ExecResult>]>([
    ['the server’s has stopped', { at: '1970-01-01T00:00:00Z', utcOffsetMinutes: 0 }, {}],
    ['the system’s could not be set', server, { date: refused }],
  ])('is not written for Windows when %s', async (_what, told, answers) => {
    const { machine, exec, run } = clocks(nineYearsAgo, answers)
    await machine.heard(told)
    expect(await machine.setForWindows(exec, 480)).toMatchObject({ kind: 'left' })
    expect(run.join('\n')).not.toContain('hwclock')
  })

  test('of somebody’s own computer is not ours', async () => {
    expect(isBootEnvironment('quiet etabli.tls=https://10.0.0.1:8443')).toBe(true)
    expect(isBootEnvironment('root=/dev/sda1 quiet')).toBe(false)
    expect(await untouchedClock.heard({ at: '2040-01-01T00:00:00Z', utcOffsetMinutes: 0 })).toBe(false)
    expect(await untouchedClock.setForWindows(clocks(at).exec, 0)).toMatchObject({ kind: 'left' })
  })
})

test.each([0, 60, 480, 420, -60, -120, -330, -345, -840, 570])(
  'date takes the zone of a bias of %d minutes',
  (bias) => {
    const shown = execFileSync('date', ['-d', '@1795773600', '+%Y-%m-%dT%H:%M'], {
      encoding: 'utf8',
      env: { PATH: process.env['PATH'], TZ: posixZone(bias) },
    })
    expect(shown.trim()).toBe(new Date(serverMs - bias * 60_000).toISOString().slice(0, 16))
  },
)

describe('the time zone of a Windows that has not started', () => {
  test.each<[string, string, number | null]>([
    ['its active bias, before its standard one', '"Bias"=dword:000001e0\n"ActiveTimeBias"=dword:000001a4\n', 420],
    [
      'its standard one where there is no other',
      '"Bias"=dword:000001e0\n"StandardName"="Pacific Standard Time"\n',
      480,
    ],
    ['east of Greenwich', '"ActiveTimeBias"=dword:ffffffc4\n', -60],
    ['a clock in UTC, when somebody set it so', '"RealTimeIsUniversal"=dword:00000001\n"Bias"=dword:000001e0\n', 0],
    ['nothing', '', null],
    ['a damaged value', '"ActiveTimeBias"=dword:7fffffff\n', null],
    ['a value of another type', '"ActiveTimeBias"=hex(3):a4,01,00,00\n', null],
  ])('is %s', (_what, output, bias) => {
    expect(timeBias(output)).toBe(bias)
  })

  test('is read from any text without a fault', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(timeBias(text) ?? 0).toBeTypeOf('number')
      }),
    )
  })
})
