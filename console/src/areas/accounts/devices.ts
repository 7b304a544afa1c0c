const BROWSERS: readonly [RegExp, string][] = [
  [/MicroMessenger\//, 'WeChat'], [/Edg\/(\d+)/, 'Edge'], [/(?:QAXBrowser|Qaxbrowser)\/?(\d*)/, 'QAX'], [/360SE|360EE|QIHU/i, '360'], [/Firefox\/(\d+)/, 'Firefox'], [/(?:Headless)?Chrome\/(\d+)/, 'Chrome'], [/Version\/(\d+).*Safari/, 'Safari'],
]
const SYSTEMS: readonly [RegExp, string][] = [[/Windows NT 10/, 'Windows 10/11'], [/Windows NT 6\.1/, 'Windows 7'], [/Windows/, 'Windows'], [/HarmonyOS|OpenHarmony/, 'HarmonyOS'], [/Android/, 'Android'], [/iPhone|iPad/, 'iOS'], [/Mac OS X/, 'macOS'], [/UOS|Kylin/, 'UOS/Kylin'], [/Linux/, 'Linux']]

/** What a browser calls itself, as a person would: `Chrome 156, Linux`. What is not known is told as it is, cut. */
export function browser(agent: string): string {
  const found = BROWSERS.map(([known, name]) => ({ at: known.exec(agent), name })).find((one) => one.at)
  const system = SYSTEMS.find(([known]) => known.test(agent))?.[1]
  if (!found) return agent.slice(0, 60) || '—'
  return [`${found.name}${found.at?.[1] ? ` ${found.at[1]}` : ''}`, system].filter(Boolean).join(', ')
}
