import { expect, test } from 'vitest'
import { lines } from './keeping'

test('a line each, without those that say nothing', () => {
  expect(lines(' 一\n\n 二 \n')).toEqual(['一', '二'])
})
