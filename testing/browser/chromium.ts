// One real Chromium for every test that needs a browser: the one that travels inside an npm package, so
// that nothing is downloaded and nothing must be installed.
import { mkdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { resolve } from 'node:path'
import executable from '@sparticuz/chromium'
import { chromium, type Browser } from 'playwright-core'
import { findRunnableFolder } from '../runnable-folder.ts'

const cacheFolder = resolve(import.meta.dirname, '../../node_modules/.cache')

/** Unpacks it, the first time. Two processes that do so at once would start each other's half-written file. */
export async function unpackChromium(): Promise<string> {
  await mkdir(cacheFolder, { recursive: true })
  const folder = await findRunnableFolder([tmpdir(), cacheFolder])
  const given = process.env['TMPDIR']
  // The package unpacks into the temporary folder, which may be mounted noexec.
  process.env['TMPDIR'] = folder
  try {
    return await executable.executablePath()
  } finally {
    if (given === undefined) delete process.env['TMPDIR']
    else process.env['TMPDIR'] = given
  }
}

/** Only the path is taken from the package: its own arguments switch off what we test. */
export async function launchChromium(): Promise<Browser> {
  for (let left = 20; ; left--) {
    try {
      return await launch()
    } catch (error) {
      // Another test run on this machine is unpacking it.
      if (left === 0 || !String(error).includes('ETXTBSY')) throw error
      await new Promise((done) => void setTimeout(done, 250))
    }
  }
}

async function launch(): Promise<Browser> {
  return chromium.launch({
    executablePath: await unpackChromium(),
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
