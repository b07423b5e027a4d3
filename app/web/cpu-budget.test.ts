// No input blocks the event loop for more than 10 ms: each parser, rule and page gets the worst input of its length. The
// test takes the CPU time of the main thread, so that a busy machine does not affect it.
import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { createWorld, type World } from '../../testing/in-process/testbed.ts'
import type { Answer, Browser } from '../../testing/in-process/http-browser.ts'

const budgetMs = 10
const requestsEach = 5

interface People {
  /** A new browser for each request: after a sign-up it would be signed in. */
  readonly anyone: Browser
  readonly jo: Browser
  /** Jo's connection. */
  readonly connectionId: string
}

type Ask = (people: People) => Promise<Answer>

const broken = '%'.repeat(7_750)
const ligatures = '\ufdfa'
const marks = '\u0301\u0323\u0327\u0345'
const password = 'a walrus paints the harbour'
let people = 0
/** A sign-up that is refused, if at all, for what the test changes. */
const signUp = () => ({ username: `kim${(people += 1)}`, password })

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
  'a code of 60,000 digits and spaces': async ({ jo }) => {
    await jo.post('/settings/two-step/set-up')
    return await jo.post('/settings/two-step', { code: '1 '.repeat(30_000) })
  },
  'a recovery code of 60,000 hyphens': ({ jo }) =>
    jo.post('/settings/two-step', { code: 'k-'.repeat(30_000) }),
  'a passkey’s response that is a deep structure': async ({ anyone }) => {
    await anyone.post('/login/passkey/challenge')
    return await anyone.post('/login/passkey', { response: '['.repeat(60_000) })
  },
  'a passkey’s response of 60,000 letters': async ({ jo }) => {
    await jo.post('/settings/passkeys/challenge')
    const response = { clientDataJSON: 'A'.repeat(30_000), attestationObject: 'o'.repeat(30_000) }
    const credential = { id: 'A', rawId: 'A', type: 'public-key', response }
    return await jo.post('/settings/passkeys', { response: JSON.stringify(credential) })
  },
  'a new passkey of 3,000 nested lists': async ({ jo }) => {
    await jo.post('/settings/passkeys/challenge')
    const attestationObject = Buffer.alloc(3_000, 0x81).toString('base64url')
    const response = { clientDataJSON: base64('{}'), attestationObject }
    const credential = { id: 'A', rawId: 'A', type: 'public-key', response }
    return await jo.post('/settings/passkeys', { response: JSON.stringify(credential) })
  },
  'a name of a passkey of 60,000 marks': ({ jo }) =>
    jo.post('/settings/passkeys/x/name', { name: marks.repeat(15_000) }),
  'a sign-up with a password of 999 ligatures': ({ anyone }) =>
    anyone.post('/signup', { ...signUp(), password: ligatures.repeat(333) }),
  'a sign-up with a password of 7,000 ligatures': ({ anyone }) =>
    anyone.post('/signup', { ...signUp(), password: ligatures.repeat(7_000) }),
  'a sign-up with a password of common words': ({ anyone }) =>
    anyone.post('/signup', { ...signUp(), password: commonWords(1_000) }),
  'a sign-up with a password of marks': ({ anyone }) =>
    anyone.post('/signup', { ...signUp(), password: marks.repeat(2_500) }),
  'a sign-up with a username of ligatures': ({ anyone }) =>
    anyone.post('/signup', { ...signUp(), username: ligatures.repeat(7_000) }),
  'a sign-up with a username of marks': ({ anyone }) =>
    anyone.post('/signup', { ...signUp(), username: `a${marks.repeat(2_500)}` }),
  'a sign-up with an e-mail address of dots': ({ anyone }) =>
    anyone.post('/signup', { ...signUp(), emailAddress: `a@${'a.'.repeat(30_000)}` }),
  'a sign-up with a time zone of 60,000 letters': ({ anyone }) =>
    anyone.post('/signup', { ...signUp(), timeZone: 'A/'.repeat(30_000) }),
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
  '200 cookies that look like a started connection': ({ jo }) =>
    jo.get('/integrations/attio/callback?state=x&code=y', {
      cookie: Array.from({ length: 200 }, (_, at) => `attio_flow_${at}=${'v'.repeat(43)}`).join(
        ';',
      ),
    }),
  'a cookie header of 15,000 semicolons': ({ anyone }) =>
    anyone.get('/login', { cookie: ';'.repeat(15_000) }),
  'a toast cookie with 11,000 names': ({ anyone }) =>
    anyone.get('/login', {
      cookie: `taskr_toast=${base64(`{${'"a":1,'.repeat(1_800)}"kind":"welcome"}`)}`,
    }),
  'an Accept-Language and an Accept of 7,000 entries': ({ anyone }) =>
    anyone.get('/login', {
      'accept-language': 'a;q=0.1,'.repeat(900),
      accept: '*/*,'.repeat(1_800),
    }),
  'a content type of 15,000 letters': ({ anyone }) =>
    anyone.post('/login', 'a=b', { 'content-type': `a/${'b;'.repeat(7_500)}` }),
  'a multipart form of 3,000 parts': ({ anyone }) =>
    anyone.post('/login', '--x\r\n\r\n\r\n'.repeat(5_000), {
      'content-type': 'multipart/form-data; boundary=x',
    }),
  'a JSON body that is a deep structure': ({ jo }) =>
    jo.post('/tasks/bulk', '['.repeat(60_000), { 'content-type': 'application/json' }),
  'an Origin and a Referer of 7,000 letters': ({ jo }) =>
    jo.post('/settings/time-zone', 'timeZone=UTC', {
      origin: `https://${'a.'.repeat(3_500)}`,
      referer: `https://${'%ff'.repeat(2_300)}`,
    }),
  'a workspace of 7,000 letters in a list address': ({ jo }) =>
    jo.get(`/?workspace=${'%E2%80%AE'.repeat(800)}`),
  'a task address with broken %': ({ jo }) =>
    jo.get(`/tasks/${'%ff'.repeat(400)}/${'%'.repeat(900)}`),
  'a search of 2,000 combining marks': ({ jo }) =>
    jo.get(`/?q=${encodeURIComponent(marks.repeat(600))}`),
  'a search of 7,000 wildcards': ({ jo }) => jo.get(`/?q=${'%25_'.repeat(3_500)}`),
  'a record search of marks': ({ jo, connectionId }) =>
    jo.get(`/lookups/${connectionId}/records?text=${encodeURIComponent(marks.repeat(50))}`),
  'a date of 200 digits': ({ jo }) => jo.get(`/lookups/dates?text=${'1/'.repeat(100)}`),
  'a date of 40 weekdays': ({ jo }) => jo.get(`/lookups/dates?text=${'mon%20'.repeat(33)}`),
  'quick add of 300 dates': ({ jo, connectionId }) =>
    jo.get(`/lookups/${connectionId}/quick-add?text=${'tomorrow%205pm%20'.repeat(130)}`),
  'quick add of 900 ambiguous numbers': ({ jo, connectionId }) =>
    jo.get(`/lookups/${connectionId}/quick-add?text=${'1/1%20'.repeat(490)}`),
  'quick add of 1,900 people': ({ jo, connectionId }) =>
    jo.get(`/lookups/${connectionId}/quick-add?text=${'@a'.repeat(950)}`),
  'quick add of 1,900 records': ({ jo, connectionId }) =>
    jo.get(`/lookups/${connectionId}/quick-add?text=${'%23a'.repeat(950)}`),
  'quick add of 200 e-mail addresses': ({ jo, connectionId }) =>
    jo.get(`/lookups/${connectionId}/quick-add?text=${'a@b.co%20'.repeat(270)}`),
  'quick add of one e-mail address of dots': ({ jo, connectionId }) =>
    jo.get(`/lookups/${connectionId}/quick-add?text=${'a.'.repeat(480)}@${'a.'.repeat(480)}`),
  'quick add of spaces': ({ jo, connectionId }) =>
    jo.get(`/lookups/${connectionId}/quick-add?text=in${'%20'.repeat(1_950)}days`),
  'a new task with a date of 60,000 digits': ({ jo, connectionId }) =>
    jo.post('/tasks', { content: 'x', date: '9'.repeat(60_000), connectionId }),
  'pasting 20,000 empty lines': ({ jo, connectionId }) =>
    jo.post('/tasks/many', { lines: '\n'.repeat(20_000), connectionId, requestKey: key() }),
  'pasting a line of 59,000 spaces': ({ jo, connectionId }) =>
    jo.post('/tasks/many', { lines: ' '.repeat(59_000), connectionId, requestKey: key() }),
  'a search for 15,000 letters': ({ jo }) => jo.get(`/?view=all&q=${'a'.repeat(15_000)}`),
  'a search for six common beginnings': ({ jo }) =>
    jo.get('/?view=all&whose=everyone&q=a+s+c+t+r+p'),
  'a search for 200 ideographs': ({ jo }) => jo.get(`/?view=all&q=${'\u4f1a'.repeat(200)}`),
  'a search for marks': ({ jo }) => jo.get(`/?view=all&q=a${encodeURIComponent(marks.repeat(50))}`),
  'a search in the language of the index': ({ jo }) =>
    jo.get(`/?view=all&q=${encodeURIComponent('"a" NEAR(b c) OR * ^: '.repeat(9))}`),
  'names for the palette': ({ jo }) => jo.get(`/lookups/names?text=${'a+'.repeat(90)}`),
  'the team': ({ jo }) => jo.get('/team'),
  'the settings': ({ jo }) => jo.get('/settings'),
  'the events': ({ jo }) => jo.get('/events'),
}

