// Measures how late the event loop runs its timers. A process that stays late answers everything late, so a load balancer
// should send its requests elsewhere.

export interface LagMeter {
  /** Records how late a timer ran. */
  readonly ranLate: (ms: number) => void
  /** True while every recent timer ran too late. A single late one is a passing burst. */
  readonly isLate: () => boolean
}

const tooLateMs = 500
const recentCount = 3
const everyMs = 1_000

export function createLagMeter(): LagMeter {
  let recent: readonly number[] = []
  return {
    ranLate: (ms) => {
      recent = [...recent, ms].slice(-recentCount)
    },
    isLate: () => recent.length === recentCount && recent.every((ms) => ms >= tooLateMs),
  }
}

/** Measures until the returned function is called. */
export function measureLag(meter: LagMeter): () => void {
  let expectedAt = performance.now() + everyMs
  const timer = setInterval(() => {
    const now = performance.now()
    meter.ranLate(Math.max(0, now - expectedAt))
    expectedAt = now + everyMs
  }, everyMs)
  timer.unref()
  return () => clearInterval(timer)
}
