/** What the frame of every page says: names, navigation, the connection, signing in. */
export const shell = {
  'app.name': 'Établi',
  'app.loading': 'Asking the server…',
  'app.pages': 'Pages',
  'app.skip': 'To the content',

  'page.unknown': 'There is nothing at this address.',
  'page.unknown.back': 'Back to the bench',

  'nav.bench': 'Bench',
  'nav.stock': 'Stock',
  'nav.catalogue': 'Catalogue',
  'nav.sequences': 'Sequences',
  'nav.settings': 'Settings',

  'connection.connecting': 'connecting…',
  'connection.live': 'live',
  'connection.lost': 'connection lost {ago}',
  'panel.cut': 'Connection lost: the rest comes when it is back.',
  'connection.lost.notice': 'What you see is from before; it goes on by itself once the server answers.',

  'error.unreachable': 'The server does not answer.',
  'error.unreachable.fix': 'Check that it is running and that this device is on its network, then try again.',
  'time.soon': 'less than a minute',
  'time.most': 'at most {duration}',
  'time.from-to': '{from} to {to}',
  'error.here': 'This page has met an unexpected error.',
  'error.here.fix': 'Reload it, then try again.',
  'error.answer': 'The answer is not the Établi server’s.',
  'error.answer.fix': 'Check what stands between this device and it (a proxy), then try again.',
  'time.now': 'just now',

  'signin.user': 'User',
  'signin.password': 'Password',
  'signin.submit': 'Sign in',
  'signin.first': 'First start?',
  'signin.first.where':
    'The password of “admin” was printed once in the terminal where Établi was started, unless you chose it with ETABLI_ADMIN_PASSWORD.',
} as const
