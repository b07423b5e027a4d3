// Tests web/browser in Chromium. They are here because that folder is type-checked without Node's types.
import assert from 'node:assert/strict'
import { after, before, suite, test, type TestContext } from 'node:test'
import type { Hono } from 'hono'
import { streamSSE } from 'hono/streaming'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { launchChromium } from '../../../testing/browser/chromium.ts'
import { testAssets as assets } from '../../../testing/test-assets.ts'
import { paths } from '../addresses.ts'
import { taskListPage } from '../tasks/views/task-list.ts'
import { inApp, now, type Setting } from './sample.ts'
import { serveGallery, type Gallery } from './serve-gallery.ts'
import { groupsOfTheDay } from './tasks-of-the-day.ts'
import type { Toast } from '../ui/toast.ts'

const setting: Setting = { assets: assets.addresses, say: (text) => text }

/** The state of a test's pages, and the requests they received. */
const fresh = {
  tasksSeen: 0,
  live: false,
  toast: false,
  sessionEnded: false,
  fetched: 0,
  streams: 0,
  /** true when streams stay open, and say nothing until `tell` is called */
  heldOpen: false,
  tell: (_event: string): void => {},
  /** how often the stream is refused before it opens */
  refusals: 0,
  posted: 0,
  /** how long ago the first page was rendered, by Taskr's clock */
  elapsedMs: 0,
  /** the promise that the response to Connect waits for */
  answer: Promise.resolve(),
}
const world = { ...fresh }

