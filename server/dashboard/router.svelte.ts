export type Place =
  | { page: 'bench' }
  | { page: 'machine'; id: string }
  | { page: 'stock' }
  | { page: 'catalogue' }
  | { page: 'sequences'; id: string | null }
  | { page: 'settings' }
  | { page: 'unknown' }

/** Where an address leads. */
export function placeOf(path: string): Place {
  const [first, second, ...more] = path.split('/').filter((part) => part !== '')
  if (more.length > 0) return { page: 'unknown' }
  if (first === undefined) return { page: 'bench' }
  if (first === 'machines' && second !== undefined) return { page: 'machine', id: decodeURIComponent(second) }
  if (first === 'sequences') return { page: 'sequences', id: second === undefined ? null : decodeURIComponent(second) }
  if (second !== undefined) return { page: 'unknown' }
  if (first === 'stock' || first === 'settings') return { page: first }
  if (first === 'images') return { page: 'catalogue' }
  return { page: 'unknown' }
}

const here = $state<{ path: string }>({ path: '/' })

export function place(): Place {
  return placeOf(here.path)
}

export function go(path: string): void {
  history.pushState(null, '', path)
  here.path = path
  window.scrollTo(0, 0)
}

/** Follows the address bar and every plain click on a link of ours, until the signal ends it. */
export function startRouter(signal: AbortSignal): void {
  here.path = location.pathname
  addEventListener('popstate', () => (here.path = location.pathname), { signal })
  document.addEventListener(
    'click',
    (event) => {
      if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return
      const link = event.target instanceof Element ? event.target.closest('a') : null
      if (link === null || link.origin !== location.origin || link.target !== '' || link.hasAttribute('download'))
        return
      if (link.hash !== '' && link.pathname === location.pathname) return
      event.preventDefault()
      go(link.pathname)
    },
    { signal },
  )
}
