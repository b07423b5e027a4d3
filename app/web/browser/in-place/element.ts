// Creates elements without parsing HTML.

type Attributes = Readonly<Record<string, string | undefined>>

export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Attributes = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name)
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined) made.setAttribute(key, value)
  }
  made.append(...children)
  return made
}

/** Creates a button that shows its key beside its label. */
export function keyButton(
  label: Node | string,
  key: string,
  attributes: Attributes = {},
): HTMLButtonElement {
  const hint = element('kbd', { 'aria-hidden': 'true' }, key)
  return element('button', { type: 'button', ...attributes }, label, hint)
}
