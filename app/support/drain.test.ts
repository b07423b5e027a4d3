import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import { connect, type Socket } from 'node:net'
import { suite, test } from 'node:test'
import { prepareDrain, type Drain } from './drain.ts'

suite('draining a server', () => {
  test('a connection that was opened in advance and never used ends at once', async () => {
    const { server, drain, open } = await start((_, response) => response.end('hello'))
    const spare = await open()
    const ended = once(spare, 'close')
    server.close()
    drain.begin()
    await ended
  })

  test('an answer under way is finished, and its connection ends with it', async () => {
    const asked = Promise.withResolvers<() => void>()
    const { server, drain, open } = await start((_, response) => {
      response.write('first half, ')
      asked.resolve(() => response.end('second half'))
    })
    const socket = await open()
    const ended = once(socket, 'close')
    const read = readAll(socket)
    socket.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n')
    const finish = await asked.promise
    server.close()
    drain.begin()
    finish()
    await ended
    assert.match(read.join(''), /first half.*second half/s)
  })

  test('a connection kept alive after its answer ends too', async () => {
    const { server, drain, open } = await start((_, response) => response.end('hello'))
    const socket = await open()
    const ended = once(socket, 'close')
    socket.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n')
    await once(socket, 'data')
    server.close()
    drain.begin()
    await ended
  })
})

suite('announcing the end', () => {
  test('RL-30 every answer from then on says that it is the last one, and the connection ends after it', async () => {
    const { drain, open, server } = await start((_, response) => response.end('hello'))
    const socket = await open()
    const read = readAll(socket)
    socket.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n')
    await once(socket, 'data')
    assert.doesNotMatch(read.join(''), /connection: close/i)
    drain.announce()
    const ended = once(socket, 'close')
    socket.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n')
    await ended
    assert.match(read.join(''), /connection: close/i)
    server.close()
  })
})

async function start(
  listener: RequestListener,
): Promise<{ server: Server; drain: Drain; open: () => Promise<Socket> }> {
  const server = createServer(listener)
  const drain = prepareDrain(server)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : assert.fail()
  const open = async (): Promise<Socket> => {
    const accepted = once(server, 'connection')
    const socket = connect(port, '127.0.0.1')
    await accepted
    return socket
  }
  return { server, drain, open }
}

function readAll(socket: Socket): readonly string[] {
  const read: string[] = []
  socket.setEncoding('utf8').on('data', (text: string) => read.push(text))
  return read
}
