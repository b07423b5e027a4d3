// The tools for background work: back-off, leases and the list of running work.
export { createBackground, type Background } from './background.ts'
export { backOffMs, type BackOff } from './back-off.ts'
export { createLease, released, settle, type Lease } from './lease.ts'