suite('the browser code', () => {
  let browser: Browser
  let gallery: Gallery
  before(async () => {
    browser = await launchChromium()
    gallery = await serveGallery(assets, 0, routes)
  })
  after(async () => {
    await browser.close()
    await gallery.stop()
  })

  test('a page follows a running sync in place until it has finished', async (t) => {
    const page = await open(t, '/pages/list', { tasksSeen: 2, toast: true })
    await page.getByText('Acme Robotics as Jo Doe · 1 task so far.').waitFor()
    await stay(page)
    const filter = page.getByRole('link', { name: 'Unassigned' })
    await filter.focus()
    await page.evaluate(() => window.scrollTo(0, 90))
    const row = page.getByText('Book the room for the quarterly')
    const { y } = (await row.boundingBox()) ?? {}
    await page.getByText('Synced').waitFor()
    assert.equal(await stayed(page), true)
    assert.equal(await filter.evaluate((link) => link === document.activeElement), true)
    assert.equal((await row.boundingBox())?.y, y)
    await page.getByText('Acme Robotics as Jo Doe · 3 tasks.').waitFor({ timeout: 100 })
    const { fetched } = world
    await page.clock.fastForward(60_000)
    assert.equal(await page.locator('main').getAttribute('data-refresh-every'), null)
    assert.equal(world.fetched, fetched)
  })

  test('a hidden page is not refetched until it is shown', async (t) => {
    const page = await open(t, '/pages/list', { tasksSeen: 3 })
    await hide(page, true)
    await page.clock.fastForward(60_000)
    await page.evaluate(() => document.title)
    assert.equal(world.fetched, 1)
    await hide(page, false)
    await page.getByText('2 tasks so far').waitFor()
  })

  test('a session that ended while the page was open leads to the log-in page', async (t) => {
    const page = await open(t, '/pages/list', { tasksSeen: 3 })
    Object.assign(world, { sessionEnded: true })
    await page.getByRole('heading', { name: 'Log in' }).waitFor()
    assert.equal(new URL(page.url()).pathname, '/pages/log-in-session-ended')
  })

  test('an open section stays open when the page is refetched', async (t) => {
    const page = await open(t, '/pages/connections', {})
    await page.locator('summary', { hasText: 'Disconnect Acme Robotics' }).click()
    await refetch(page)
    assert.equal(await page.getByLabel('Your password').first().isVisible(), true)
  })

  test('typed text survives a refetch', async (t) => {
    const page = await open(t, '/pages/connections', {})
    await page.locator('summary', { hasText: 'Disconnect Acme Robotics' }).click()
    const password = page.getByLabel('Your password').first()
    await password.fill('half a pass')
    await password.blur()
    await page.clock.fastForward(60_000)
    await page.evaluate(async () => fetch(location.href))
    assert.equal(await password.inputValue(), 'half a pass')
  })

  test('an open page shows a task as late at its hour, and turns over at midnight', async (t) => {
    const hourMs = 3_600_000
    const page = await open(t, '/pages/list', {})
    const late = page.locator('.group[aria-labelledby="group-today"] .when[data-late]')
    assert.equal(await late.count(), 1)
    Object.assign(world, { elapsedMs: 10 * hourMs })
    await page.clock.fastForward(10 * hourMs)
    await late.nth(2).waitFor()
    const day = async (): Promise<string | null> => page.locator('main').getAttribute('data-today')
    assert.equal(await day(), '2026-11-23')
    Object.assign(world, { elapsedMs: 15 * hourMs })
    await page.clock.fastForward(5 * hourMs)
    await page.locator('main[data-today="2026-11-24"]').waitFor()
    assert.equal(world.fetched, 3)
  })

  test('a “changed” event refetches the page', async (t) => {
    const page = await open(t, '/pages/list', { live: true })
    await stay(page)
    await page.getByRole('link', { name: 'Overdue 2' }).waitFor()
    assert.equal(await stayed(page), true)
  })

  test('a refused stream is retried with back-off', async (t) => {
    const page = await open(t, '/pages/list', { live: true, refusals: 2 })
    const news = page.getByRole('link', { name: 'Overdue 4' })
    let seconds = 0
    for (; seconds < 20 && !(await news.isVisible()); seconds++) await page.clock.runFor(1_000)
    assert.ok(seconds >= 2 + 4 && seconds < 20, `after ${seconds} seconds`)
    assert.equal(world.streams, 3)
  })

  test('a form with data-morph is sent in place, and the sync it starts is followed', async (t) => {
    const page = await open(t, '/pages/list', {})
    await stay(page)
    await page.getByRole('button', { name: 'Sync now' }).click()
    await page.getByText('1 task so far').waitFor()
    await page.getByText('so far').waitFor({ state: 'detached' })
    assert.equal(await stayed(page), true)
    assert.equal(world.posted, 1)
  })

  test('an exception while morphing does not stop later updates', async (t) => {
    const page = await open(t, '/pages/list', { tasksSeen: 9 })
    page.removeAllListeners('pageerror')
    await page.evaluate(() => {
      const real = Object.getOwnPropertyDescriptor(Element.prototype, 'setAttribute') ?? {}
      const value = (): never => {
        Object.defineProperty(Element.prototype, 'setAttribute', real)
        Reflect.deleteProperty(Element.prototype, 'insertBefore')
        throw new Error('a morph that fails')
      }
      Object.defineProperty(Element.prototype, 'setAttribute', { configurable: true, value })
      Object.defineProperty(Element.prototype, 'insertBefore', { configurable: true, value })
    })
    await refetch(page)
    const { fetched } = world
    assert.equal(fetched, 2)
    await refetch(page)
    assert.ok(world.fetched > fetched)
  })

  test('the header says Offline, and not Live, until Taskr can be reached again', async (t) => {
    const page = await open(t, '/pages/list', {})
    const state = page.locator('.freshness')
    await page.route(`**${paths.refresh}`, (route) => route.abort())
    await page.getByRole('button', { name: 'Sync now' }).click()
    await state.getByText('Offline').waitFor()
    await state.getByText('Synced').waitFor({ state: 'hidden' })
    await page.unroute(`**${paths.refresh}`)
    await page.getByRole('button', { name: 'Sync now' }).click()
    await state.getByText('Offline').waitFor({ state: 'hidden' })
  })

  test('while Taskr is out of order the page stays, and says so until Taskr is back', async (t) => {
    const page = await open(t, '/pages/list', {})
    const state = page.locator('.freshness')
    const outages = [
      { status: 503, headers: { 'retry-after': '10' }, body: '<h1>Taskr is unavailable</h1>' },
      { status: 502, body: '<h1>Bad gateway</h1>' },
    ]
    for (const outage of outages) {
      await page.route(`**${paths.refresh}`, (route) =>
        route.fulfill({ ...outage, contentType: 'text/html' }),
      )
      await page.getByRole('button', { name: 'Sync now' }).click()
      await state.getByText('Unavailable').waitFor()
      await page.getByRole('status').getByText('Taskr is unavailable. Not saved.').waitFor()
      await page.getByText('Book the room for the quarterly').waitFor()
      await page.unroute(`**${paths.refresh}`)
      await page.getByRole('button', { name: 'Sync now' }).click()
      await state.getByText('Unavailable').waitFor({ state: 'hidden' })
    }
  })

  test('the header follows the browser’s own network state', async (t) => {
    const page = await open(t, '/pages/list', {})
    const offline = page.locator('.freshness').getByText('Offline')
    await page.context().setOffline(true)
    await offline.waitFor()
    await page.context().setOffline(false)
    await offline.waitFor({ state: 'hidden' })
  })

  test('a message of the page itself can be dismissed, too', async (t) => {
    const page = await open(t, '/pages/list', {})
    await page.route(`**${paths.refresh}`, (route) => route.abort())
    await page.getByRole('button', { name: 'Sync now' }).click()
    await page.getByRole('status').getByText('You’re offline').waitFor()
    await page.getByRole('button', { name: 'Dismiss' }).click()
    assert.equal(await page.getByRole('status').innerText(), '')
  })

  test('eight open pages share one event stream, and the next one takes it over', async (t) => {
    const first = await open(t, '/pages/list', { live: true, heldOpen: true })
    const others: Page[] = []
    for (let more = 0; more < 7; more++) {
      const page = await first.context().newPage()
      await page.goto(first.url())
      others.push(page)
    }
    const all = [first, ...others]
    assert.equal(world.streams, 1)
    const before = world.fetched
    world.tell('changed')
    for (const page of all) await fetchedAfter(page, before)
    assert.equal(world.streams, 1)

    await first.close()
    const [next] = others
    while (world.streams < 2) await next?.evaluate(() => document.title)
    const later = world.fetched
    world.tell('changed')
    for (const page of others) await fetchedAfter(page, later)
    assert.equal(world.streams, 2)
  })

  test('a text that was sent after the session ended stays in its field, and the page says why', async (t) => {
    const page = await open(t, '/pages/list', {})
    await stay(page)
    const line = page.getByLabel('Add a task', { exact: true })
    await line.fill('Call the landlord about the heating')
    Object.assign(world, { sessionEnded: true })
    await line.press('Enter')
    await page.getByText('you’re logged out').waitFor()
    assert.equal(await line.inputValue(), 'Call the landlord about the heating')
    assert.equal(await stayed(page), true)
  })

  test('a form that cannot reach Taskr says so', async (t) => {
    const page = await open(t, '/pages/list', {})
    await page.route(`**${paths.refresh}`, (route) => route.abort())
    await page.getByRole('button', { name: 'Sync now' }).click()
    await page.getByRole('status').getByText('You’re offline').waitFor()
  })

  test('the browser itself sends Connect, so that it can redirect to another origin', async (t) => {
    const page = await open(t, '/pages/connect', {})
    await stay(page)
    const [request] = await Promise.all([
      page.waitForRequest((request) => request.method() === 'POST'),
      page.getByRole('button', { name: 'Continue to Attio' }).click(),
    ])
    assert.equal(request.isNavigationRequest(), true)
    await page.getByRole('heading', { name: 'Connection cancelled' }).waitFor()
    assert.equal(await stayed(page), false)
  })

  test('2.3.4 pressing again before the response sends nothing', async (t) => {
    const { promise, resolve } = Promise.withResolvers<void>()
    const page = await open(t, '/pages/connect', { answer: promise })
    const later = page.waitForResponse('**/pages/log-in')
    // Pressed from within the page, because Playwright waits during a navigation.
    await page.evaluate(() => {
      const press = () => document.querySelector<HTMLElement>('main button')?.click()
      press()
      void fetch('/pages/log-in').then(press)
    })
    await later
    resolve()
    await page.getByRole('heading', { name: 'Connection cancelled' }).waitFor()
    assert.equal(world.posted, 1)
  })

  test('2.3.4 a form that is sent again waits for its own response, not for the time of the first', async (t) => {
    const page = await open(t, '/pages/list', {})
    let sent = 0
    await page.route(`**${paths.refresh}`, async (route) => {
      sent += 1
      // The second one gets no answer.
      if (sent === 1) await route.abort()
    })
    const button = page.getByRole('button', { name: 'Sync now' })
    await button.click()
    await page.getByRole('status').getByText('You’re offline').waitFor()
    await page.clock.fastForward(5_000)
    await button.click()
    await page.clock.fastForward(4_000)
    await button.click({ force: true })
    await page.evaluate(async () => fetch('/pages/log-in'))
    assert.equal(sent, 2)
    await page.clock.fastForward(5_000)
    await button.click()
    await page.evaluate(async () => fetch('/pages/log-in'))
    assert.equal(sent, 3, 'it can be sent again when no response comes')
  })

  test('6.2.6 a password can be shown, and is hidden again before it is sent', async (t) => {
    const page = await open(t, '/pages/log-in', {})
    const password = page.getByLabel('Password', { exact: true })
    await password.fill('correct horse battery')
    await page.getByRole('button', { name: 'Show Password' }).click()
    assert.equal(await password.getAttribute('type'), 'text')
    await page.evaluate(() => {
      document.addEventListener('submit', (event) => event.preventDefault())
    })
    await page.getByRole('button', { name: 'Log in', exact: true }).click()
    assert.equal(await password.getAttribute('type'), 'password')
  })

  test('sign-up sends the browser’s time zone along', async (t) => {
    const page = await open(t, '/pages/sign-up', {}, { timezoneId: 'Pacific/Auckland' })
    assert.equal(await page.locator('[name="timeZone"]').inputValue(), 'Pacific/Auckland')
  })

  test('dismissing a toast removes it without leaving the page', async (t) => {
    const page = await open(t, '/pages/list', { toast: true, tasksSeen: 2 })
    await stay(page)
    await page.getByRole('link', { name: 'Dismiss' }).click()
    assert.equal(await page.getByRole('status').innerText(), '')
    assert.equal(await stayed(page), true)
    await page.getByText('Synced').waitFor()
    assert.equal(await page.getByRole('status').innerText(), '')
  })

  test('1.4.10 on the narrowest screen the button at the thumb opens the line, where the plus stands beside the field', async (t) => {
    const viewport = { width: 320, height: 640 }
    const page = await open(t, '/pages/list', {}, { viewport })
    await page.locator('.add-open').click()
    const add = page.locator('form.add')
    const plus = await add.locator(':scope > .icon').boundingBox()
    const field = await add.getByRole('textbox').boundingBox()
    assert.ok(plus !== null && field !== null)
    assert.ok(plus.y > field.y && plus.y + plus.height < field.y + field.height)
    assert.ok(plus.x + plus.width <= field.x)
  })

  test('every page is complete without JavaScript, and nothing on it needs a script', async (t) => {
    const page = await open(t, '/pages/log-in', {}, { javaScriptEnabled: false })
    assert.equal(await page.getByRole('button').count(), 1)
    await page.goto(`${gallery.url}/pages/list`)
    await page.getByRole('button', { name: 'Sync now' }).click()
    await page.getByText('1 task so far').waitFor()
  })

  async function open(
    t: TestContext,
    path: string,
    changes: Partial<typeof world>,
    options: BrowserContextOptions = {},
  ): Promise<Page> {
    Object.assign(world, fresh, changes)
    const context = await browser.newContext(options)
    t.after(async () => context.close())
    const page = await context.newPage()
    page.setDefaultTimeout(5000)
    if (options.javaScriptEnabled !== false) await page.clock.install()
    page.on('pageerror', (error) => assert.fail(error))
    await page.goto(gallery.url + path)
    return page
  }
})

