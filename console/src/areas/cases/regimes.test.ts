import { expect, test } from 'vitest'
import { regimeOf } from './regimes'

test('a case that came in at night is under the rules of the bureau\'s day', () => {
  const all = [{ starts: '2020-01-01' }, { starts: '2026-04-15' }]
  expect(['2026-04-14T15:59:00Z', '2026-04-14T16:01:00Z', '2019-12-31T00:00:00Z'].map((at) => regimeOf(all, at)?.starts)).toEqual(['2020-01-01', '2026-04-15', undefined])
})
