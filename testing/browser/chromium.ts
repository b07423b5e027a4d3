// Starts the Chromium that comes inside an npm package, so that no test downloads or installs a browser.
import { mkdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { resolve } from 'node:path'
import executable from '@sparticuz/chromium'
import { chromium, type Browser } from 'playwright-core'
import { findRunnableFolder } from '../runnable-folder.ts'
import { hasRoomInMemory } from '../test-folder.ts'

const cacheFolder = resolve(import.meta.dirname, '../../node_modules/.cache')

/** Unpacks Chromium once, before tests start: two processes would run each other's half-written file. */
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

/** Takes only the path from the package: its launch arguments switch off web security, which the tests check. */
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
    // Without it, what processes share, such as each drawn frame, is in memory instead of in files on a disk.
    ignoreDefaultArgs: (await hasRoomInMemory()) ? ['--disable-dev-shm-usage'] : [],
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
}
