// Lower-case letters of other alphabets that look like Latin ones, so that a Cyrillic or Greek name that reads "coco"
// equals the Latin one. Selected from Unicode's confusables.txt (UTS 39).

const lookalikes: Readonly<Record<string, string>> = {
  a: 'аαɑ',
  b: 'ь',
  c: 'сϲⅽ',
  d: 'ԁ',
  e: 'еҽ',
  f: 'ғ',
  g: 'ɡց',
  h: 'һհ',
  i: 'іιɩ',
  j: 'јϳ',
  k: 'кκ',
  l: 'ӏ',
  m: 'м',
  n: 'ո',
  o: 'оοօσ',
  p: 'рρ',
  q: 'ԛզ',
  r: 'гᴦ',
  s: 'ѕ',
  t: 'тτ',
  u: 'υս',
  v: 'νѵ',
  w: 'ԝωա',
  x: 'хχ',
  y: 'уγү',
  z: 'ᴢ',
}

const latinOf: ReadonlyMap<string, string> = new Map(
  Object.entries(lookalikes).flatMap(([latin, others]) =>
    Array.from(others, (other) => [other, latin] as const),
  ),
)

export function readsLike(folded: string): string {
  return Array.from(folded, (letter) => latinOf.get(letter) ?? letter).join('')
}
