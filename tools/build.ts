// `npm run build`: bundles the browser's script and styles for production. `npm ci` runs it, too.
import { writeBuiltAssets } from '../app/web/assets/built-assets.ts'

await writeBuiltAssets()
