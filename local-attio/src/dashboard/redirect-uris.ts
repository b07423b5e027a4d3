// Returns the problem with a redirect URI; undefined when it is valid. assumed: Attio's rules are not
// documented; these are the rules of RFC 6749 §3.1.2 and RFC 9700 §2.1 and §4.1.
import { isOnThisMachine } from '../guard/loopback.ts'

const longestAddress = 2000

export function problemWithRedirectUri(
  address: string,
  registered: readonly string[],
): string | undefined {
  if (address === '') return 'Enter an address.'
  if (address.length > longestAddress) return `Keep it to ${longestAddress} characters.`
  const url = /\s/.test(address) ? null : URL.parse(address)
  if (!url || !/^https?:\/\//i.test(address)) {
    return 'Enter a whole address, such as https://my-app.com/integrations/attio/callback.'
  }
  if (address.includes('#')) return 'A redirect URI has no part after “#”.'
  if (url.username !== '' || url.password !== '') {
    return 'Leave the user name and password out of the address.'
  }
  if (url.protocol === 'http:' && !isOnThisMachine(url.hostname)) {
    return 'Use https. Plain http is for this machine only, such as http://localhost:3050/….'
  }
  if (address.includes('*')) return 'Write every address out: “*” stands for nothing here.'
  return registered.includes(address) ? 'This redirect URI is registered already.' : undefined
}
