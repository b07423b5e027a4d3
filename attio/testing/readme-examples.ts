// Extracts the examples from the README and the doc comments, so that they can be compiled and run.
import { glob, readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'

export interface Example {
  /** File name, `.ts` included. */
  readonly name: string
  readonly text: string
}

const home = resolve(import.meta.dirname, '..')

/** Returns the README's `ts` blocks as modules. The first line of a block is its file name. */
export async function readmeExamples(): Promise<Example[]> {
  const readme = await readFile(join(home, 'README.md'), 'utf8')
  return [...readme.matchAll(/^```ts\n\/\/ (\S+\.ts)\n([^]*?)^```$/gm)].map(
    ([, name = '', text = '']) => ({ name, text }),
  )
}

/** Returns the number of code blocks, named or not. */
export async function countReadmeBlocks(): Promise<number> {
  const readme = await readFile(join(home, 'README.md'), 'utf8')
  return [...readme.matchAll(/^```ts$/gm)].length
}

/**
 * Turns every `@example` of a doc comment into a module around a function. The package's exports are
 * imported; everything else comes from `context`.
 */
export async function documentedExamples(): Promise<Example[]> {
  const examples: Example[] = []
  for await (const file of glob('src/**/*.ts', { cwd: home })) {
    if (file.endsWith('.test.ts')) continue
    const source = await readFile(join(home, file), 'utf8')
    for (const [, comment = ''] of source.matchAll(/@example\n([^]*?)\*\//g)) {
      const code = comment.replaceAll(/^ *\* ?/gm, '')
      const name = `${file.replaceAll('/', '-').replace('.ts', '')}-${examples.length}.ts`
      examples.push({ name, text: await moduleAround(code) })
    }
  }
  return examples
}

async function moduleAround(code: string): Promise<string> {
  const isUsed = (name: string) => new RegExp(`\\b${name}\\(`).test(code)
  const importsOf = (entry: string, names: readonly string[]) =>
    `import { ${names.filter(isUsed).join(', ')} } from '${entry}'`
  return [
    importsOf('@taskr/attio', Object.keys(await import('@taskr/attio'))),
    importsOf('@taskr/attio/oauth', Object.keys(await import('@taskr/attio/oauth'))),
    `export async function example() {\n${code}\n}\n`,
  ].join('\n')
}

/** The declarations that the doc comments' examples assume. */
export const context = `
declare const client: import('@taskr/attio').AttioClient
declare const task: import('@taskr/attio').Task
declare const request: Request
declare const accessToken: string
declare const personId: string
declare const ids: readonly string[]
declare const clientId: string
declare const clientSecret: string
declare const redirectUri: string
declare const code: string
declare const codeVerifier: string
declare const expectedState: string
declare const secret: string
declare function connect(code: string): Promise<void>
declare function store(accessToken: string): Promise<void>
declare function tryAgainLater(answer: object): Promise<void>
declare function refetch(subject: import('@taskr/attio').WebhookSubject): void
`
