import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  { path: 'case-search', component: () => import('./SearchPage.vue') },
  { path: 'traders', component: () => import('./TradersPage.vue') },
  { path: 'goods-checks', component: () => import('./GoodsPage.vue') },
  { path: 'counterfeits', component: () => import('./CounterfeitsPage.vue') },
  { path: 'case-knowledge', component: () => import('./KnowledgePage.vue') },
  { path: 'hot-spots', component: () => import('./HotSpotsPage.vue') },
]
