// The queue of mail, in front of a real SMTP server that takes, refuses, delays and drops.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { onEachEngine } from '../../testing/database/on-each-engine.ts'
import { addAccountForTests } from '../../testing/in-process/stored-account.ts'
import { startMailServer, type MailServer } from '../../testing/in-process/mail/mail-server.ts'
import type { Database } from '../database/open-database.ts'
import { createTestClock } from '../support/clock.ts'
import { asAccountId, createIds } from '../support/ids.ts'
import { createTestLogger } from '../support/logger.ts'
import { systemRandomBytes } from '../support/random.ts'
import { Secret } from '../support/secret.ts'
import {
  createMail,
  createSmtpTransport,
  mailInvitation,
  sealedLetters,
  type LetterSealer,
} from './mail.ts'

const accountId = asAccountId('an-account')
const minute = 60_000

const reversed = (text: string): string => Array.from(text).toReversed().join('')

/** Reverses the text: enough to see that the queue holds nothing in the clear. */
const sealer: LetterSealer = {
  seal: (_place, secret) => `v1.k1.${reversed(secret.reveal())}`,
  open: (_place, sealed) => new Secret(reversed(sealed.slice(6))),
}

async function createPost(database: Database, { server }: MailServer, silenceMs = 10_000) {
  await addAccountForTests(database.db, accountId)
  const clock = createTestClock()
  const logger = createTestLogger(clock)
  const transport = createSmtpTransport({
    server,
    from: { name: 'Taskr', address: 'taskr@taskr.example' },
    host: 'taskr.example',
    silenceMs,
  })
  const randomBytes = systemRandomBytes
  const ids = createIds(clock, randomBytes)
  const mail = createMail({ database, sealer, clock, ids, randomBytes, logger, transport })
  const queue = (to = 'ben@acme.example', text = 'Something happened.') =>
    mail.queue(database.db, accountId, {
      kind: 'notice',
      letter: {
        to,
        subject: 'A notice <b>',
        paragraphs: [text],
        action: { label: 'Open', address: 'https://taskr.example/link?link=of-one-use' },
      },
    })
  const waiting = async () => (await mail.listWaiting(accountId)).map(({ attempts }) => attempts)
  return { clock, logger, mail, queue, waiting }
}

/** Joins the lines that quoted-printable has broken. */
const unfolded = (source = ''): string => source.replaceAll('=\r\n', '')

