import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  { path: 'verify', component: () => import('./DecidePage.vue'), props: { step: 'verify' } },
  { path: 'assess', component: () => import('./DecidePage.vue'), props: { step: 'assess' } },
]
