// Lets people press keys in the picture of a list on the landing page. Nothing is sent or stored.

export function letPeopleTryTheDemo(): void {
  const demo = document.querySelector<HTMLElement>('[data-demo]')
  const picture = demo?.querySelector<HTMLElement>('.picture')
  if (demo === null || picture === null || picture === undefined) return
  const rows = [...picture.querySelectorAll<HTMLElement>('.task')]
  const done: HTMLElement[] = []
  let at = -1
  picture.inert = false
  picture.removeAttribute('aria-hidden')
  picture.tabIndex = 0
  demo.querySelector('.try')?.removeAttribute('hidden')
  const move = (to: number): void => {
    rows[at]?.removeAttribute('data-peeked')
    at = Math.min(Math.max(to, 0), rows.length - 1)
    rows[at]?.setAttribute('data-peeked', '')
  }
  const complete = (row: HTMLElement | undefined, isCompleted: boolean): void => {
    if (row === undefined) return
    if (isCompleted) row.dataset['state'] = 'completed'
    else delete row.dataset['state']
    row.querySelector('.checkbox')?.setAttribute('aria-label', isCompleted ? 'Completed' : 'Open')
  }
  picture.addEventListener('keydown', (event) => {
    if (event.metaKey || event.ctrlKey || event.altKey) return
    switch (event.key) {
      case 'j':
      case 'ArrowDown':
        move(at + 1)
        break
      case 'k':
      case 'ArrowUp':
        move(at - 1)
        break
      case 'e': {
        const row = rows[at]
        if (row === undefined || row.dataset['state'] === 'completed') return
        complete(row, true)
        done.push(row)
        move(at + 1)
        break
      }
      case 'z':
        complete(done.pop(), false)
        break
      default:
        return
    }
    event.preventDefault()
  })
  picture.addEventListener('click', ({ target }) => {
    const row = target instanceof Element ? target.closest<HTMLElement>('.task') : null
    if (row === null) return
    move(rows.indexOf(row))
    if (target instanceof Element && target.matches('.checkbox')) {
      complete(row, row.dataset['state'] !== 'completed')
    }
  })
}
