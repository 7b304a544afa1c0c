import { expect, test } from 'vitest'
import { Problem } from '@/api/problem'
import { fileForm, useUploads } from './uploads'

const named = (name: string): File => new File(['x'], name)

test('a pasted screenshot gets a name, in the part that is asked for', () => {
  expect((fileForm(named('')).get('file') as File).name).toBe('截图.png')
  expect((fileForm(named('表.xlsx'), 'workbook').get('workbook') as File).name).toBe('表.xlsx')
})

test('one file that is refused is told and holds no other back; the next time it is forgotten', async () => {
  const { busy, problem, keepEach } = useUploads()
  const kept: string[] = []
  const keep = async (file: File): Promise<void> => {
    await Promise.resolve()
    if (file.name === '坏') throw new Problem(422, 'evidence.kind', '', '')
    kept.push(file.name)
  }
  const first = keepEach([named('坏'), named('好')], keep)
  expect(busy.value).toBe(true)
  expect([await first, busy.value, problem.value?.code, kept]).toEqual([false, false, 'evidence.kind', ['好']])
  expect([await keepEach([named('又好')], keep), problem.value, kept]).toEqual([true, null, ['好', '又好']])
})
