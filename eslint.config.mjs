import { configs as lit } from 'eslint-plugin-lit';
import litA11y from 'eslint-plugin-lit-a11y';
import { configs as wc } from 'eslint-plugin-wc';
import { defineConfig, globalIgnores } from 'eslint/config';
import ts from 'typescript-eslint';

const sources = ['src/**/*.ts'];
const around = ['sandbox/**/*.ts', 'test/**/*.ts', 'stories/**/*.ts', 'bench/**/*.ts', '.storybook/*.ts'];

export default defineConfig(
  globalIgnores(['dist/', 'coverage/', 'storybook-static/', '**/generated/', 'test/package/apps/']),
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: [...sources, ...around],
    // One project that holds all the code: the sources are parsed and checked once, not once for each tsconfig.
    languageOptions: { parserOptions: { project: 'test/tsconfig.json', tsconfigRootDir: import.meta.dirname } },
  },
  {
    files: sources,
    extends: [ts.configs.strictTypeChecked, lit['flat/recommended'], wc['flat/best-practice']],
    plugins: { 'lit-a11y': litA11y },
    settings: { wc: { elementBaseClasses: ['LitElement', 'CapElement'] } },
    rules: {
      ...litA11y.configs.recommended.rules,
      // Safari takes a list without markers for no list, unless it says that it is one.
      'lit-a11y/no-redundant-role': 'off',
      // Lit's own classes always have the callbacks that this rule wants to be guarded.
      'wc/guard-super-call': 'off',
      // A number in a template needs no call of String().
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // The types describe the newest browser and answers that keep their word: we run in older ones, and in Node.
      '@typescript-eslint/no-unnecessary-condition': 'off',
      '@typescript-eslint/no-unnecessary-boolean-literal-compare': 'off',
      // `() => clearTimeout(timer)` misleads nobody.
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
    },
  },
  {
    files: around,
    extends: [ts.configs.recommendedTypeChecked],
    rules: {
      '@typescript-eslint/no-floating-promises': [
        'error',
        {
          allowForKnownSafeCalls: [
            // The runner of node:test awaits its tests by itself.
            { from: 'package', name: ['test', 'it', 'suite', 'describe'], package: 'node:test' },
            // `expect(…).to.equal()` is a promise in its declared type only.
            { from: 'package', name: 'Equal', package: 'chai' },
          ],
        },
      ],
      // Chai asserts by properties: `expect(…).to.be.true`.
      '@typescript-eslint/no-unused-expressions': 'off',
    },
  },
  { files: ['**/*.mjs', '**/*.js'], extends: [ts.configs.recommended] },
);
