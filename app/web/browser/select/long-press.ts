// Selecting by touch: a long press selects a row, and while any is selected, a tap on a row selects or deselects it.
import { selectedRows, toggleSelected } from './selection.ts'

const longMs = 450
/** A finger that moves farther scrolls. */
const stillPixels = 10

export function selectByLongPress(): void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let start = { x: 0, y: 0 }
  let isLong = false
  const stop = (): void => clearTimeout(timer)
  document.addEventListener('pointerdown', (event) => {
    stop()
    isLong = false
    const row = rowUnder(event)
    if (row === undefined) return
    start = { x: event.clientX, y: event.clientY }
    timer = setTimeout(() => {
      isLong = true
      toggleSelected(row)
    }, longMs)
  })
  document.addEventListener('pointermove', ({ clientX, clientY }) => {
    if (Math.hypot(clientX - start.x, clientY - start.y) > stillPixels) stop()
  })
  for (const end of ['pointerup', 'pointercancel']) document.addEventListener(end, stop)
  // The menu of a link would cover the row.
  document.addEventListener('contextmenu', (event) => {
    if (rowUnder(event) !== undefined) event.preventDefault()
  })
  document.addEventListener(
    'click',
    (event) => {
      const row = rowUnder(event)
      if (row === undefined || (!isLong && selectedRows().length === 0)) return
      event.preventDefault()
      event.stopImmediatePropagation()
      if (!isLong) toggleSelected(row)
      isLong = false
    },
    { capture: true },
  )
}

/** Returns the row that a finger touches, apart from its checkbox. */
function rowUnder(event: MouseEvent): HTMLElement | undefined {
  if (!(event instanceof PointerEvent) || event.pointerType !== 'touch') return undefined
  if (!(event.target instanceof Element) || event.target.closest('.checkbox, textarea')) {
    return undefined
  }
  const row = event.target.closest<HTMLElement>('main .task[id]:has(button.checkbox)')
  return row ?? undefined
}
