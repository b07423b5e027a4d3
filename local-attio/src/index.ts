// Attio on your own machine, in process or on a port.
export const x: Temporal.Instant = Temporal.Now.instant()
