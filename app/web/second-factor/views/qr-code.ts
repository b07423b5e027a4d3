// A QR code as inline SVG: one path, dark on light in every theme, because cameras expect that.
import { encodeQR } from 'qr'
import { html, type Html } from '../../ui/html.ts'

/** The margin that scanners need (ISO/IEC 18004). */
const border = 4

export function qrCode(text: string): Html {
  const modules = encodeQR(text, 'raw', { border, ecc: 'medium' })
  const size = modules.length
  return html`<svg class="qr" viewBox="0 0 ${size} ${size}" role="img" aria-label="QR code">
    <path d="${pathOf(modules)}" />
  </svg>`
}

/** Draws each run of dark modules as one bar. */
function pathOf(modules: readonly (readonly boolean[])[]): string {
  let path = ''
  for (const [y, row] of modules.entries()) {
    for (let x = 0; x < row.length; x++) {
      let length = 0
      while (row[x + length] === true) length += 1
      if (length > 0) path += `M${x} ${y}h${length}v1h-${length}z`
      x += length
    }
  }
  return path
}
