import { describe, expect, test } from 'vitest'
import { choosePinned, type PinnedQuestion } from '../../../../../agent/environment/disk/pinned-choice.ts'
import { judgePins, sortByPins } from '../../../../../agent/environment/disk/pinned-disks.ts'
import { describeFailure } from '../../../../../agent/protocol/failures/failures.ts'
import type { Disk } from '../../../../../agent/protocol/inventory.ts'
import { makeDisk, raidController } from '../../machines.ts'

const a = makeDisk({ name: 'nvme0n1', serial: 'A', wwn: null, sizeBytes: 5e11, place: 'pci-0000:01:00.0-nvme-1' })
const b = makeDisk({
  name: 'sda',
  serial: 'B',
  wwn: null,
  sizeBytes: 1e12,
  transport: 'sata',
  place: 'pci-0000:00:17.0-ata-1',
})
const c = makeDisk({
  name: 'sdb',
  serial: 'C',
  wwn: null,
  sizeBytes: 2e12,
  transport: 'sata',
  place: 'pci-0000:00:17.0-ata-2',
})
const usb = makeDisk({ name: 'sdc', serial: 'U', wwn: null, sizeBytes: 1e12, transport: 'usb' })
const bare = (more: Partial<Disk> = {}) => ({ ...a, serial: null, ...more })

type Case = { pins: Disk[]; present: Disk[]; rule?: PinnedQuestion['rule']; devices?: PinnedQuestion['devices'] }

function decide({ pins, present, rule = 'only', devices = [] }: Case) {
  return choosePinned({ pins, now: sortByPins(pins, present), rule, devices, neededBytes: 6e10 })
}

/** The serial (else the name) of the disk that would be erased, or the code; with what a person could choose. */
function outcome(question: Case): string {
  const decision = decide(question)
  if (decision.kind === 'chosen') return decision.disk.serial ?? decision.disk.name
  const { code, choice } = decision.failure
  return [code, ...(choice?.options.map(({ value }) => value) ?? [])].join(' ')
}

describe('the disk that a run may erase', () => {
  test.each<[behaviour: string, question: Case, expected: string]>([
    ['is the one that was seen', { pins: [a], present: [a] }, 'A'],
    ['is never another one, though it is the only one there', { pins: [a], present: [b] }, 'DISK_NOT_EXPECTED'],
    ['is gone when nothing is there', { pins: [a], present: [] }, 'DISK_GONE'],
    ['is gone when only a USB disk is there', { pins: [a], present: [usb] }, 'DISK_GONE'],
    ['is the one that was seen, also beside a new one', { pins: [a], present: [b, a] }, 'A'],
    ['is the largest of those seen, not a larger new one', { pins: [a, b], present: [a, b, c], rule: 'largest' }, 'B'],
    [
      'is not the largest left when the largest was pulled',
      { pins: [a, b], present: [a], rule: 'largest' },
      'DISK_GONE',
    ],
    [
      'is not the largest left when it was swapped',
      { pins: [a, b], present: [a, c], rule: 'largest' },
      'DISK_NOT_EXPECTED',
    ],
    [
      'is not the smallest left when the smallest was pulled',
      { pins: [a, b], present: [b], rule: 'smallest' },
      'DISK_GONE',
    ],
    ['is asked for when two were seen', { pins: [a, b], present: [a, b] }, 'DISK_AMBIGUOUS A B'],
    ['is asked for among those seen only', { pins: [a, b], present: [a, b, c] }, 'DISK_AMBIGUOUS A B'],
    ['is asked for though one of the two was pulled', { pins: [a, b], present: [b] }, 'DISK_AMBIGUOUS B'],
    ['is asked for no more when both were swapped', { pins: [a, b], present: [c] }, 'DISK_NOT_EXPECTED'],
    ['is the one a person chose', { pins: [a, b], present: [a, b], rule: { serial: 'B' } }, 'B'],
    [
      'is not one that a person names and nobody saw',
      { pins: [a], present: [a, b], rule: { serial: 'B' } },
      'DISK_NOT_EXPECTED',
    ],
    [
      'is not one that the sequence names and nobody saw',
      { pins: [a], present: [a, usb], rule: { serial: 'U' } },
      'DISK_NOT_EXPECTED',
    ],
    ['is gone when the one named is nowhere', { pins: [a], present: [a], rule: { serial: 'Z' } }, 'DISK_GONE'],
    ['is the USB disk that was seen and is named', { pins: [a, usb], present: [a, usb], rule: { serial: 'U' } }, 'U'],
    [
      'is not a disk that stands in a USB case now',
      { pins: [a], present: [{ ...a, transport: 'usb' }] },
      'DISK_REMOVABLE',
    ],
    [
      'is not what the environment was started from now',
      { pins: [a], present: [{ ...a, bootMedium: true }] },
      'DISK_IS_BOOT_MEDIUM',
    ],
    ['is none when none was seen', { pins: [], present: [a] }, 'DISK_NONE'],
    ['is none, and the RAID mode the reason', { pins: [], present: [], devices: [raidController] }, 'STORAGE_HIDDEN'],
    ['without serial is the one at its place', { pins: [bare()], present: [bare()] }, 'nvme0n1'],
    [
      'without serial is not the one at another place',
      { pins: [bare()], present: [bare({ place: 'pci-0000:02:00.0-nvme-1' })] },
      'DISK_NOT_EXPECTED',
    ],
    [
      'is not one of two with one serial when one was seen',
      { pins: [{ ...a, place: null }], present: [a, { ...a, name: 'sdd', place: null }] },
      'DISK_NOT_EXPECTED',
    ],
  ])('%s', (_behaviour, question, expected) => {
    expect(outcome(question)).toBe(expected)
  })

  test('of two with one serial is the one a person chose by its place, also when the kernel names them the other way', () => {
    const second = { ...a, name: 'nvme1n1', place: 'pci-0000:02:00.0-nvme-1' }
    const pins = [a, second]
    expect(outcome({ pins, present: pins })).toBe(`DISK_AMBIGUOUS ${a.place} ${second.place}`)
    const present = [
      { ...second, name: 'nvme0n1' },
      { ...a, name: 'nvme1n1' },
    ]
    const chosen = decide({ pins, present, rule: { serial: second.place } })
    expect(chosen).toMatchObject({ kind: 'chosen', disk: { name: 'nvme0n1', place: second.place } })
    // One of them is left, at the other's place: it may be either.
    const moved = [{ ...a, place: second.place }]
    expect(outcome({ pins, present: moved, rule: { serial: a.place ?? '' } })).toBe('DISK_TWINS')
  })
})

