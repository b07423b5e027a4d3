// Steps of journeys around the account: sign up, log in, connect. Each finds things by their visible names.
import { standard } from '@taskr/local-attio'
import type { Locator, Page } from 'playwright-core'
import { hasScripts } from './without-scripts.ts'
import { password } from '../in-process/testbed.ts'

export interface Approval {
  /** The e-mail address of a person in the local Attio; default Ada, an admin of both workspaces. */
  readonly person?: string
  readonly workspace?: 'Acme Robotics' | 'Globex'
  readonly decision?: 'Allow' | 'Deny'
}

export async function signUp(page: Page, username = 'jo'): Promise<void> {
  await page.goto('/')
  await page.getByRole('link', { name: 'Sign up' }).click()
  await enter(page, 'Sign up', username, password)
  await page.getByText(`Signed in as ${username}`).waitFor()
}

export async function logIn(page: Page, username = 'jo', typed = password): Promise<void> {
  await enter(page, 'Log in', username, typed)
}

/** Fills in and sends the sign-up or log-in form. */
export async function enter(
  page: Page,
  button: 'Sign up' | 'Log in',
  username: string,
  typed: string,
): Promise<void> {
  await page.getByLabel('Username').fill(username)
  await page.getByLabel('Password', { exact: true }).fill(typed)
  await page.getByRole('button', { name: button, exact: true }).click()
}

/** Opens the menu of the account where it does not lie open at the side. */
export async function openAccountMenu(page: Page): Promise<void> {
  const button = page.getByRole('button', { name: 'Account', exact: true })
  if (await button.isVisible()) await button.click()
}

export async function logOut(page: Page): Promise<void> {
  await openAccountMenu(page)
  await page.getByRole('button', { name: 'Log out' }).click()
  await page.getByText("You're logged out.").waitFor()
}

/** Connects, from the page that explains it until Attio has sent the browser back. */
export async function connect(page: Page, approval: Approval = {}): Promise<void> {
  await continueToAttio(page, approval)
  await seeConnected(page)
}

/** Finds the toast that names the connected workspace. */
export async function seeConnected(page: Page): Promise<void> {
  const toast = page.getByRole('status').filter({ hasText: / as Ada Byron/ })
  await toast.waitFor()
}

/** Goes as far as pressing *Allow* or *Deny* at Attio. */
export async function continueToAttio(page: Page, approval: Approval = {}): Promise<void> {
  await page.getByRole('button', { name: 'Continue to Attio' }).click()
  const { person = standard.people.ada.emailAddress } = approval
  const { workspace = 'Acme Robotics', decision = 'Allow' } = approval
  const remembered = page.getByRole('button', { name: person })
  const choice = page.getByRole('radio', { name: workspace })
  // Attio remembers the person who signed in before.
  await remembered.or(choice).waitFor()
  if (await remembered.isVisible()) await remembered.click()
  await choice.check()
  await page.getByRole('button', { name: decision }).click()
}

/** Signs up, connects, and waits until the open tasks of all members are listed. */
export async function settleIn(page: Page, username = 'jo'): Promise<void> {
  await signUp(page, username)
  await connect(page)
  await showEveryTask(page)
  await see(page, page.getByText('Send Initech the revised quote'))
}

/** Lists every open task of every member. */
export async function showEveryTask(page: Page): Promise<void> {
  const views = page.getByRole('navigation', { name: 'Views' })
  await views.getByRole('link', { name: /^Open/ }).click()
  await page.waitForURL(/view=open/)
  await showEveryone(page)
}

export async function showEveryone(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Everyone', exact: true }).click()
  await page.waitForURL(/whose=everyone/)
}

/** Waits for something to appear; reloads a page that cannot update itself. */
export async function see(page: Page, what: Locator): Promise<void> {
  if (hasScripts(page)) return await what.first().waitFor()
  await reloadUntil(page, what)
}

/** Reloads a page that does not update itself until something appears on it. */
export async function reloadUntil(page: Page, what: Locator): Promise<void> {
  for (let looks = 0; looks < 50 && !(await isThere(what)); looks++) await page.reload()
  await what.first().waitFor()
}

async function isThere(what: Locator): Promise<boolean> {
  try {
    await what.first().waitFor({ timeout: 200 })
    return true
  } catch {
    return false
  }
}
