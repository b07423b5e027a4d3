// Makes callbacks that Attio never sent: without a state, with a wrong, altered, foreign or endless one, with
// parameters doubled, misspelled and mixed. The same seed makes the same ones.
import { createTestRandomBytes } from '../app/support/random.ts'

export interface Known {
  /** The state of a request that is open, but not in the browser that will send the forgery. */
  readonly foreignState: string
  /** A code that Attio really issued, for that request. */
  readonly foreignCode: string
  /** The state of a request that is open in this very browser: it must survive whatever is sent. */
  readonly ownState: string
}

type Chance = (below: number) => number

/** The next forgery is a query without its question mark. */
export function createForger(seed: string, known: Known): () => string {
  const bytes = createTestRandomBytes(seed)
  const chance: Chance = (below) => Buffer.from(bytes(4)).readUInt32LE() % below
  let made = 0
  return () => {
    made += 1
    const make = forgeries[made % forgeries.length] ?? nothing
    return make(known, chance)
  }
}

const nothing = (): string => ''

type Forgery = (known: Known, chance: Chance) => string

const forgeries: readonly Forgery[] = [
  ...states().map(
    (state): Forgery =>
      (known, chance) =>
        query({ code: known.foreignCode, state: state(known, chance) }),
  ),
  ...states().map(
    (state): Forgery =>
      (known, chance) =>
        query({ error: pick(errors, chance), state: state(known, chance) }),
  ),
  nothing,
  ({ foreignCode }) => query({ code: foreignCode }),
  ({ foreignState }) => query({ state: foreignState }),
  ({ foreignCode, ownState }) => query({ code: foreignCode, State: ownState, STATE: ownState }),
  ({ foreignCode, ownState }) => query({ code: foreignCode, 'state[]': ownState }),
  ({ foreignCode, ownState }) => query({ code: foreignCode, 'state ': ownState }),
  ({ foreignCode, ownState }) => `${query({ code: foreignCode })}#state=${ownState}`,
  ({ foreignCode, ownState }) => `${query({ code: foreignCode })};state=${ownState}`,
  ({ foreignCode, ownState }) => `${query({ code: foreignCode })}%26state=${ownState}`,
  (known, chance) => {
    const name = pick(['code', 'state', 'error', 'iss'], chance)
    const both = { code: known.foreignCode, state: known.ownState, error: 'a', iss: 'b' }
    return `${query(both)}&${query({ [name]: pick([known.ownState, known.foreignState, ''], chance) })}`
  },
  (known) => query({ code: 'c'.repeat(5_000), state: known.ownState }),
  (known) =>
    query({ code: known.foreignCode, state: known.foreignState, iss: 'https://evil.example' }),
]

/** States that are none of this browser's. */
function states(): readonly ((known: Known, chance: Chance) => string)[] {
  return [
    () => '',
    ({ foreignState }) => foreignState,
    (_known, chance) => letters(43, chance),
    (_known, chance) => letters(chance(200), chance),
    ({ ownState }, chance) => ownState.slice(0, chance(ownState.length)),
    ({ ownState }, chance) => ownState + letters(1 + chance(8), chance),
    ({ ownState }, chance) => flipOneBit(ownState, chance),
    ({ ownState }) => swapCase(ownState),
    ({ ownState }) => ownState.split('').toReversed().join(''),
    ({ ownState }) => `${ownState}\0`,
    ({ ownState }) => `\0${ownState}`,
    ({ ownState }) => ` ${ownState}`,
    ({ ownState }) => `${ownState}\n`,
    ({ ownState }) => encodeURIComponent(`${ownState}%00`),
    ({ ownState }) => `${ownState}' or '1'='1`,
    ({ ownState, foreignState }) => `${ownState},${foreignState}`,
    ({ ownState }, chance) => ownState.repeat(2 + chance(20)),
    (_known, chance) => String.fromCodePoint(0x80 + chance(0x4000)).repeat(1 + chance(40)),
  ]
}

const errors = [
  'access_denied',
  'server_error',
  'invalid_scope',
  '<script>',
  '',
  '\0',
  'x'.repeat(300),
]

function query(parameters: Readonly<Record<string, string>>): string {
  return new URLSearchParams(parameters).toString()
}

function pick<Value>(values: readonly Value[], chance: Chance): Value {
  const value = values[chance(values.length)]
  if (value === undefined) throw new TypeError('nothing to pick from')
  return value
}

function letters(count: number, chance: Chance): string {
  return Array.from({ length: count }, () => alphabet[chance(alphabet.length)]).join('')
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/** Never the same text: a character stands for six bits, and one of them is turned. */
function flipOneBit(text: string, chance: Chance): string {
  const at = chance(text.length)
  const letter = alphabet[alphabet.indexOf(text[at] ?? 'A') ^ (1 << chance(6))] ?? 'A'
  return text.slice(0, at) + letter + text.slice(at + 1)
}

function swapCase(text: string): string {
  return text.replaceAll(/[a-z]/gi, (letter) =>
    letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase(),
  )
}
