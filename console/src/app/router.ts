import { type RouteRecordRaw, createRouter, createWebHistory } from 'vue-router'
import { useSession } from '@/shared/state/session'
import { usePreferences } from '@/shared/state/preferences'
import { speak } from './i18n'

const found = import.meta.glob<RouteRecordRaw[]>('../areas/*/routes.ts', { eager: true, import: 'routes' })
export const areas: RouteRecordRaw[] = Object.values(found).flat()

export const router = createRouter({
  history: createWebHistory(),
  routes: [
    { path: '/login', component: () => import('./LoginPage.vue'), meta: { open: true } },
    { path: '/', component: () => import('./AppShell.vue'), children: [...areas, { path: ':rest(.*)*', component: () => import('./MissingPage.vue') }] },
  ],
  scrollBehavior: (_to, _from, saved) => saved ?? { top: 0 },
})

/** Tells who listens to the page rather than looks at it that another one is on its way. */
const busy = (waiting: boolean): void => document.querySelector('#app')?.setAttribute('aria-busy', String(waiting))
router.beforeEach(() => busy(true))
router.afterEach(() => busy(false))
router.onError(() => busy(false))

let asked = false

router.beforeEach(async (to) => {
  const session = useSession()
  if (!asked && !session.account) {
    asked = true
    if (await session.load()) {
      const preferences = usePreferences()
      await preferences.load()
      await speak(preferences.chosen.language ?? 'zh')
    }
  }
  if (to.meta['open']) return session.account ? '/' : true
  if (!session.account) return { path: '/login', query: to.fullPath === '/' ? {} : { to: to.fullPath } }
  return true
})
