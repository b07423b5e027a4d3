import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { bringAxe, findingsByAxe, rulesOfSize } from '../../../testing/browser/axe.ts'
import { launchChromium } from '../../../testing/browser/chromium.ts'
import { startLocalAttio, type RunningLocalAttio } from '../start.ts'
import { allPages, furnish, type FurnishedAttio, type PageSample } from './for-tests/all-pages.ts'

const wide = { viewport: { width: 1280, height: 860 } }
const narrow = { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true }

suite('the pages in Chromium', { concurrency: 2 }, () => {
  let browser: Browser
  let furnished: FurnishedAttio
  let attio: RunningLocalAttio
  const signedIn = new WeakMap<Page, string>()
  before(async () => {
    furnished = await furnish()
    const seed = furnished.attio.control.save()
    attio = await startLocalAttio({ port: 0, seed, deliver: async () => new Response('ok') })
    attio.control.faults.add({ path: '/v2/objects', answer: { status: 503 } })
    await askAsApp()
    browser = await launchChromium()
  })
  after(async () => {
    await browser.close()
    await attio.stop()
  })

  for (const [size, options] of [
    ['wide', wide],
    ['narrow', narrow],
  ] as const) {
    test(`36 axe finds no violation on any page, light and dark, ${size}; none scrolls sideways`, async () => {
      const { page, complaints } = await openPage(options)
      await bringAxe(page.context())
      for (const sample of allPages(furnished)) {
        await show(page, sample)
        await page.locator('details').evaluateAll((all) => {
          for (const one of all) one.setAttribute('open', '')
        })
        await page.emulateMedia({ colorScheme: 'light' })
        // A narrow page has the same words, names and colours as the wide one.
        const rules = size === 'wide' ? undefined : rulesOfSize
        assert.deepEqual(await findingsByAxe(page, rules), [], sample.name)
        if (size === 'wide') {
          await page.emulateMedia({ colorScheme: 'dark' })
          const dark = await findingsByAxe(page, ['color-contrast'])
          assert.deepEqual(dark, [], `${sample.name}, dark`)
        }
        const width = await page.evaluate(() => document.documentElement.scrollWidth)
        assert.ok(width <= options.viewport.width, `${sample.name}: ${width} px`)
      }
      assert.deepEqual(complaints, [])
      await page.context().close()
    })
  }

  test('one button copies a value, and is hidden without scripts', async () => {
    const { page, complaints } = await openPage({
      ...wide,
      permissions: ['clipboard-write', 'clipboard-read'],
    })
    await signIn(
      page,
      allPages(furnished).find(({ name }) => name === 'OAuth'),
    )
    await page.goto(`${attio.url}/developers/apps/${furnished.appId}/oauth`)
    await page.getByRole('button', { name: 'Copy Client Secret' }).click()
    const secret = attio.control.world.apps.get(furnished.appId)?.clientSecret
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), secret)
    await page.getByRole('button', { name: 'Copy Client Secret' }).getByText('Copied').waitFor()
    await askAsApp()
    await page.goto(`${attio.url}/_control`)
    await page.getByText('GET /v2/self').first().click()
    await page.getByRole('button', { name: 'Copy as curl' }).first().click()
    assert.match(
      await page.evaluate(() => navigator.clipboard.readText()),
      /^curl 'http:.*\[secret\]'/,
    )
    assert.deepEqual(complaints, [])
    await page.context().close()
  })

  test('37 a task is added and completed with the keyboard alone, and without scripts', async () => {
    const { page } = await openPage({ ...wide, javaScriptEnabled: false })
    await signIn(
      page,
      allPages(furnished).find(({ name }) => name === 'tasks'),
    )
    await page.goto(`${attio.url}/workspaces/acme/tasks`)
    await page.keyboard.press('Tab')
    assert.equal(await page.locator(':focus').textContent(), 'Skip to the content')
    await page.keyboard.press('Enter')
    await page.getByLabel('New task').focus()
    await page.keyboard.type('Oil the hinges')
    await page.keyboard.press('Enter')
    await page.getByRole('status').getByText('Task added.').waitFor()
    await page.getByRole('button', { name: 'Complete: Oil the hinges' }).press('Enter')
    await page.getByRole('status').getByText('Task completed.').waitFor()
    assert.equal(attio.control.world.tasks.all().at(-1)?.isCompleted, true)
    assert.equal(await page.getByRole('button', { name: /^Copy/ }).count(), 0)
    await page.context().close()
  })

  async function askAsApp(): Promise<void> {
    const headers = { authorization: `Bearer ${furnished.attio.token}` }
    await fetch(`${attio.url}/v2/self`, { headers })
  }

  /** Returns a page and its problems: errors, policy reports, requests to other servers. */
  async function openPage(
    options: BrowserContextOptions,
  ): Promise<{ page: Page; complaints: string[] }> {
    const page = await (await browser.newContext(options)).newPage()
    const complaints: string[] = []
    page.on('console', (message) => {
      // Chromium logs answers such as 404, which some pages have on purpose.
      const isNote = /the server responded with a status of 4/.test(message.text())
      if (message.type() === 'error' && !isNote) complaints.push(message.text())
    })
    page.on('pageerror', (error) => complaints.push(error.message))
    page.on('request', (request) => {
      if (!request.url().startsWith(attio.url)) complaints.push(request.url())
    })
    return { page, complaints }
  }

  async function show(page: Page, sample: PageSample): Promise<void> {
    await signIn(page, sample)
    await page.goto(`${attio.url}${sample.path}`)
    if (!sample.press) return
    const [button, values = {}] = sample.press
    const submit = page.getByRole('button', { name: button, exact: true })
    const form = page.locator('form').filter({ has: submit })
    for (const [label, value] of Object.entries(values)) {
      const field = form.getByLabel(label, { exact: true })
      if (typeof value === 'string') {
        // The page would not let these through: the test looks at the server's own words.
        await field.evaluate((element, text) => {
          element.closest('form')?.setAttribute('novalidate', '')
          element.removeAttribute('maxlength')
          if (element instanceof HTMLInputElement) {
            element.type = 'text'
            element.value = text
          }
        }, value)
      } else await field.setChecked(value)
    }
    await submit.click()
    await page.locator('[role=alert]').first().waitFor()
    await page.waitForLoadState('load')
  }

  async function signIn(page: Page, sample: PageSample | undefined): Promise<void> {
    const wanted = sample?.person?.id ?? ''
    if (signedIn.get(page) === wanted) return
    signedIn.set(page, wanted)
    await page.context().clearCookies()
    if (!sample?.person) return
    await page.goto(`${attio.url}/sign-in`)
    await page.locator(`button[value="${sample.person.id}"]`).click()
    await page.waitForURL(`${attio.url}/`)
  }
})