function routes(app: Hono): void {
  app.get('/pages/list', (context) => {
    world.fetched += 1
    if (world.sessionEnded) return context.redirect('/pages/log-in-session-ended', 303)
    const { tasksSeen } = world
    world.tasksSeen = Math.max(0, tasksSeen - 1)
    const toast: Toast = {
      kind: 'connected',
      connectionId: 'acme',
      workspaceName: 'Acme Robotics',
      memberName: 'Jo Doe',
      arrival: { kind: tasksSeen > 0 ? 'coming' : 'here', tasks: 3 - tasksSeen },
    }
    const isShown = world.fetched === 1 || context.req.header('x-taskr-toast') === 'acme'
    return context.html(
      taskListPage({
        frame: {
          ...inApp(setting),
          now: now + world.elapsedMs,
          address: '/pages/list',
          counts: { overdue: world.fetched, today: 0, upcoming: 0, noDate: 0 },
          ...(world.toast && isShown ? { toast } : {}),
          ...(world.live ? { live: paths.live } : {}),
        },
        query: { view: 'open', whose: 'mine', page: 1 },
        groups: groupsOfTheDay(setting),
        quickAdd: {
          targets: [{ connectionId: 'acme', workspaceName: 'Acme Robotics' }],
          today: '2026-11-23',
          tomorrow: '2026-11-24',
        },
        changes: { underWay: 0, failed: [] },
        pages: 1,
        connections: [
          {
            connectionId: 'acme',
            workspaceName: 'Acme Robotics',
            status: 'active',
            asOf: tasksSeen > 0 ? null : now,
            ...(tasksSeen > 0 ? { sync: { tasksSeen } } : {}),
          },
        ],
      }),
    )
  })
  app.get(paths.live, (context) => {
    world.streams += 1
    if (world.streams <= world.refusals) return context.body(null, 503)
    if (world.heldOpen) {
      return streamSSE(context, async (stream) => {
        const ended = Promise.withResolvers<void>()
        stream.onAbort(ended.resolve)
        world.tell = (event) => void stream.writeSSE({ event, data: '' })
        await stream.write(': beat\n\n')
        await ended.promise
      })
    }
    return context.body('retry: 60000\nevent: changed\ndata: {}\n\n', 200, {
      'content-type': 'text/event-stream',
    })
  })
  app.post(paths.refresh, async (context) => {
    world.posted += 1
    world.tasksSeen = 1
    const { returnTo } = await context.req.parseBody()
    return context.redirect(typeof returnTo === 'string' ? returnTo : '/', 303)
  })
  app.post(paths.tasks, (context) => context.redirect('/pages/list', 303))
  app.post(paths.connect, async (context) => {
    world.posted += 1
    await world.answer
    return context.redirect('/pages/refused-denied', 303)
  })
}

async function refetch(page: Page): Promise<void> {
  await Promise.all([
    page.waitForResponse((response) => !response.request().isNavigationRequest()),
    page.clock.fastForward(60_000),
  ])
  await page.evaluate(() => document.title)
}

/** Waits until the page shows a higher number of requests than that: each page that is served shows the number so far. */
async function fetchedAfter(page: Page, fetched: number): Promise<void> {
  const later = Array.from({ length: 50 }, (_, more) => fetched + 1 + more)
  await page.getByRole('link', { name: new RegExp(`^Overdue (?:${later.join('|')})$`) }).waitFor()
}

/** Leaves a mark that a navigation would wipe away. */
async function stay(page: Page): Promise<void> {
  await page.evaluate(() => document.documentElement.setAttribute('data-stayed', ''))
}

async function stayed(page: Page): Promise<boolean> {
  return page.evaluate(() => document.documentElement.hasAttribute('data-stayed'))
}

async function hide(page: Page, isHidden: boolean): Promise<void> {
  await page.evaluate((hidden) => {
    Object.defineProperty(document, 'hidden', { configurable: true, value: hidden })
    document.dispatchEvent(new Event('visibilitychange'))
  }, isHidden)
}
