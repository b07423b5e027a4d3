// A part of the line that was understood. Pressing it, or Backspace on it, takes it away.
import { element } from '../in-place/element.ts'
import { addLine } from './add-form.ts'

export function chipOf(
  { kind, label, hint }: { readonly kind: string; readonly label: string; readonly hint: string },
  press: () => void,
): HTMLElement {
  const chip = element('button', { type: 'button', title: hint, 'data-kind': kind }, label)
  chip.append(element('span', { class: 'visually-hidden' }, ` · ${hint}`))
  const remove = (): void => {
    press()
    addLine()?.focus()
  }
  chip.addEventListener('click', remove)
  chip.addEventListener('keydown', (event) => {
    if (event.key === 'Backspace' || event.key === 'Delete') remove()
  })
  return chip
}
