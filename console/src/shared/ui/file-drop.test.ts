// @vitest-environment jsdom
import { mount } from '@vue/test-utils'
import { expect, test } from 'vitest'
import { i18n } from '@/app/i18n'
import FileDrop from './FileDrop.vue'

const event = (name: string, member: string, files: File[]): Event => Object.assign(new Event(name, { bubbles: true, cancelable: true }), { [member]: { files } })

test('files come by dragging and by pasting, and text that is pasted goes where it was meant', () => {
  const file = new File(['x'], '瓶盖.png')
  const box = mount(FileDrop, { props: { busy: false }, global: { plugins: [i18n] } })
  box.find('.drop').element.dispatchEvent(event('drop', 'dataTransfer', [file]))
  const words = event('paste', 'clipboardData', [])
  window.dispatchEvent(words)
  expect(words.defaultPrevented).toBe(false)
  window.dispatchEvent(event('paste', 'clipboardData', [file]))
  expect(box.emitted('files')).toEqual([[[file]], [[file]]])
  box.unmount()
  const late = event('paste', 'clipboardData', [file])
  window.dispatchEvent(late)
  expect(late.defaultPrevented).toBe(false)
})
