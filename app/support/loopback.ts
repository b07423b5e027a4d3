// Whether a host is this machine itself: what is sent there leaves it never.

/** Takes what `URL.hostname` gives. */
export function isLoopback(hostname: string): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(hostname)
}
