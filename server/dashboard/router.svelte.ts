import { placeOf, type Place } from './state/place.ts'

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
