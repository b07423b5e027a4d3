// One real Chromium for every test that needs a browser: the one that travels inside an npm package, so
// that nothing is downloaded and nothing must be installed.
import executable from '@sparticuz/chromium'
import { chromium, type Browser } from 'playwright-core'

/** Only the path is taken from the package: its own arguments switch off what we test. */
export async function launchChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: await executable.executablePath(),
    headless: true,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
}
