import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { placeOf } from './sample-district/chunk.ts'
import { accountNumberOf, idsOf } from './sample-district/ids.ts'
import { situations } from './sample-district/situations.ts'
import { samplePassword, samplePeople } from './sample-district/staff.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const readme = readFileSync(`${root}README.md`, 'utf8')

test('whoever follows the README finds every named person under the number it gives', () => {
  situations.forEach((situation, at) => {
    const occupant = situation.newTenantAt === undefined ? 0 : 1
    const number = accountNumberOf(idsOf(placeOf(at)).occupant(occupant).account)
    const where = `${situation.person?.name}, ${situation.premise?.houseNumber} ${situation.premise?.street}`
    expect(readme).toContain(`| ${number} | ${where} | ${situation.lookFor} |`)
  })
})

test('the sign-ins of the README open the sample district', () => {
  expect(readme).toContain(`\`${samplePassword}\``)
  for (const { login } of samplePeople) expect(readme).toContain(`\`${login}\``)
})

test('nobody is sent to a page that is not there: links of the documents lead somewhere', () => {
  for (const document of ['README.md', 'ARCHITECTURE.md', 'STYLE.md']) {
    const text = readFileSync(root + document, 'utf8')
    for (const [, target] of text.matchAll(/\]\((?!https?:)([^)#]+)/g)) {
      expect(existsSync(root + target!), `${document} → ${target}`).toBe(true)
    }
  }
})
