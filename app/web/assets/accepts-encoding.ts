// Reads which compression a browser accepts.

/** True unless the header leaves the coding out or gives it a weight of 0 (RFC 9110, 12.5.3). */
export function acceptsEncoding(coding: 'br' | 'gzip', header = ''): boolean {
  return header
    .toLowerCase()
    .split(',')
    .some((one) => {
      const [name = '', ...weight] = one.split(';').map((part) => part.trim())
      return name === coding && !/^q=0(?:\.0*)?$/.test(weight.join(';'))
    })
}
