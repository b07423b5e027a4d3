// A popover next to the edited element, or a bottom sheet on a narrow screen. Only one is open at a time. Esc and a
// click outside close it, and the focus returns to where it was.

export type Popover = {
  readonly box: HTMLElement
  readonly close: () => void
}

let open: Popover | undefined

/** Opens a popover at the anchor. `label` names it for screen readers. */
export function openPopover(anchor: HTMLElement, label: string): Popover {
  open?.close()
  const before = document.activeElement
  const box = document.createElement('div')
  box.className = 'popover'
  box.popover = 'manual'
  box.dataset['script'] = ''
  box.setAttribute('role', 'dialog')
  box.setAttribute('aria-label', label)
  const listening = new AbortController()
  const close = (): void => {
    if (open?.box !== box) return
    open = undefined
    listening.abort()
    const hadFocus = box.contains(document.activeElement)
    box.remove()
    if (hadFocus && before instanceof HTMLElement && before.isConnected) before.focus()
  }
  const { signal } = listening
  box.addEventListener(
    'keydown',
    (event) => {
      if (event.key !== 'Escape' || event.isComposing) return
      event.preventDefault()
      event.stopPropagation()
      close()
    },
    { signal },
  )
  document.addEventListener(
    'pointerdown',
    ({ target }) => {
      if (target instanceof Node && !box.contains(target)) close()
    },
    { signal, capture: true },
  )
  box.addEventListener(
    'focusout',
    ({ relatedTarget }) => {
      if (relatedTarget instanceof Node && !box.contains(relatedTarget)) close()
    },
    { signal },
  )
  document.body.append(box)
  box.showPopover()
  open = { box, close }
  // The size changes while the popover is filled.
  const sizes = new ResizeObserver(() => place(box, anchor))
  sizes.observe(box)
  signal.addEventListener('abort', () => sizes.disconnect())
  return open
}

export function isPopoverOpen(): boolean {
  return open !== undefined
}

const gap = 6
const edge = 8

/** Places the popover below the anchor if there is room, otherwise above, aligned to the anchor's end. */
function place(box: HTMLElement, anchor: HTMLElement): void {
  if (matchMedia('(max-width: 47.99rem)').matches || box.classList.contains('palette')) return
  const at = anchor.getBoundingClientRect()
  const { offsetWidth: width, offsetHeight: height } = box
  const below = at.bottom + gap
  const top = below + height + edge <= innerHeight ? below : Math.max(edge, at.top - gap - height)
  const left = Math.min(Math.max(edge, at.right - width), innerWidth - width - edge)
  box.style.setProperty('top', `${top}px`)
  box.style.setProperty('left', `${left}px`)
}
