import koffi from 'koffi'

type CFunction = (...args: unknown[]) => number

/** The calls of libc that Node does not offer. */
export type Libc = Readonly<
  Record<
    'socket' | 'setsockopt' | 'getsockopt' | 'bind' | 'connect' | 'send' | 'recv' | 'close' | 'if_nametoindex',
    CFunction
  >
>

/** Given to socket(2): programs we start (wimlib, say) must not hold our ports open after we are gone. */
export const SOCK_CLOEXEC = 0o2000000

let libc: Libc | undefined

/** Loaded at the first call, so that importing this opens nothing. */
export function loadLibc(): Libc {
  if (libc) return libc
  const library = koffi.load('libc.so.6')
  libc = {
    socket: library.func('int socket(int domain, int type, int protocol)'),
    setsockopt: library.func('int setsockopt(int fd, int level, int name, const uint8_t *value, uint32_t length)'),
    getsockopt: library.func(
      'int getsockopt(int fd, int level, int name, _Out_ uint8_t *value, _Inout_ uint32_t *length)',
    ),
    bind: library.func('int bind(int fd, const uint8_t *address, uint32_t length)'),
    connect: library.func('int connect(int fd, const uint8_t *address, uint32_t length)'),
    send: library.func('intptr_t send(int fd, const uint8_t *bytes, size_t length, int flags)'),
    recv: library.func('intptr_t recv(int fd, _Out_ uint8_t *bytes, size_t length, int flags)'),
    close: library.func('int close(int fd)'),
    if_nametoindex: library.func('uint32_t if_nametoindex(const char *name)'),
  }
  return libc
}

/** What the last call that failed left in errno, as the errors of Node's own sockets look. */
export function systemError(syscall: string): NodeJS.ErrnoException {
  const number = koffi.errno()
  const code = Object.entries(koffi.os.errno).find(([, value]) => value === number)?.[0] ?? `ERRNO_${number}`
  const error: NodeJS.ErrnoException = new Error(`${code}: ${syscall}`)
  return Object.assign(error, { code, errno: number, syscall })
}
