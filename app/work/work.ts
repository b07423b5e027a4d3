// What every part of Taskr uses to do work that no request waits for.
export { createBackground, type Background } from './background.ts'
export { backOffMs, type BackOff } from './back-off.ts'
export { createLease, released, settle, type Lease } from './lease.ts'
