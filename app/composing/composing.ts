// How Taskr is put together: its foundation, its services, and the work it repeats.
export { countLogged, servedMetrics } from './operator-metrics.ts'
export { startHousekeeping, startWorking } from './background-work.ts'
export { openFoundation, StartError } from './foundation.ts'
export { serves, works } from './roles.ts'
export { createServices, type Services } from './services.ts'
export type { Surroundings } from './surroundings.ts'