let keys = 0
const key = (): string => `request-key-${String((keys += 1)).padStart(8, '0')}`
const line = (at: number): string =>
  `Call @ada about #acme ${at} tomorrow 5pm a@b.co ${'mon '.repeat(20)}`
const lines = (count: number): string =>
  Array.from({ length: count }, (_, at) => line(at)).join('\n')
const rows = (connectionId: string): string =>
  Array.from({ length: 50 }, (_, at) => `task%5B%5D=${connectionId}/${'0'.repeat(34)}${at}`).join(
    '&',
  )

const strangers = (count: number): string =>
  Array.from({ length: count }, () => `&member%5B%5D=${crypto.randomUUID()}`).join('')

/** Requests for many tasks or people: they cost more than the budget, in pieces that let others through. */
const manyAtOnce: Readonly<Record<string, Ask>> = {
  'pasting 50 lines': ({ jo, connectionId }) =>
    jo.post('/tasks/many', { lines: lines(50), connectionId, requestKey: key() }),
  'completing 50 tasks that are gone': ({ jo, connectionId }) =>
    jo.post('/tasks/bulk', `${rows(connectionId)}&action=completion&requestKey=${key()}`),
  'undoing that 200 tasks were moved, which is over': ({ jo }) =>
    jo.post('/tasks/overdue/undoing', { batch: 'x'.repeat(22), count: '200', returnTo: '/' }),
  'inviting 900 people who have left': ({ jo, connectionId }) =>
    jo.post(`/connections/${connectionId}/people/invitations`, `sees=own${strangers(900)}`),
}

