// Tracks typed and chosen values that are not sent yet, so that a refetched page does not overwrite them.

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement

export type Typed = {
  /** identifies the field on its page, so that its text is not restored into another field */
  readonly name: string
  readonly content: string
}

/** A form's contents when it was sent. Text typed later counts as unsent. */
export type Sent = ReadonlyMap<Element, string>

export function contentsOf(form: HTMLFormElement): Sent {
  return new Map(fieldsIn(form).map((field) => [field, contentOf(field)]))
}

export function whatIsTyped(sent?: Sent): Map<Element, Typed> {
  const typed = new Map<Element, Typed>()
  for (const field of fieldsIn(document)) {
    const content = contentOf(field)
    if (isTouched(field) && sent?.get(field) !== content) {
      typed.set(field, { name: nameOf(field), content })
    }
  }
  return typed
}

/** True when every field with typed text also exists on that page. */
export function hasPlaceForTyped(page: Document): boolean {
  const places = new Set(fieldsIn(page).map(nameOf))
  return [...whatIsTyped().values()].every(({ name }) => places.has(name))
}

/** Restores the choice in a select, because its options may have changed or moved. */
export function chooseAgain(field: Element, { content }: Typed): void {
  if (!(field instanceof HTMLSelectElement) || field.value === content) return
  if ([...field.options].some(({ value }) => value === content)) field.value = content
}

export function isSameField(field: Element, { name }: Typed): boolean {
  return isField(field) && nameOf(field) === name
}

function fieldsIn(part: ParentNode): Field[] {
  return [...part.querySelectorAll('form :is(input, textarea, select)')].filter(isField)
}

function isField(element: Element): element is Field {
  if (element instanceof HTMLInputElement) return element.type !== 'hidden'
  return element instanceof HTMLTextAreaElement || element instanceof HTMLSelectElement
}

function nameOf(field: Field): string {
  const form = field.form?.getAttribute('action')
  return `${form} ${field.name} ${isToggle(field) ? field.value : ''}`
}

function contentOf(field: Field): string {
  return isToggle(field) ? String(field.checked) : field.value
}

function isTouched(field: Field): boolean {
  if (field instanceof HTMLSelectElement) {
    return [...field.options].some((option) => option.selected !== option.defaultSelected)
  }
  if (isToggle(field)) return field.checked !== field.defaultChecked
  // A partly typed date has no value yet.
  return field.value !== field.defaultValue || field.validity.badInput
}

function isToggle(field: Field): field is HTMLInputElement {
  return field instanceof HTMLInputElement && (field.type === 'checkbox' || field.type === 'radio')
}