onEachEngine('mail', (open) => {
  test('a queued mail reaches the server once, with a text and an HTML form', async () => {
    await using server = await startMailServer()
    const { mail, queue, waiting } = await createPost(await open(), server)
    await queue()
    assert.deepEqual(await waiting(), [0])
    assert.equal(await mail.sendDue(), 1)
    assert.equal(await mail.sendDue(), 0)
    assert.deepEqual(await waiting(), [])
    const [taken] = server.taken
    assert.equal(server.taken.length, 1)
    assert.equal(taken?.from, 'taskr@taskr.example')
    assert.deepEqual(taken?.to, ['ben@acme.example'])
    assert.match(taken?.source ?? '', /^From: Taskr <taskr@taskr\.example>\r$/m)
    assert.match(taken?.source ?? '', /^Subject: A notice <b>\r$/m)
    assert.match(taken?.source ?? '', /^Message-ID: <[0-9a-f-]{36}@taskr\.example>\r$/m)
    assert.match(taken?.source ?? '', /^Auto-Submitted: auto-generated\r$/m)
    assert.match(taken?.source ?? '', /text\/plain[^]*text\/html/)
    assert.match(unfolded(taken?.source), /<title>A notice &lt;b&gt;<\/title>/)
  })

  test('TK-01 the database holds no word of a waiting mail in the clear', async () => {
    await using server = await startMailServer()
    const database = await open()
    const { queue } = await createPost(database, server)
    await queue()
    const stored = JSON.stringify(await database.db.selectFrom('mails').selectAll().execute())
    assert.doesNotMatch(stored, /of-one-use|acme|happened/)
  })

  test('a waiting letter is sealed again by a new key, unless it changed meanwhile', async () => {
    await using server = await startMailServer()
    const database = await open()
    const { queue } = await createPost(database, server)
    await queue()
    const { db } = database
    const page = { after: '', limit: 10 }
    assert.equal((await sealedLetters.listNotSealedWith(db, 'k1', page)).length, 0)
    const [letter] = await sealedLetters.listNotSealedWith(db, 'k2', page)
    assert.ok(letter)
    assert.equal(letter.place.accountId, accountId)
    const again = letter.sealed.replace('v1.k1.', 'v1.k2.')
    assert.equal(await sealedLetters.replace(db, letter, again), true)
    assert.equal(await sealedLetters.replace(db, letter, again), false)
    assert.equal(await sealedLetters.countSealedWith(db, 'k2'), 1)
    assert.equal(await sealedLetters.countSealedWith(db, 'k1'), 0)
  })

  test('a mail that the server delays or drops is sent later, with growing pauses', async () => {
    await using server = await startMailServer()
    const { clock, logger, mail, queue, waiting } = await createPost(await open(), server)
    await queue()
    for (const behaviour of ['delay', 'drop'] as const) {
      server.behaviour = behaviour
      assert.equal(await mail.sendDue(), 1, behaviour)
      assert.equal(await mail.sendDue(), 0, 'not again at once')
      await clock.advance(minute)
    }
    assert.deepEqual(await waiting(), [2])
    server.behaviour = 'take'
    assert.equal(await mail.sendDue(), 1)
    assert.equal(server.taken.length, 1)
    assert.match(logger.lines.join(''), /mail\.failed/)
    assert.doesNotMatch(logger.lines.join(''), /acme|happened|of-one-use/)
  })

  test('a server that never greets counts as a failure', async () => {
    await using server = await startMailServer()
    server.behaviour = 'silent'
    const { mail, queue, waiting } = await createPost(await open(), server, 50)
    await queue()
    assert.equal(await mail.sendDue(), 1)
    assert.deepEqual(await waiting(), [1])
  })

  test('a mail that the server refuses for good is given up at once', async () => {
    await using server = await startMailServer()
    const { logger, mail, queue, waiting } = await createPost(await open(), server)
    for (const behaviour of ['refuse', 'refuse-text'] as const) {
      server.behaviour = behaviour
      await queue()
      assert.equal(await mail.sendDue(), 1)
      assert.deepEqual(await waiting(), [], behaviour)
    }
    assert.equal(logger.lines.filter((line) => line.includes('mail.given-up')).length, 2)
  })

  test('a log-in that the server refuses keeps the mail', async () => {
    await using server = await startMailServer()
    const login = { user: 'taskr', password: new Secret('wrong') }
    const refused = { ...server, server: { ...server.server, login } }
    const { clock, mail, queue, waiting } = await createPost(await open(), refused)
    await queue()
    await mail.sendDue()
    assert.deepEqual(await waiting(), [1])
    assert.equal(clock.waiting(), 0)
  })

  test('three failures in a row end the round, so that a dead server is not asked for every mail', async () => {
    await using server = await startMailServer()
    const { mail, queue, waiting } = await createPost(await open(), server)
    for (let count = 0; count < 5; count++) await queue()
    server.behaviour = 'delay'
    assert.equal(await mail.sendDue(), 3)
    assert.deepEqual(
      (await waiting()).toSorted((one, other) => one - other),
      [0, 0, 1, 1, 1],
    )
  })

  test('a mail is not sent once it is useless', async () => {
    await using server = await startMailServer()
    const { clock, mail, queue, waiting } = await createPost(await open(), server)
    await queue()
    await clock.advance(3 * 24 * 60 * minute)
    await mail.sendDue()
    assert.deepEqual(await waiting(), [])
    assert.equal(server.taken.length, 0)
  })

  test('two workers send each mail once', async () => {
    await using server = await startMailServer()
    const { mail, queue } = await createPost(await open(), server)
    for (let count = 0; count < 6; count++) await queue(`ben${count}@acme.example`)
    await Promise.all([mail.sendDue(), mail.sendDue(), mail.sendDue()])
    assert.deepEqual(
      server.taken.flatMap(({ to }) => to).toSorted(),
      Array.from({ length: 6 }, (_, count) => `ben${count}@acme.example`),
    )
  })

  test('a hostile recipient stays one address, and a hostile text adds no header', async () => {
    await using server = await startMailServer()
    const { mail, queue, waiting } = await createPost(await open(), server)
    await queue('ben@acme.example', '\r\n.\r\nBcc: eve@evil.example\r\n')
    const hostile = ['eve,ben@acme.example', '"eve" <x@y.example>', 'eve@evil.example, b@c.example']
    for (const address of hostile) await queue(address)
    await mail.sendDue()
    assert.equal(server.taken.length, 1)
    assert.deepEqual(await waiting(), [])
    for (const { source, to } of server.taken) {
      assert.equal(to.length, 1)
      assert.doesNotMatch(source.slice(0, source.indexOf('\r\n\r\n')), /^Bcc:/im)
    }
  })

  test('an invitation names who invites, to which workspace, and for how long', async () => {
    await using server = await startMailServer()
    const database = await open()
    const { mail } = await createPost(database, server)
    await mailInvitation(mail, database.db, accountId, {
      to: 'ben@acme.example',
      invitedBy: 'ada',
      workspaceName: 'Acme Robotics',
      address: new Secret('https://taskr.example/invitations/abc'),
      validForMs: 7 * 24 * 60 * minute,
    })
    await mail.sendDue()
    const source = unfolded(server.taken[0]?.source)
    assert.match(source, /ada uses Taskr to work with the Attio tasks of Acme Robotics/)
    assert.match(source, /https:\/\/taskr\.example\/invitations\/abc/)
    assert.match(source, /works once, for 7 days/)
  })
})
