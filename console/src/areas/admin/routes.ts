import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  { path: 'channels', component: () => import('./ChannelsPage.vue') },
  { path: 'units', component: () => import('./UnitsPage.vue') },
  { path: 'people/:person', component: () => import('./PersonPage.vue') },
  { path: 'people', component: () => import('./PeoplePage.vue') },
]
