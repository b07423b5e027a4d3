// Decides whether a host is this machine itself, so that data sent to it never leaves the machine.

/** Takes what `URL.hostname` gives. */
export function isLoopback(hostname: string): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(hostname)
}
