import { AT_ONCE, assess, takeDown } from './robots'
import { enter, expect, mark, test } from './support'

test('C11 20 items are assessed by keys alone, each whole before the next', async ({ page }) => {
  await enter(page, 'office') // a person of the section that assesses most common items
  expect((await assess(page, AT_ONCE, 20)).done).toBe(20)
})

test('a complaint is taken down by keyboard alone, in the order of the talk', async ({ page }) => {
  await enter(page, 'complaints_centre')
  expect((await takeDown(page, AT_ONCE, `取暖器经营部${mark()}`)).done).toBe(1)
})
