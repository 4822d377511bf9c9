/** Whether an element can no longer have the focus. */
function isGone(element: HTMLElement): boolean {
  return !element.isConnected || element.matches(':disabled')
}

/** Gives an element the focus for once, though it is no control. */
function lend(element: HTMLElement): void {
  if (element.tabIndex < 0 && !element.hasAttribute('tabindex')) {
    element.setAttribute('tabindex', '-1')
    element.addEventListener('blur', () => element.removeAttribute('tabindex'), { once: true })
  }
  element.focus({ preventScroll: true })
}

/**
 * Keeps the focus where it was when what has it goes: a button that is disabled by its own press, a row that a new list no
 * longer has. A browser would give it to the body, and the keyboard begin again at the top of the page; here the nearest
 * surroundings that are left get it. Whoever takes the focus away on purpose is not hindered.
 */
export function keepFocus(signal: AbortSignal): void {
  let last: HTMLElement | null = null
  let around: HTMLElement[] = []

  const surroundings = (element: HTMLElement): HTMLElement[] => {
    const found: HTMLElement[] = []
    for (let each = element.parentElement; each !== null && each !== document.body; each = each.parentElement)
      found.push(each)
    return found
  }
  const restore = (): void => {
    if (last === null || !isGone(last)) return
    const { activeElement } = document
    const isElsewhere = activeElement !== null && activeElement !== document.body && activeElement !== last
    const heir = around.find((each) => each.isConnected && each.id !== 'app') ?? document.getElementById('content')
    last = null
    if (!isElsewhere && heir !== null) lend(heir)
  }

  document.addEventListener(
    'focusin',
    ({ target }) => {
      if (!(target instanceof HTMLElement)) return
      last = target
      around = surroundings(target)
    },
    { signal },
  )
  document.addEventListener(
    'focusout',
    ({ target, relatedTarget }) => {
      // A click beside everything. What is being removed is still there while it is told: a moment later it is not.
      if (relatedTarget === null)
        queueMicrotask(() => {
          if (last !== null && last === target && !isGone(last)) last = null
        })
    },
    { signal },
  )
  const watch = new MutationObserver(restore)
  watch.observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: ['disabled'] })
  signal.addEventListener('abort', () => watch.disconnect())
}
