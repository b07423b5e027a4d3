// The tasks that a bulk action could not change, each with the reason and a button that tries it again.
import { element } from '../in-place/element.ts'
import { tasksInWords, dismissFailures, sendAgain, type Failure } from './bulk-attempts.ts'

/** Returns an empty fragment when nothing failed. */
export function failureList(failures: readonly Failure[]): DocumentFragment {
  const part = document.createDocumentFragment()
  if (failures.length === 0) return part
  const [again, dismiss] = [button('Try all again'), button('Dismiss')]
  again.addEventListener('click', () => void sendAgain(failures))
  dismiss.addEventListener('click', () => dismissFailures())
  const heading = element('p', { role: 'alert' }, `${tasksInWords(failures.length)} not changed`)
  part.append(
    element(
      'div',
      { class: 'failures-head' },
      heading,
      ...(failures.length > 1 ? [again] : []),
      dismiss,
    ),
    element('ul', { class: 'failures' }, ...failures.map(item)),
  )
  return part
}

function item(failure: Failure): HTMLElement {
  const { text } = failure.target
  const again = button('Try again', `Try again: ${text}`)
  again.addEventListener('click', () => void sendAgain([failure]))
  return element(
    'li',
    {},
    element('bdi', {}, text),
    element('span', { class: 'why' }, failure.reason),
    again,
  )
}

function button(label: string, name?: string): HTMLButtonElement {
  return element('button', { type: 'button', 'aria-label': name }, label)
}
