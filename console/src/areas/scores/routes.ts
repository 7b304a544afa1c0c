import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  { path: 'score/:subject?/:indicator?', component: () => import('./ScorePage.vue') },
  { path: 'ranking', component: () => import('./RankingPage.vue') },
]
