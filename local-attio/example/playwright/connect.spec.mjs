import { expect, test } from '@playwright/test'

const query = new URLSearchParams({
  client_id: '3f0d5c6e-9a51-4f6e-8f57-2f1f8a3f0001',
  response_type: 'code',
  redirect_uri: 'http://localhost:3060/',
  state: 'a random value',
})

test('an admin allows the app', async ({ page }) => {
  // In your test, open your own app and press its Connect button instead.
  await page.goto(`/authorize?${query}`)
  await page.getByRole('button', { name: 'ada@acme.example' }).click()
  await page.getByLabel('Acme Robotics').check()
  await page.getByRole('button', { name: 'Allow' }).click()
  await expect(page).toHaveURL(/\?code=\w+&state=a\+random\+value$/)
})
