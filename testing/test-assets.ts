// The browser code that test pages use, read once for all Taskrs of a process.
import { readOrBundleAssets } from '../app/web/assets/built-assets.ts'

export const testAssets = await readOrBundleAssets()
