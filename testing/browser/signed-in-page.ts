// Opens pages of a person who has signed up and connected a workspace, for journeys that begin there. The forms of those
// steps are sent over HTTP without loading their pages, which takes a tenth of the time.
import assert from 'node:assert/strict'
import type { BrowserContextOptions, Page } from 'playwright-core'
import type { Browser } from '../in-process/http-browser.ts'
import { realBrowser } from '../processes/attio-pages.ts'
import { until } from '../processes/event-streams.ts'
import type { Stage } from './browser-testbed.ts'
import { connect, password } from '../in-process/testbed.ts'

/** Opens the page that asks to connect a workspace. */
export async function signedUp(stage: Stage): Promise<Page> {
  return await pageOf(await enter(stage), stage)
}

/** Opens the list of the open tasks of all members. */
export async function settled(stage: Stage, options?: BrowserContextOptions): Promise<Page> {
  const browser = await enter(stage)
  const connected = await connect(stage.attio, browser)
  assert.equal(connected.status, 303, connected.body)
  const everyone = '/?view=open&whose=everyone'
  const quote = 'Send Initech the revised quote'
  await until(async () => (await browser.get(everyone)).body.includes(quote))
  const page = await pageOf(browser, stage, { path: everyone, ...options })
  await page.getByText(quote).first().waitFor()
  return page
}

async function enter(stage: Stage): Promise<Browser> {
  const browser = realBrowser(stage.url)
  // Without JavaScript the sign-up form sends no time zone.
  const timeZone = stage.javaScript ? 'Europe/Berlin' : ''
  const entered = await browser.post('/signup', { username: 'jo', password, timeZone })
  assert.equal(entered.status, 303, entered.body)
  return browser
}

async function pageOf(
  { cookies }: Browser,
  stage: Stage,
  { path = '/', ...options }: BrowserContextOptions & { readonly path?: string } = {},
): Promise<Page> {
  const page = await stage.page(options)
  const name = 'taskr_session'
  const value = cookies.get(name) ?? assert.fail('The browser is not signed in.')
  await page
    .context()
    .addCookies([{ name, value, url: stage.url, httpOnly: true, sameSite: 'Lax' }])
  await page.goto(path)
  return page
}
