// The form of quick add, and what it holds.
import { element } from '../in-place/element.ts'

export function addForm(): HTMLFormElement | null {
  return document.querySelector<HTMLFormElement>('main form.add')
}

export function addLine(): HTMLInputElement | null {
  return document.querySelector<HTMLInputElement>('#add-content')
}

export function addControl(name: string): Element | RadioNodeList | null {
  return addForm()?.elements.namedItem(name) ?? null
}

/** Returns the connection that a new task goes to. */
export function chosenConnection(): string {
  const field = addControl('connectionId')
  return field instanceof HTMLInputElement || field instanceof HTMLSelectElement ? field.value : ''
}

export function hiddenField(name: string, value: string): HTMLInputElement {
  return element('input', { type: 'hidden', name, value })
}
