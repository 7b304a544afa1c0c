import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  { path: 'channels', component: () => import('./ChannelsPage.vue') },
  { path: 'people', component: () => import('./PeoplePage.vue') },
]
