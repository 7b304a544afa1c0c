import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  { path: 'accounts', component: () => import('./AccountsPage.vue') },
  { path: 'grants', component: () => import('./GrantsPage.vue') },
  { path: 'me/safety', component: () => import('./SafetyPage.vue') },
]
