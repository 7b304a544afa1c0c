import { expect, test } from 'vitest'
import { shares } from './calibration'

test('the share of strictness is told where the votes can tell it', () => {
  expect([shares({ severity: '0.010000', residual: '0.030000' }), shares({ severity: '0.000000', residual: '0.000000' }), shares({ severity: null, residual: null }), shares(null)]).toEqual([25, 0, null, null])
})
