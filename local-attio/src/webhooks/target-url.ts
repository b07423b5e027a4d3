// The allowed targets of deliveries. Attio accepts only https; the local Attio also accepts plain http
// to this machine, so that a receiver in development needs no certificate.

export function isTargetUrl(text: string): boolean {
  const url = URL.parse(text)
  if (!url) return false
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname))
}

/** By name or by address: 127.0.0.0/8 and ::1, in the one spelling that URL leaves them. */
function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname)
}
