// No input blocks the event loop for more than 10 ms: each parser, rule and page gets the worst input of its length. The
// test takes the least CPU time of the main thread over several runs, so that a busy machine does not affect it.
import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { createWorld, type World } from '../../testing/in-process/testbed.ts'
import type { Answer, Browser } from '../../testing/in-process/http-browser.ts'

const budgetMs = 10
const enoughTries = 12

type Ask = (people: { readonly anyone: Browser; readonly jo: Browser }) => Promise<Answer>

const broken = '%'.repeat(7_750)
const ligatures = '\ufdfa'
const marks = '\u0301\u0323\u0327\u0345'
const signUp = { username: 'kim', password: 'a walrus paints the harbour' }

/** Maps the name of each input to its request. */
const inputs: Readonly<Record<string, Ask>> = {
  'a query of 7,750 broken %': ({ anyone }) => anyone.get(`/login?${broken}`),
  'a query of broken UTF-8': ({ anyone }) => anyone.get(`/login?returnTo=${'%ffa'.repeat(3_800)}`),
  'a query of 5,000 names': ({ anyone }) => anyone.get(`/login?${names(5_000, 15_000)}`),
  'a query of broken % when signed in': ({ jo }) => jo.get(`/?${broken}`),
  'a page number of 15,000 digits': ({ jo }) => jo.get(`/events?page=${'9'.repeat(15_000)}`),
  'a path of 15,000 broken %': ({ anyone }) => anyone.get(`/${'%'.repeat(15_000)}`),
  'a path of broken UTF-8': ({ anyone }) => anyone.get(`/${'%ffa'.repeat(3_800)}`),
  'a path of 7,500 folders': ({ anyone }) => anyone.get('/a'.repeat(7_500)),
  'a path of 15,000 slashes': ({ anyone }) => anyone.get(`/x${'/'.repeat(15_000)}`),
  'cookies with broken %': ({ anyone }) => anyone.get('/login', { cookie: 'a=%ff;'.repeat(2_600) }),
  'a cookie that is a deep structure': ({ anyone }) =>
    anyone.get('/login', { cookie: `taskr_toast=${base64('['.repeat(11_000))}` }),
  'a browser with a name of 15,000 letters': ({ anyone }) =>
    anyone.get('/login', { 'user-agent': 'Mozilla Safari '.repeat(1_000) }),
  'a list of 7,000 proxies': ({ anyone }) =>
    anyone.get('/login', { 'x-forwarded-for': '1,'.repeat(7_000) }),
  'a returnTo of 15,000 letters': ({ anyone }) =>
    anyone.get(`/login?returnTo=/${'a/'.repeat(7_500)}`),
  'a returnTo of dots': ({ anyone }) => anyone.get(`/login?returnTo=/${'./'.repeat(7_500)}`),
  'a form of 16,000 names': ({ anyone }) => anyone.post('/login', names(16_000, 64_000)),
  'a form of 64,000 ampersands': ({ anyone }) => anyone.post('/login', '&'.repeat(64_000)),
  'a form of broken %': ({ anyone }) => anyone.post('/login', `username=${'%'.repeat(64_000)}`),
  'a form that repeats a name': ({ anyone }) => anyone.post('/login', 'a=&'.repeat(16_000)),
  'a sign-up with a password of 999 ligatures': ({ anyone }) =>
    anyone.post('/signup', { ...signUp, password: ligatures.repeat(333) }),
  'a sign-up with a password of 7,000 ligatures': ({ anyone }) =>
    anyone.post('/signup', { ...signUp, password: ligatures.repeat(7_000) }),
  'a sign-up with a password of common words': ({ anyone }) =>
    anyone.post('/signup', { ...signUp, password: commonWords(1_000) }),
  'a sign-up with a password of marks': ({ anyone }) =>
    anyone.post('/signup', { ...signUp, password: marks.repeat(2_500) }),
  'a sign-up with a username of ligatures': ({ anyone }) =>
    anyone.post('/signup', { ...signUp, username: ligatures.repeat(7_000) }),
  'a sign-up with a username of marks': ({ anyone }) =>
    anyone.post('/signup', { ...signUp, username: `a${marks.repeat(2_500)}` }),
  'a sign-up with an e-mail address of dots': ({ anyone }) =>
    anyone.post('/signup', { ...signUp, password: 'x', emailAddress: `a@${'a.'.repeat(30_000)}` }),
  'a sign-up with a time zone of 60,000 letters': ({ anyone }) =>
    anyone.post('/signup', { ...signUp, password: 'x', timeZone: 'A/'.repeat(30_000) }),
  'a log-in with a password of marks': ({ anyone }) =>
    anyone.post('/login', { username: 'kim', password: marks.repeat(2_500) }),
  'a log-in with a username of ligatures': ({ anyone }) =>
    anyone.post('/login', { username: ligatures.repeat(7_000), password: 'x' }),
  'a callback with 15,000 letters': ({ jo }) =>
    jo.get(`/integrations/attio/callback?state=${'s'.repeat(7_000)}&code=${'c'.repeat(7_000)}`),
  'a callback with broken %': ({ jo }) => jo.get(`/integrations/attio/callback?state=${broken}`),
  'a delivery that is a deep structure': ({ anyone }) =>
    anyone.post('/webhooks/attio/key', '['.repeat(60_000)),
  'a new password of ligatures': ({ jo }) =>
    jo.post('/settings/password', { currentPassword: 'x', newPassword: ligatures.repeat(333) }),
  'the settings': ({ jo }) => jo.get('/settings'),
  'the events': ({ jo }) => jo.get('/events'),
}

suite('CPU budget', () => {
  let world: World
  let people: { readonly anyone: Browser; readonly jo: Browser }
  const figures: [string, number][] = []
  before(async () => {
    world = await createWorld({ limits: 'none' })
    people = { anyone: world.browser(), jo: await world.connected() }
  })
  after(() => world.close())

  for (const [name, ask] of Object.entries(inputs)) {
    test(`${name} costs less than ${budgetMs} ms`, async () => {
      const ms = await cheapest(async () => {
        await ask(people)
      })
      figures.push([name, ms])
      assert.ok(ms < budgetMs, `${ms.toFixed(1)} ms`)
    })
  }

  test('the ten most expensive inputs are reported', (context) => {
    for (const [name, ms] of figures.toSorted((one, other) => other[1] - one[1]).slice(0, 10)) {
      context.diagnostic(`${ms.toFixed(2)} ms  ${name}`)
    }
    assert.equal(figures.length, Object.keys(inputs).length)
  })
})

/** Returns the least CPU time of the main thread in milliseconds; the first runs include compilation. */
async function cheapest(work: () => Promise<void>): Promise<number> {
  let best = Infinity
  for (let time = 0; time < enoughTries; time++) {
    const begun = process.threadCpuUsage()
    await work()
    const { user, system } = process.threadCpuUsage(begun)
    best = Math.min(best, (user + system) / 1_000)
  }
  return best
}

function names(count: number, length: number): string {
  return Array.from({ length: count }, (_, number) => `${number.toString(36)}=`)
    .join('&')
    .slice(0, length)
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64url')
}

function commonWords(length: number): string {
  const words = ['password', 'monkey', 'dragon', 'letmein', 'qwerty', 'sunshine', '2024', 'abcdef']
  return Array.from({ length }, (_, at) => words[(at * at) % words.length])
    .join('')
    .slice(0, length)
}
