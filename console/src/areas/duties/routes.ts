import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  { path: 'delegations', component: () => import('./DelegationsPage.vue') },
  { path: 'consents', component: () => import('./ConsentsPage.vue') },
]
