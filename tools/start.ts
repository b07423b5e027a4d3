// `npm start` starts Taskr.
import { loadIntoSmallHeap } from '../app/support/heap.ts'

const { startInCheckout } = await loadIntoSmallHeap(() => import('./start-in-checkout.ts'))
await startInCheckout()
