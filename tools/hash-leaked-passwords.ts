// Writes app/accounts/passwords/leaked-passwords.txt from a list of leaked passwords, one a line, the most frequent
// first: `node tools/hash-leaked-passwords.ts 10-million-password-list-top-1000000.txt`.
import { readFileSync, writeFileSync } from 'node:fs'
import { hashLeaked, toListed } from '../app/accounts/passwords/leaked-passwords.ts'

const target = 'app/accounts/passwords/leaked-passwords.txt'
const [source] = process.argv.slice(2)
if (source === undefined) throw new Error('Name the list: a text file with one password a line.')

const hashes = readFileSync(source, 'utf8')
  .split('\n')
  .flatMap((line) => toListed(line.trim()))
  .map(hashLeaked)
const unique = [...new Set(hashes)].toSorted()
writeFileSync(target, `${unique.join('\n')}\n`)
console.log(`${unique.length} passwords in ${target}`)
