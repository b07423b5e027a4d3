// Returns what html-validate finds in a page, as short sentences. All its recommended rules hold but two of style, which
// our formatter decides differently.
import { HtmlValidate } from 'html-validate'

const validator = new HtmlValidate({
  extends: ['html-validate:recommended'],
  rules: {
    'void-style': ['error', { style: 'selfclosing' }],
    'doctype-style': ['error', { style: 'lowercase' }],
    'no-trailing-whitespace': 'off',
  },
})

export async function findingsInHtml(page: string): Promise<readonly string[]> {
  const report = await validator.validateString(page)
  return report.results.flatMap(({ messages }) =>
    messages.map(({ ruleId, line, column, message }) => `${ruleId} ${line}:${column} ${message}`),
  )
}
