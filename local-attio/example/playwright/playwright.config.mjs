import { defineConfig } from '@playwright/test'

// oxlint-disable-next-line import/no-default-export -- Playwright reads the default export.
export default defineConfig({
  use: {
    baseURL: 'http://localhost:3060',
    // Only for a Chromium of your own.
    ...(process.env.CHROMIUM && {
      launchOptions: { executablePath: process.env.CHROMIUM, args: ['--no-sandbox'] },
    }),
  },
  webServer: {
    command: 'local-attio --port 3060 --apps apps.json',
    url: 'http://localhost:3060',
    reuseExistingServer: false,
  },
})
