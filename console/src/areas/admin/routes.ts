import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  { path: 'people', component: () => import('./PeoplePage.vue') },
  { path: 'accounts', component: () => import('./AccountsPage.vue') },
]
