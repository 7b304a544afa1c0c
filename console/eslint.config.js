import { readdirSync } from 'node:fs'
import vue from 'eslint-plugin-vue'
import typescript from 'typescript-eslint'

const areas = readdirSync(new URL('./src/areas', import.meta.url))

/** No area knows another: what two need lies in shared/. */
const boundaries = areas.map((area) => ({
  files: [`src/areas/${area}/**`],
  rules: {
    'no-restricted-imports': ['error', {
      patterns: areas.filter((other) => other !== area).map((other) => ({
        group: [`@/areas/${other}/*`, `**/areas/${other}/*`, `../${other}/*`],
        message: `${area} knows nothing of ${other}`,
      })),
    }],
  },
}))

export default typescript.config(
  { ignores: ['node_modules', 'src/api/schema.d.ts', 'public'] },
  ...typescript.configs.strict,
  ...vue.configs['flat/recommended'],
  {
    files: ['**/*.vue'],
    languageOptions: { parserOptions: { parser: typescript.parser } },
  },
  {
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      'max-lines': ['error', { max: 250 }],
      'vue/no-v-html': 'error',
      'vue/no-static-inline-styles': 'error',
      'vue/multi-word-component-names': 'off',
      'vue/max-attributes-per-line': 'off',
      'vue/singleline-html-element-content-newline': 'off',
      'vue/html-closing-bracket-newline': 'off',
      'vue/html-indent': 'off',
      'vue/html-self-closing': 'off',
      'vue/multiline-html-element-content-newline': 'off',
      'vue/first-attribute-linebreak': 'off',
      'vue/attributes-order': 'off',
      'vue/require-default-prop': 'off',
      'vue/no-bare-strings-in-template': ['error', { allowlist: [' ', '·', '/', '×', '+', '−', '=', '→', '—', '›', '‹', '…', '：', '(', ')', '（', '）', '，', '、', '%', '*', '▾', '▸', '?', '“', '”', '|', 'J', 'K', 'X', 'A', 'E', 'R', 'V', 'Z', '↑↓', 'Enter', 'Ctrl+Enter', 'Tab', '–', '/ 100', '− '] }],
    },
  },
  ...boundaries,
)
