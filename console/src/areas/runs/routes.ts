import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  { path: 'runs', component: () => import('./RunsPage.vue') },
  { path: 'runs/waiting', component: () => import('./WaitingPage.vue') },
  { path: 'runs/:run', component: () => import('./RunPage.vue') },
  { path: 'report', component: () => import('./ReportPage.vue') },
]
