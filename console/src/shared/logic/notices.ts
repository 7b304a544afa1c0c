export interface Notice { notice: string; kind: string; about: string; on: string; read: boolean; content: { zh: string; en: string; count: number; due_on: string | null; link?: string } }

const PATHS: [RegExp, string][] = [[/declar/, '/declare'], [/verif/, '/verify'], [/assess/, '/assess'], [/order|inquir/, '/orders'], [/contribution/, '/contributions']]
/** Where the console shows what a notice is about: as it says itself, or by its kind. */
export const noticePath = (one: Notice): string => one.content.link || PATHS.find(([kind]) => kind.test(`${one.kind} ${one.about}`))?.[1] || '/'
