// `node endurance/answer-times/run.ts`: whether the time of an answer tells if an account exists. Times log-in and the
// request for a reset link in pairs, one for a known name or address and one for an unknown one, in random order.
import { randomBytes } from 'node:crypto'
import { parseArgs } from 'node:util'
import type { Answer, Browser } from '../../testing/in-process/http-browser.ts'
import { linkMailedTo, secretOf } from '../../testing/in-process/mail/kept-mail.ts'
import { createWorld, password } from '../../testing/in-process/testbed.ts'
import { compareTimes, type Pair } from './paired-t.ts'

const { values } = parseArgs({ options: { pairs: { type: 'string', default: '2000' } } })
const wanted = Number(values.pairs)
const warmUp = 100
const knownAddress = 'known@acme.example'
const unknownAddress = 'other@acme.example'

await using world = await createWorld({ limits: 'none' })
const known = world.browser()
await known.post('/signup', { username: 'known', password, emailAddress: knownAddress })
const link = secretOf(await linkMailedTo(world.taskr, knownAddress))
await known.post('/email-address', { link })

const logIn = (username: string) => (browser: Browser) =>
  browser.post('/login', { username, password: 'a walrus paints the harbour' })
const askFor = (emailAddress: string) => (browser: Browser) =>
  browser.post('/forgotten-password', { emailAddress })

const isLogInSafe = report('log-in', await timePairs(logIn('known'), logIn('other'), 401))
const isResetSafe = report(
  'reset',
  await timePairs(askFor(knownAddress), askFor(unknownAddress), 200),
)
process.exitCode = isLogInSafe && isResetSafe ? 0 : 1

type Ask = (browser: Browser) => Promise<Answer>

async function timePairs(ofKnown: Ask, ofUnknown: Ask, status: number): Promise<readonly Pair[]> {
  const pairs: Pair[] = []
  for (let pair = 0; pair < wanted + warmUp; pair++) {
    const knownFirst = (randomBytes(1)[0] ?? 0) % 2 === 0
    const first = await time(knownFirst ? ofKnown : ofUnknown, status)
    const second = await time(knownFirst ? ofUnknown : ofKnown, status)
    const [known, unknown] = knownFirst ? [first, second] : [second, first]
    if (pair >= warmUp) pairs.push({ known, unknown })
    // The worker looks the addresses up between the pairs, as it does between requests.
    await world.taskr.parts.accounts.answerResetRequests()
  }
  return pairs
}

async function time(ask: Ask, status: number): Promise<number> {
  const browser = world.browser()
  const began = performance.now()
  const answer = await ask(browser)
  const ms = performance.now() - began
  if (answer.status !== status) throw new Error(`Expected ${status}, got ${answer.status}.`)
  return ms
}

function report(name: string, pairs: readonly Pair[]): boolean {
  const { differenceMs, pairs: kept, t } = compareTimes(pairs)
  const figures = `t = ${t.toFixed(2)}, known ${differenceMs >= 0 ? '+' : ''}${differenceMs.toFixed(4)} ms`
  console.log(`${name}: ${figures}, ${kept} of ${pairs.length} pairs`)
  return Math.abs(t) < 4.5
}
