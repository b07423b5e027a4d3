// Changes that were refused: the reason stands in the task's row and card until the task is changed again.
import { cardShown } from '../peek/card-shown.ts'
import { cardsOfTask, rowOfTask } from '../rows/rows-before.ts'
import { pageShown } from '../page-shown.ts'
import { element } from './element.ts'

const reasons = new Map<string, string>()

export function keepRefusalsShown(): void {
  for (const event of [pageShown, cardShown]) {
    document.addEventListener(event, () => {
      for (const id of reasons.keys()) draw(id)
    })
  }
}

/** Shows why a change of the task was refused. Returns false when the page does not show the task. */
export function refuse(id: string, reason: string): boolean {
  reasons.set(id, reason)
  return draw(id)
}

/** Takes the reason away, as another change begins. */
export function forgive(id: string): void {
  if (!reasons.delete(id)) return
  for (const shown of shownIn(id)) {
    delete shown.dataset['refused']
    shown.querySelector('.refusal')?.remove()
  }
}

function draw(id: string): boolean {
  const all = shownIn(id)
  for (const [at, shown] of all.entries()) {
    shown.dataset['refused'] = ''
    if (shown.querySelector('.refusal') !== null) continue
    // It is read out once.
    const role = at === 0 ? 'alert' : undefined
    const words = element('p', { class: 'refusal', role }, reasons.get(id) ?? '')
    const heading = shown.querySelector('h1')
    if (heading === null) shown.append(words)
    else heading.after(words)
  }
  return all.length > 0
}

function shownIn(id: string): readonly HTMLElement[] {
  return [...cardsOfTask(id), rowOfTask(id) ?? []].flat()
}
