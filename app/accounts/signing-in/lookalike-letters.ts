// Letters of other alphabets that look like Latin ones, so that a whole name in Cyrillic or Greek that reads
// "coco" is the same name as the Latin one. Chosen after Unicode's confusables.txt (UTS 39), for lower case.

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
