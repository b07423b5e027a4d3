// What was typed or chosen on this page and is not sent yet. A page that is fetched meanwhile must not wipe it away.

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement

export type Typed = {
  /** tells the fields of a page apart: what is typed into one must not turn up in another */
  readonly name: string
  readonly content: string
}

/** What a form held when it was sent; what is typed into it from then on is new. */
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

/** Whether all that is typed has its field on that page, too. */
export function hasPlaceForTyped(page: Document): boolean {
  const places = new Set(fieldsIn(page).map(nameOf))
  return [...whatIsTyped().values()].every(({ name }) => places.has(name))
}

/** Its options may be others by now, or in another order. */
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
  // Half a date has no value yet.
  return field.value !== field.defaultValue || field.validity.badInput
}

function isToggle(field: Field): field is HTMLInputElement {
  return field instanceof HTMLInputElement && (field.type === 'checkbox' || field.type === 'radio')
}
