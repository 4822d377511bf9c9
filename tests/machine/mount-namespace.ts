import { spawnSync } from 'node:child_process'
import { closeSync, openSync, readFileSync } from 'node:fs'
import koffi from 'koffi'

/** linux/sched.h */
const CLONE_NEWNS = 0x0002_0000

/** Of this thread: the other threads of a process may live in other namespaces. */
const ownNamespace = '/proc/thread-self/ns/mnt'

/**
 * Runs `start` in a mount namespace of its own, in which the programs it starts stay; this process then goes back.
 *
 * A program that gets a namespace of its own (`ip netns exec`, a sandbox, a container) takes a copy of every mount with
 * it. Where mounts are private, a `umount` outside does not reach that copy: the file system stays mounted, its device in
 * use, until that program ends. From a namespace that nobody else sees, nobody takes a copy.
 */
export function inOwnMountNamespace<Value>(start: () => Value): Value {
  const library = koffi.load('libc.so.6')
  const unshare = library.func('int unshare(int flags)')
  const setns = library.func('int setns(int fd, int type)')
  const before = openSync(ownNamespace, 'r')
  const folder = process.cwd()
  try {
    if (unshare(CLONE_NEWNS) !== 0) {
      console.log(`tests share their mounts with every other program here: unshare, errno ${koffi.errno()}`)
      return start()
    }
    try {
      keepToOurselves()
      return start()
    } finally {
      if (setns(before, CLONE_NEWNS) !== 0)
        throw new Error(`no way back to the mounts of before: errno ${koffi.errno()}`)
      // Whoever enters a namespace finds itself in its root folder (setns(2)).
      process.chdir(folder)
    }
  } finally {
    closeSync(before)
  }
}

/** Nothing mounted here is seen outside, and nothing that others have mounted from a device is held here. */
function keepToOurselves(): void {
  run('mount', '--make-rprivate', '/')
  for (const folder of foreignDisks()) run('umount', '--lazy', folder)
  // Names of network namespaces are bind mounts in this folder: ours are then seen by nobody else, and free of theirs.
  run('mkdir', '-p', '/run/netns')
  run('mount', '-t', 'tmpfs', 'etabli-tests', '/run/netns')
}

function foreignDisks(): string[] {
  const mounts = readFileSync('/proc/thread-self/mounts', 'utf8')
  return [...mounts.matchAll(/^\/dev\/loop\S+ (\S+)/gm)].map(([, folder = '']) => folder.replaceAll('\\040', ' '))
}

function run(command: string, ...args: string[]): void {
  const { status, stderr } = spawnSync(command, args, { encoding: 'utf8' })
  if (status !== 0) throw new Error(`${[command, ...args].join(' ')}: ${stderr.trim()}`)
}
