// A real SMTP server on this machine, which takes, refuses, delays or drops mail as a test tells it to.
import { SMTPServer } from 'smtp-server'
import { readSmtpUrl, type SmtpServer } from '../../../app/mail/mail.ts'

export interface MailServer {
  readonly server: SmtpServer
  /** Its address, as SMTP_URL has it. */
  readonly url: string
  /** The mails that were taken, as they came over the wire. */
  readonly taken: readonly TakenMail[]
  /** What happens to the next mails. */
  behaviour: Behaviour
  readonly close: () => Promise<void>
  readonly [Symbol.asyncDispose]: () => Promise<void>
}

export interface TakenMail {
  readonly from: string
  readonly to: readonly string[]
  readonly source: string
}

/**
 * `refuse` and `delay` answer the recipient with 550 and 450, `refuse-text` the text with 554, `drop` closes the
 * connection before the text is taken, and `silent` never greets.
 */
export type Behaviour = 'take' | 'refuse' | 'refuse-text' | 'delay' | 'drop' | 'silent'

export async function startMailServer(): Promise<MailServer> {
  const taken: TakenMail[] = []
  const smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    disableReverseLookup: true,
    onConnect: (_session, done) => {
      if (mailServer.behaviour !== 'silent') done()
    },
    onAuth: ({ username, password }, _session, done) => {
      if (username === 'taskr' && password === 'p@ss word') done(null, { user: username })
      else done(new Error('Wrong password'))
    },
    onRcptTo: (_address, _session, done) => {
      switch (mailServer.behaviour) {
        case 'refuse':
          return done(withCode(550))
        case 'delay':
          return done(withCode(450))
        default:
          return done()
      }
    },
    onData: (stream, session, done) => {
      const pieces: Buffer[] = []
      stream.on('data', (piece: Buffer) => pieces.push(piece))
      stream.on('end', () => {
        if (mailServer.behaviour === 'refuse-text') return done(withCode(554))
        if (mailServer.behaviour === 'drop') return dropAll()
        const { mailFrom, rcptTo } = session.envelope
        taken.push({
          from: mailFrom === false ? '' : mailFrom.address,
          to: rcptTo.map(({ address }) => address),
          source: Buffer.concat(pieces).toString('utf8'),
        })
        done()
      })
    },
  })
  const sockets = new Set<{ readonly destroy: () => unknown }>()
  const dropAll = (): void => sockets.forEach((socket) => socket.destroy())
  smtp.server.on('connection', (socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  // The client's end of a dropped connection.
  smtp.on('error', () => {})
  await new Promise<void>((resolve) => {
    smtp.listen(0, '127.0.0.1', () => resolve())
  })
  const address = smtp.server.address()
  if (address === null || typeof address === 'string') throw new Error('The server has no port.')
  const close = async (): Promise<void> => {
    dropAll()
    await new Promise<void>((resolve) => smtp.close(() => resolve()))
  }
  const url = `smtp://127.0.0.1:${address.port}`
  const mailServer: MailServer = {
    server: serverAt(url),
    url,
    taken,
    behaviour: 'take',
    close,
    [Symbol.asyncDispose]: close,
  }
  return mailServer
}

function serverAt(url: string): SmtpServer {
  const reading = readSmtpUrl(url)
  if (reading.kind === 'refused') throw new Error(reading.problem)
  return reading.server
}

function withCode(responseCode: number): Error {
  return Object.assign(new Error('Not this one'), { responseCode })
}
