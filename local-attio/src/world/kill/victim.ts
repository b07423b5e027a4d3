// The process that the kill test kills: a local Attio on a port, with a data file and no limits.
// Its only argument is the file; it prints its address in one line.
import { argv, stdout } from 'node:process'
import { startLocalAttio } from '../../start.ts'

const [, , data = ''] = argv
const attio = await startLocalAttio({ port: 0, data, rateLimits: false })
stdout.write(`${attio.url}\n`)
