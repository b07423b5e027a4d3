// Builds the lists and objects of a long JSON text. Members are parsed together, as many as make a piece; a list or
// object that is longer than a piece is built here, member after member.

/** A text that is not parsed although it may be JSON; the message says what is parsed. */
export class JsonLimitError extends Error {
  override readonly name = 'JsonLimitError'
}

/** An object of Attio's has a member for each attribute. One of a hundred thousand members would take long to build. */
const mostMembers = 10_000

interface Container {
  readonly isList: boolean
  readonly openedAt: number
  /** Undefined while all of its text is unparsed. */
  built: Built | undefined
  /** Where its unparsed text begins. */
  from: number
  /** Its last comma in the unparsed text. */
  lastComma: number | undefined
  /** The part that ends where the unparsed text begins. */
  after: 'bracket' | 'comma' | 'value'
}

interface Built {
  readonly value: unknown
  /** Adds the members in a text such as `1,2` or `"a":1`. Throws a SyntaxError when there are none. */
  parse(members: string): void
  /** Adds a value; `before` is the text that stands before it. */
  place(before: string, value: unknown): void
}

/** The lists and objects that begin before the current position and end after it. Throws SyntaxError and JsonLimitError. */
export interface OpenContainers {
  /** Opens a list or an object and returns the number of levels. */
  begin(at: number): number
  separate(at: number): void
  end(at: number): void
  /** Adds a value whose text begins at `from` and ends at `to`. */
  place(from: number, to: number, value: unknown): void
  unparsedFrom(): number
  /** Parses every complete member. */
  parseUnparsed(): void
  /** Returns the value of the whole text. */
  result(): unknown
}

export function openContainers(text: string): OpenContainers {
  /** The whole text, read like a list that must have one item. */
  const document: unknown[] = []
  const top = open(true, -1)
  top.built = buildList(document)
  const inner: Container[] = []
  /** The number of inner containers that are being built; the others are inside the last of these. */
  let building = 0
  const innermost = () => inner.at(-1) ?? top

  const begin = (at: number) => inner.push(open(text.charAt(at) === '[', at))

  const separate = (at: number) => {
    const container = innermost()
    if (container.after !== 'value') return void (container.lastComma = at)
    requireBlank(text.slice(container.from, at))
    moveTo(container, at + 1, 'comma')
  }

  const end = (at: number) => {
    const container = inner.pop()
    if (container?.isList !== (text.charAt(at) === ']')) throw new SyntaxError('a wrong bracket')
    if (container.built === undefined) return
    building -= 1
    parseRest(container, container.built, at)
    placeIn(innermost(), container.openedAt, at, container.built.value)
  }

  const placeIn = (container: Container, from: number, to: number, value: unknown) => {
    parseComplete(container)
    if (container.after === 'value') throw new SyntaxError('two values without a comma')
    container.built?.place(text.slice(container.from, from), value)
    moveTo(container, to + 1, 'value')
  }

  const parseComplete = (container: Container) => {
    const { built, from, lastComma } = container
    if (lastComma === undefined) return
    built?.parse(text.slice(from, lastComma))
    moveTo(container, lastComma + 1, 'comma')
  }

  const parseUnparsed = () => {
    parseComplete(inner[building - 1] ?? top)
    for (const container of inner.slice(building)) {
      container.built = container.isList ? buildList([]) : buildObject()
      parseComplete(container)
    }
    building = inner.length
  }

  const parseRest = ({ from, after }: Container, built: Built, to: number) => {
    const rest = text.slice(from, to)
    if (after === 'value' || (after === 'bracket' && isBlank(rest))) return requireBlank(rest)
    built.parse(rest)
  }

  return {
    begin,
    separate,
    end,
    place(from, to, value) {
      parseUnparsed()
      placeIn(innermost(), from, to, value)
    },
    unparsedFrom: () => (inner[building - 1] ?? top).from,
    parseUnparsed,
    result() {
      if (inner.length > 0) throw new SyntaxError('a bracket without an end')
      if (top.built !== undefined) parseRest(top, top.built, text.length)
      if (document.length !== 1) throw new SyntaxError('not one value')
      return document[0]
    },
  }
}

function open(isList: boolean, openedAt: number): Container {
  const from = openedAt + 1
  return { isList, openedAt, built: undefined, from, lastComma: undefined, after: 'bracket' }
}

function moveTo(container: Container, from: number, after: Container['after']): void {
  container.from = from
  container.after = after
  container.lastComma = undefined
}

function buildList(value: unknown[]): Built {
  return {
    value,
    parse(members) {
      const items: unknown = JSON.parse(`[${members}]`)
      if (!Array.isArray(items) || items.length === 0) throw new SyntaxError('no items')
      for (const item of items) value.push(item)
    },
    place(before, item) {
      requireBlank(before)
      value.push(item)
    },
  }
}

function buildObject(): Built {
  const value = {}
  let members = 0
  const set = (name: string, member: unknown) => {
    members += 1
    if (members > mostMembers) throw new JsonLimitError(`objects of at most ${mostMembers} members`)
    // An assignment to `__proto__` would not make a member.
    const settings = { value: member, enumerable: true, configurable: true, writable: true }
    Object.defineProperty(value, name, settings)
  }
  return {
    value,
    parse(text) {
      const some = Object.entries(parseObject(`{${text}}`))
      if (some.length === 0) throw new SyntaxError('no members')
      for (const [name, member] of some) set(name, member)
    },
    place(before, member) {
      const [name] = Object.keys(parseObject(`{${before}[]}`))
      if (name === undefined) throw new SyntaxError('a value without a name')
      set(name, member)
    },
  }
}

function parseObject(text: string): object {
  const value: unknown = JSON.parse(text)
  if (typeof value !== 'object' || value === null) throw new SyntaxError('not an object')
  return value
}

function isBlank(text: string): boolean {
  return /^[\t\n\r ]*$/.test(text)
}

function requireBlank(text: string): void {
  if (!isBlank(text)) throw new SyntaxError('more than a blank')
}
