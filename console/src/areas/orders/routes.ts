import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  { path: 'orders', component: () => import('./OrdersPage.vue') },
  { path: 'works', component: () => import('./WorksPage.vue') },
]
