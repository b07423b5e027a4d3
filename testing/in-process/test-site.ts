// The site that tests of single parts of the web server stand behind.
import type { Site } from '../../app/web/web-parts.ts'

export function createTestSite(publicUrl: string): Site {
  return {
    publicUrl: new URL(publicUrl),
    attioOrigin: 'https://app.attio.com',
    trustedProxies: 0,
    hstsIncludesSubDomains: false,
    securityContact: 'mailto:security@taskr.example.com',
  }
}
