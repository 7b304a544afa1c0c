import { expect, test } from 'vitest'
import { browser } from './devices'

test('browsers are called as people call them', () => {
  expect([
    browser('Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/156.0.0.0 Safari/537.36'), browser('Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/120.0 Safari/537.36 Edg/120.0'),
    browser('Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 Version/17.0 Mobile Safari/604.1'), browser('Mozilla/5.0 (Linux; Android 12) AppleWebKit/537.36 Chrome/107.0 Mobile MicroMessenger/8.0.30'), browser('curl/8.0'), browser(''),
  ]).toEqual(['Chrome 156, Linux', 'Edge 120, Windows 10/11', 'Safari 17, iOS', 'WeChat, Android', 'curl/8.0', '—'])
})
