// The tools for background work: leases, turns among owners, back-off, and the list of running work.
export { createBackground, type Background, type Within } from './background.ts'
export { backOffMs, type BackOff } from './back-off.ts'
export { chooseInTurn } from './choose-in-turn.ts'
export { measureQueue, type QueueState } from './measure-queue.ts'
export { findDueQueues, type Queue } from './due-queues.ts'
export { createWakeUps, type WakeUps } from './wake-ups.ts'
export {
  createLease,
  hasCome,
  later,
  LeaseLostError,
  notYet,
  released,
  settle,
  type Lease,
} from './lease.ts'
