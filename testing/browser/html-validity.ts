// Returns what html-validate finds in a page, as short sentences. All its recommended rules hold but two of style, which
// our formatter decides differently.
import { HtmlValidate, StaticConfigLoader } from 'html-validate'

/** Reads the tables of all elements once; html-validate itself reads them for each page, which takes half of its time. */
class OnceResolvedRules extends StaticConfigLoader {
  #resolved: ReturnType<StaticConfigLoader['getConfigFor']> | undefined

  override getConfigFor(path: string): ReturnType<StaticConfigLoader['getConfigFor']> {
    return (this.#resolved ??= super.getConfigFor(path))
  }
}

const validator = new HtmlValidate(
  new OnceResolvedRules({
    extends: ['html-validate:recommended'],
    rules: {
      'void-style': ['error', { style: 'selfclosing' }],
      'doctype-style': ['error', { style: 'lowercase' }],
      'no-trailing-whitespace': 'off',
    },
  }),
)

export async function findingsInHtml(page: string): Promise<readonly string[]> {
  const report = await validator.validateString(page)
  return report.results.flatMap(({ messages }) =>
    messages.map(({ ruleId, line, column, message }) => `${ruleId} ${line}:${column} ${message}`),
  )
}
