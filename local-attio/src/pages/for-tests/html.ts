// Reads a page as a screen reader does: its forms with labelled fields and buttons, its links, its
// headings. It assumes valid HTML, which another test checks.

export type Control = {
  readonly name: string
  readonly type: string
  readonly label: string
  readonly value: string
  readonly isChecked: boolean
  /** The choices of a select: label and value. */
  readonly choices: readonly { readonly label: string; readonly value: string }[]
  readonly attributes: ReadonlyMap<string, string>
}

export type Button = { readonly name: string; readonly value: string; readonly label: string }

export type Form = {
  readonly method: string
  readonly action: string
  readonly encoding: string
  readonly controls: readonly Control[]
  readonly buttons: readonly Button[]
}

export type ReadPage = {
  readonly forms: readonly Form[]
  readonly links: readonly { readonly href: string; readonly label: string }[]
  readonly headings: readonly string[]
  /** The page's text in one line. */
  readonly text: string
}

/** Parses lazily, and only the requested parts. */
export function readPage(html: string): ReadPage {
  let read: Nodes | undefined
  const nodes = (): Nodes => (read ??= nodesIn(html))
  return {
    get forms() {
      const labels = labelsIn(nodes())
      return within(nodes(), 'form').map((form) => readForm(form, labels))
    },
    get links() {
      return within(nodes(), 'a').map((link) => ({
        href: attributeOf(link, 'href'),
        label: nameOf(link),
      }))
    },
    get headings() {
      return ['h1', 'h2', 'h3'].flatMap((tag) => within(nodes(), tag).map(textOf))
    },
    get text() {
      return textOf(nodes())
    },
  }
}

type Node =
  | { readonly kind: 'text'; readonly text: string }
  | {
      readonly kind: 'open'
      readonly tag: string
      readonly attributes: ReadonlyMap<string, string>
    }
  | { readonly kind: 'close'; readonly tag: string }

/** Returns an element's HTML from its opening tag on, without the closing tag. */
type Nodes = readonly Node[]

function nodesIn(html: string): Nodes {
  const nodes: Node[] = []
  const tag = /<(\/?)([a-z][a-z0-9]*)((?:"[^"]*"|[^">])*)>/gi
  let end = 0
  for (const match of html.matchAll(tag)) {
    nodes.push({ kind: 'text', text: decode(html.slice(end, match.index)) })
    end = match.index + match[0].length
    const [, slash, name = '', rest = ''] = match
    if (slash === '/') nodes.push({ kind: 'close', tag: name })
    else nodes.push({ kind: 'open', tag: name, attributes: attributesIn(rest) })
  }
  return nodes
}

function attributesIn(text: string): ReadonlyMap<string, string> {
  const pairs = Array.from(text.matchAll(/([\w-]+)(?:="([^"]*)")?/g))
  return new Map(pairs.map(([, name = '', value = '']) => [name, decode(value)]))
}

/** Returns the elements of one kind. The kinds requested here never nest in themselves. */
function within(nodes: Nodes, tag: string): Nodes[] {
  const found: Nodes[] = []
  nodes.forEach((node, start) => {
    if (node.kind !== 'open' || node.tag !== tag) return
    const end = isVoid.has(tag) ? start + 1 : closingOf(nodes, tag, start)
    found.push(nodes.slice(start, end))
  })
  return found
}

const isVoid = new Set(['input'])

function closingOf(nodes: Nodes, tag: string, from: number): number {
  for (let at = from; at < nodes.length; at += 1) {
    const node = nodes[at]
    if (node?.kind === 'close' && node.tag === tag) return at
  }
  return nodes.length
}

function labelsIn(nodes: Nodes): ReadonlyMap<string, string> {
  return new Map(within(nodes, 'label').map((label) => [attributeOf(label, 'for'), textOf(label)]))
}

function readForm(form: Nodes, labels: ReadonlyMap<string, string>): Form {
  const wrapped = within(form, 'label').flatMap((label) =>
    within(label, 'input').map((input) => readInput(input, textOf(label))),
  )
  const inputs = within(form, 'input')
    .filter((input) => attributeOf(input, 'id') !== '' || attributeOf(input, 'type') === 'hidden')
    .map((input) => readInput(input, labels.get(attributeOf(input, 'id')) ?? ''))
  const selects = within(form, 'select').map((select) =>
    readSelect(select, labels.get(attributeOf(select, 'id')) ?? ''),
  )
  return {
    method: attributeOf(form, 'method'),
    action: attributeOf(form, 'action'),
    encoding: attributeOf(form, 'enctype'),
    controls: [...inputs, ...wrapped, ...selects],
    buttons: within(form, 'button')
      .filter((button) => attributeOf(button, 'type') === 'submit')
      .map((button) => ({
        name: attributeOf(button, 'name'),
        value: attributeOf(button, 'value'),
        label: nameOf(button),
      })),
  }
}

function readInput(input: Nodes, label: string): Control {
  return {
    name: attributeOf(input, 'name'),
    type: attributeOf(input, 'type') || 'text',
    label,
    value: attributeOf(input, 'value'),
    isChecked: attributesOf(input).has('checked'),
    choices: [],
    attributes: attributesOf(input),
  }
}

function readSelect(select: Nodes, label: string): Control {
  const options = within(select, 'option')
  const chosen = options.find((option) => attributesOf(option).has('selected')) ?? options[0] ?? []
  return {
    name: attributeOf(select, 'name'),
    type: 'select',
    label,
    value: attributeOf(chosen, 'value'),
    isChecked: true,
    choices: options.map((option) => ({
      label: textOf(option),
      value: attributeOf(option, 'value'),
    })),
    attributes: attributesOf(select),
  }
}

function attributesOf([first]: Nodes): ReadonlyMap<string, string> {
  return first?.kind === 'open' ? first.attributes : new Map()
}

function attributeOf(element: Nodes, name: string): string {
  return attributesOf(element).get(name) ?? ''
}

/** Returns the accessible name. */
function nameOf(element: Nodes): string {
  return attributeOf(element, 'aria-label') || textOf(element)
}

function textOf(nodes: Nodes): string {
  return nodes
    .map((node) => (node.kind === 'text' ? node.text : ''))
    .join(' ')
    .replaceAll(/\s+/g, ' ')
    .trim()
}

const entities: Readonly<Record<string, string>> = {
  lt: '<',
  gt: '>',
  quot: '"',
  '#39': "'",
  amp: '&',
}

function decode(text: string): string {
  return text.replaceAll(/&(lt|gt|quot|#39|amp);/g, (_, name: string) => entities[name] ?? '')
}
