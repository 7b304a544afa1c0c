import { computed, ref } from 'vue'
import { expect, test } from 'vitest'
import { useChosen } from './chosen'

const listed = (keys: string[]) => {
  const wanted = ref('')
  const all = ref(keys)
  const shown = computed(() => all.value.filter((key) => key.includes(wanted.value)))
  return { wanted, all, chosen: useChosen(() => shown.value, (key: string) => key) }
}

test('some are chosen by name, and chosen again they are not', () => {
  const { chosen } = listed(['a', 'b', 'c'])
  chosen.toggle('b')
  expect([chosen.list(), chosen.count.value, chosen.has('a')]).toEqual([['b'], 1, false])
  chosen.toggle('b')
  expect(chosen.count.value).toBe(0)
})

test('all are chosen without naming one, but those that are left out', () => {
  const { chosen } = listed(['a', 'b', 'c'])
  chosen.all()
  chosen.toggle('b')
  expect([chosen.list(), chosen.count.value]).toEqual([['a', 'c'], 2])
  chosen.none()
  expect(chosen.list()).toEqual([])
})

test('all of a search stay chosen when it ends; what shows or comes then is not chosen', () => {
  const { wanted, all, chosen } = listed(['a1', 'a2', 'b1'])
  wanted.value = 'a'
  chosen.all()
  chosen.toggle('a2')
  wanted.value = ''
  all.value = [...all.value, 'a3']
  expect([chosen.list(), chosen.count.value]).toEqual([['a1'], 1])
})

test('what is chosen and not shown is not acted upon', () => {
  const { wanted, chosen } = listed(['a1', 'b1'])
  chosen.all()
  wanted.value = 'b'
  expect([chosen.list(), chosen.count.value]).toEqual([['b1'], 1])
})

test('what has gone is no longer chosen', () => {
  const { chosen } = listed(['a', 'b'])
  chosen.toggle('a')
  chosen.toggle('b')
  chosen.keep((key) => key !== 'a')
  expect(chosen.list()).toEqual(['b'])
})
