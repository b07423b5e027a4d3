// A user agent as a person would say it: "Firefox on Linux". Browsers lie about themselves in a known
// order: Edge says Chrome, Chrome says Safari, so the most particular name is looked for first.

const browsers = [
  ['Edg', 'Edge'],
  ['OPR', 'Opera'],
  ['Firefox', 'Firefox'],
  ['FxiOS', 'Firefox'],
  ['CriOS', 'Chrome'],
  ['Chrome', 'Chrome'],
  ['Safari', 'Safari'],
  ['curl', 'curl'],
] as const

const systems = [
  ['iPhone', 'iPhone'],
  ['iPad', 'iPad'],
  ['Android', 'Android'],
  ['Windows', 'Windows'],
  ['Mac OS X', 'Mac'],
  ['CrOS', 'ChromeOS'],
  ['Linux', 'Linux'],
] as const

export function browserInWords(userAgent: string): string {
  const browser = browsers.find(([mark]) => userAgent.includes(mark))?.[1]
  const system = systems.find(([mark]) => userAgent.includes(mark))?.[1]
  if (browser === undefined && system === undefined) {
    return userAgent === '' ? 'Unknown browser' : userAgent.slice(0, 60)
  }
  return `${browser ?? 'A browser'}${system === undefined ? '' : ` on ${system}`}`
}
