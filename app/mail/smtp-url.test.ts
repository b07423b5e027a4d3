import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { readSmtpUrl } from './smtp-url.ts'

suite('SMTP_URL', () => {
  test('smtps is TLS at once on port 465, and user and password are percent-decoded', () => {
    const reading = readSmtpUrl('smtps://ta%40skr:p%2Fw@mail.example.com')
    assert.ok(reading.kind === 'read')
    const { login, ...server } = reading.server
    assert.deepEqual(server, { host: 'mail.example.com', port: 465, tls: 'at-once' })
    assert.equal(login?.user, 'ta@skr')
    assert.equal(login?.password.reveal(), 'p/w')
    assert.doesNotMatch(JSON.stringify(reading), /p\/w/)
  })

  test('smtp requires STARTTLS, except on this machine', () => {
    const tlsOf = (url: string) => {
      const reading = readSmtpUrl(url)
      return reading.kind === 'read' ? [reading.server.tls, reading.server.port] : reading.problem
    }
    assert.deepEqual(tlsOf('smtp://mail.example.com'), ['required', 587])
    assert.deepEqual(tlsOf('smtp://127.0.0.1:1025'), ['none', 1025])
    assert.deepEqual(tlsOf('smtp://[::1]:1025'), ['none', 1025])
    assert.deepEqual(tlsOf('smtp://localhost.evil.example'), ['required', 587])
  })

  test('anything that could weaken or redirect the connection is refused, without its value', () => {
    for (const url of [
      '',
      'mail.example.com',
      'https://mail.example.com',
      'smtp://',
      'smtps://canary@mail.example.com',
      'smtps://:canary@mail.example.com',
      'smtps://u:%zz@mail.example.com',
      'smtps://u:canary@mail.example.com?tls.rejectUnauthorized=false',
      'smtps://u:canary@mail.example.com/path',
      'smtps://u:canary@mail.example.com#hash',
    ]) {
      const reading = readSmtpUrl(url)
      assert.ok(reading.kind === 'refused', url)
      assert.doesNotMatch(reading.problem, /canary/)
    }
  })
})
