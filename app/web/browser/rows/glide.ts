// Lets rows glide to where a change has put them, so that people see what happened. The change itself is done in the same
// frame as the key. Where less motion is preferred, rows are there at once.

const glidesMs = 160
/** A completed row stays struck for a moment before the ones below close up. */
const staysMs = 400

/** Makes a change of the list. A row that is `leaving` stays in sight, struck, before the others glide. */
export function glide(change: () => void, leaving: readonly HTMLElement[] = []): void {
  if (matchMedia('(prefers-reduced-motion: reduce)').matches) return change()
  const holdMs = leaving.length > 0 ? staysMs : 0
  const before = new Map(movable().map((part) => [part, part.getBoundingClientRect().top]))
  const ghosts = leaving.map(ghostOf)
  change()
  const duration = holdMs + glidesMs
  const offset = holdMs / duration
  for (const [part, top] of before) {
    const moved = top - part.getBoundingClientRect().top
    if (moved === 0 || !part.checkVisibility()) continue
    const from = `0 ${moved}px`
    part.animate(
      [{ translate: from }, { translate: from, offset, easing: 'ease-in' }, { translate: '0 0' }],
      {
        duration,
        composite: 'accumulate',
      },
    )
  }
  for (const [at, ghost] of ghosts.entries()) {
    if (leaving[at]?.checkVisibility() === true) continue
    document.body.append(ghost)
    const fading = ghost.animate([{ opacity: 1 }, { opacity: 1, offset }, { opacity: 0 }], duration)
    fading.addEventListener('finish', () => ghost.remove())
  }
}

/** The parts of the list that may move, as far as they are in sight. */
function movable(): readonly HTMLElement[] {
  const parts = document.querySelectorAll<HTMLElement>('main :is(.task, .group > :not(ol), .pager)')
  return [...parts].filter((part) => {
    const { top, bottom, height } = part.getBoundingClientRect()
    return height > 0 && bottom > -innerHeight && top < 2 * innerHeight
  })
}

/** Returns a picture of the row, to be laid over the list where the row was. */
function ghostOf(row: HTMLElement): HTMLElement {
  const { left, top, width, height } = row.getBoundingClientRect()
  const ghost = document.createElement('div')
  ghost.append(...row.cloneNode(true).childNodes)
  ghost.className = 'task ghost'
  ghost.dataset['script'] = ''
  ghost.inert = true
  ghost.setAttribute('aria-hidden', 'true')
  const place = { left: left + scrollX, top: top + scrollY, width, height }
  for (const [name, pixels] of Object.entries(place)) ghost.style.setProperty(name, `${pixels}px`)
  return ghost
}
