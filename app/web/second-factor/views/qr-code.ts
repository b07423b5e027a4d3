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

function pathOf(modules: readonly (readonly boolean[])[]): string {
  return modules
    .flatMap((row, y) =>
      row.map((isDark, x) => (isDark ? `M${String(x)} ${String(y)}h1v1h-1z` : '')),
    )
    .join('')
}
