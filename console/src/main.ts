import './shims'
import { createPinia } from 'pinia'
import { createApp } from 'vue'
import App from './app/App.vue'
import { i18n, speak } from './app/i18n'
import { router } from './app/router'
import { SPEAK } from '@/shared/state/language'
import './app/theme/tokens.css'
import './app/theme/base.css'
import './app/theme/print.css'

createApp(App).provide(SPEAK, speak).use(createPinia()).use(i18n).use(router).mount('#app')
