// A tool for working on the design: `node app/web/gallery/gallery.ts` serves every page in every state.
import { bundleAssets } from '../assets/bundle-assets.ts'
import { serveGallery } from './serve-gallery.ts'

const gallery = await serveGallery(await bundleAssets(), 3099)
process.stdout.write(`Every page of Taskr, drawn with made-up people: ${gallery.url}\n`)
