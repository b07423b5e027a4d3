import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { decodeQR } from 'qr/decode.js'
import { qrCode } from './qr-code.ts'

suite('a QR code', () => {
  test('a scanner reads the text from the drawing', async () => {
    const text = 'otpauth://totp/Taskr:jo?issuer=Taskr&secret=JBSWY3DPEHPK3PXP'
    assert.equal(decodeQR(pixelsOf(String(qrCode(text)))), text)
  })
})

const scale = 4

/** Draws the bars of the picture's path, dark on light. */
function pixelsOf(svg: string) {
  const modules = Number(/viewBox="0 0 (\d+)/.exec(svg)?.[1])
  const size = modules * scale
  const data = new Uint8Array(size * size * 3).fill(255)
  for (const [, x, y, length] of svg.matchAll(/M(\d+) (\d+)h(\d+)v1h-\3z/g)) {
    for (let row = Number(y) * scale; row < (Number(y) + 1) * scale; row++) {
      const from = (row * size + Number(x) * scale) * 3
      data.fill(0, from, from + Number(length) * scale * 3)
    }
  }
  return { width: size, height: size, data }
}