describe('a step', () => {
  const judge = (pins: Disk[] | undefined, present: Disk[], writes = true) =>
    judgePins(pins, present, { step: 'x', writes })?.code ?? 'may begin'

  test.each<[behaviour: string, judged: string, expected: string]>([
    ['begins where its disk is', judge([a], [b, a]), 'may begin'],
    ['begins where one of its disks is', judge([a, b], [b]), 'may begin'],
    ['does not begin where none is', judge([a, b], [c]), 'DISK_NOT_EXPECTED'],
    ['does not begin because the same USB disk is there', judge([a, usb], [b, usb]), 'DISK_NOT_EXPECTED'],
    ['does not begin where its disk is gone', judge([a], []), 'DISK_GONE'],
    [
      'does not begin where two say they are it',
      judge([{ ...a, place: null }], [a, { ...a, name: 'sdd' }]),
      'DISK_TWINS',
    ],
    ['of a run that saw no disk does not begin where one is', judge([], [a]), 'DISK_NOT_EXPECTED'],
    ['of a run that saw no disk says itself that there is none', judge([], []), 'may begin'],
    ['that writes does not begin in a run without pins', judge(undefined, [a]), 'DISKS_NOT_PINNED'],
    ['that writes nothing begins in a run without pins', judge(undefined, [a], false), 'may begin'],
  ])('%s', (_behaviour, judged, expected) => {
    expect(judged).toBe(expected)
  })

  test('says which disks it expected and which it found, in a sentence that an agent can send', () => {
    const failure = judgePins([a], [b], { step: 'x', writes: true })
    expect(failure === null ? null : describeFailure(failure).message).toEqual({
      fr: 'Ce poste n’a pas le disque vu au lancement (Samsung SSD 980 500GB, 500\u202fGo, A)\u202f; il a maintenant\u202f: Samsung SSD 980 500GB, 1\u202fTo, B. Rien n’y a été écrit.',
      en: 'This machine does not have the disk that was seen when the run was started (Samsung SSD 980 500GB, 500\u202fGB, A); now it has: Samsung SSD 980 500GB, 1\u202fTB, B. Nothing was written to it.',
    })
    const many = Array.from({ length: 64 }, (_, index) => ({ ...b, serial: `${index}`, model: 'x'.repeat(500) }))
    const long = judgePins([a], many, { step: 'x', writes: true })?.params['found']
    expect(JSON.stringify(long).length).toBeLessThan(1900)
  })
})
