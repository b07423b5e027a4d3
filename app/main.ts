// `node app/main.ts` starts Taskr. The only file of the app with side effects.
import { loadIntoSmallHeap } from './support/heap.ts'

const { startTaskr } = await loadIntoSmallHeap(() => import('./start.ts'))
await startTaskr(process.env)
