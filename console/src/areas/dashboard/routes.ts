import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  { path: 'dashboard', component: () => import('./DashboardPage.vue') },
  { path: 'influence', component: () => import('./InfluencePage.vue') },
  { path: 'whatif', component: () => import('./WhatIfPage.vue') },
]