suite('CPU budget', () => {
  let world: World
  let asking: People
  const figures: [string, number][] = []
  before(async () => {
    world = await createWorld({ limits: 'none' })
    const jo = await world.connected()
    const { connectionId } = await world.ownerOf(jo)
    asking = {
      get anyone() {
        return world.browser()
      },
      jo,
      connectionId,
    }
  })
  // Compiles the pages that most inputs end on.
  before(async () => {
    for (let page = 0; page < 30; page++) await asking.jo.get('/')
  })
  after(() => world.close())

  for (const [name, ask] of Object.entries(inputs)) {
    test(`${name} costs less than ${budgetMs} ms`, async () => {
      const ms = await cheapest(async () => {
        await ask(asking)
      })
      figures.push([name, ms])
      assert.ok(ms < budgetMs, `${ms.toFixed(1)} ms`)
    })
  }

  for (const [name, ask] of Object.entries(manyAtOnce)) {
    test(`${name} lets others through at least every ${budgetMs} ms`, async () => {
      let ms = Infinity
      for (let time = 0; ms >= budgetMs && time < 12; time++) {
        ms = Math.min(ms, await longestTurn(ask(asking)))
      }
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

/**
 * Returns the CPU time of the main thread in milliseconds for one request: the mean of several, because the system counts
 * it coarsely. A mean over half of the budget is taken again, because it may include compilation or garbage collection,
 * and one over the budget more often, because a busy machine makes each of its processes slower.
 */
async function cheapest(work: () => Promise<void>): Promise<number> {
  let best = Infinity
  for (let time = 0; time < (best < budgetMs ? 3 : 20) && best >= budgetMs / 2; time++) {
    const begun = process.threadCpuUsage()
    for (let request = 0; request < requestsEach; request++) await work()
    const { user, system } = process.threadCpuUsage(begun)
    best = Math.min(best, (user + system) / 1_000 / requestsEach)
  }
  return best
}

/**
 * Returns the CPU time in milliseconds of the longest turn of the event loop until the work ends. Two in fifty are left
 * out, because garbage collection falls into some.
 */
async function longestTurn(work: Promise<unknown>): Promise<number> {
  const turns: number[] = []
  let isOver = false
  void work.finally(() => (isOver = true))
  while (!isOver) {
    const begun = process.threadCpuUsage()
    await new Promise((done) => setImmediate(done))
    const { user, system } = process.threadCpuUsage(begun)
    turns.push((user + system) / 1_000)
  }
  return turns.toSorted((one, other) => other - one)[Math.floor(turns.length / 25)] ?? 0
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
